package trainyard.scenario.verify;

/**
 * What a simulation found for the figure of a row.
 *
 * @param mean mean over replications
 * @param standardError its standard error, not negative
 * @param seed seed of the replications
 */
public record SimulatedMean(double mean, double standardError, long seed) {}
