package trainyard.scheduler.speed;

import java.util.List;

/**
 * How much slower jobs get on that have parts of one GPU.
 *
 * @param factors by which a job takes longer that has its GPU with one other job, with two, and so on, each at least 1; the last one counts for more, too; empty
 *     where sharing costs nothing
 */
public record ColocationSlowdown(List<Double> factors) {

    /** Sharing costs nothing. */
    public static final ColocationSlowdown NONE = new ColocationSlowdown(List.of());

    public ColocationSlowdown {
        factors = List.copyOf(factors);
        if (factors.stream().anyMatch(factor -> !(factor >= 1) || !Double.isFinite(factor))) {
            throw new IllegalArgumentException("jobs take at least as long beside others, got factors of " + factors);
        }
    }

    /** Whether it costs something. */
    public boolean counts() {
        return factors.stream().anyMatch(factor -> factor > 1);
    }

    /**
     * The factor of each of some jobs on one GPU.
     *
     * @param jobs at least 1
     */
    public double of(int jobs) {
        return jobs == 1 || factors.isEmpty() ? 1 : factors.get(Math.min(jobs - 2, factors.size() - 1));
    }
}
