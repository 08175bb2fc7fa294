package trainyard.parallel.model;

/**
 * Parameters by the ranks that hold the same ones: dense parameters are replicated over all data-parallel (and context)
 * ranks, expert parameters only over those data-parallel ranks that hold the same experts.
 *
 * @param dense parameters outside the experts
 * @param expert parameters of routed experts
 */
public record ParameterCount(double dense, double expert) {

    public static final ParameterCount ZERO = new ParameterCount(0, 0);

    public static ParameterCount dense(double parameters) {
        return new ParameterCount(parameters, 0);
    }

    public ParameterCount plus(ParameterCount other) {
        return new ParameterCount(dense + other.dense, expert + other.expert);
    }

    public ParameterCount minus(ParameterCount other) {
        return new ParameterCount(dense - other.dense, expert - other.expert);
    }

    /** A share of each. */
    public ParameterCount times(double factor) {
        return new ParameterCount(factor * dense, factor * expert);
    }

    /** Parameters of both kinds. */
    public double total() {
        return dense + expert;
    }
}
