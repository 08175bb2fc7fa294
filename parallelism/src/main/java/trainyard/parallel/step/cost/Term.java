package trainyard.parallel.step.cost;

/**
 * One addend of a total, for {@code explain} and the waterfall.
 *
 * @param name what it is
 * @param seconds its share of the step, GPU-weighted mean over the stages
 * @param formula how it comes about, in words and symbols
 */
public record Term(String name, double seconds, String formula) {}
