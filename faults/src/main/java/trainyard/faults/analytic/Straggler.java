package trainyard.faults.analytic;

import org.apache.commons.statistics.distribution.NormalDistribution;
import trainyard.sim.checks.Checks;

/** Mean time of a step that waits for the slowest of N workers. */
public final class Straggler {

    private static final double REACH = 40;
    private static final double STEP = 1.0 / 64;

    private Straggler() {}

    /**
     * {@code mu + sigma E[max of N standard normals]}: workers with independent normal times.
     *
     * @param workers N, at least 1
     * @param meanSeconds mu
     * @param standardDeviationSeconds sigma, not negative
     */
    public static double normalSeconds(int workers, double meanSeconds, double standardDeviationSeconds) {
        Checks.notNegative("meanSeconds", meanSeconds);
        Checks.notNegative("standardDeviationSeconds", standardDeviationSeconds);
        return meanSeconds + standardDeviationSeconds * meanMaximumOfStandardNormals(workers);
    }

    /**
     * {@code E[max] = integral of 1 - F^N over x > 0, less that of F^N over x < 0}, F the normal distribution function.
     * Taken as the integral of {@code N x f F^(N-1)} by the trapezoid rule, whose error on such smooth, quickly vanishing
     * functions is far below 1e-12 at this step.
     */
    static double meanMaximumOfStandardNormals(int workers) {
        Checks.atLeast("workers", workers, 1);
        if (workers == 1) {
            return 0;
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double sum = 0;
        for (int i = (int) (-REACH / STEP); i <= REACH / STEP; i++) {
            double x = i * STEP;
            double belowOthers = Math.exp((workers - 1) * Math.log1p(-normal.survivalProbability(x)));
            sum += x * normal.density(x) * belowOthers;
        }
        return workers * sum * STEP;
    }

    /**
     * {@code 1 + (s - 1) (1 - (1 - p)^N)}: relative to a step without stragglers, when each worker is slow by the factor s
     * with chance p in a step.
     */
    public static double twoPointFactor(int workers, double slowProbability, double slowFactor) {
        Checks.atLeast("workers", workers, 1);
        Checks.probability("slowProbability", slowProbability);
        Checks.positive("slowFactor", slowFactor);
        double anySlow = -Math.expm1(workers * Math.log1p(-slowProbability));
        return 1 + (slowFactor - 1) * anySlow;
    }
}
