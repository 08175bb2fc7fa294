package trainyard.faults.analytic;

import org.apache.commons.statistics.distribution.NormalDistribution;
import trainyard.sim.checks.Checks;

/**
 * The phi accrual failure detector (Hayashibara et al., SRDS 2004) with normal times between heartbeats: suspect once the
 * chance of a later heartbeat is below {@code 10^-phi}.
 */
public final class PhiAccrual {

    private PhiAccrual() {}

    /**
     * {@code mu + sigma z} with {@code z} such that a standard normal exceeds it with chance {@code 10^-phi}: the silence
     * after which a node is suspected.
     *
     * @param meanSeconds mean time mu between heartbeats, positive
     * @param standardDeviationSeconds sigma, positive
     * @param phi threshold, positive
     */
    public static double timeoutSeconds(double meanSeconds, double standardDeviationSeconds, double phi) {
        Checks.positive("meanSeconds", meanSeconds);
        Checks.positive("standardDeviationSeconds", standardDeviationSeconds);
        return NormalDistribution.of(meanSeconds, standardDeviationSeconds)
                .inverseSurvivalProbability(falseAlarmProbability(phi));
    }

    /**
     * {@code T - (mu^2 + sigma^2) / (2 mu)}, T the timeout: mean time from a crash until the node is suspected. At a random
     * time the last heartbeat is that old on average (renewal theory, Cox 1962, section 5).
     */
    public static double meanDetectionSeconds(double meanSeconds, double standardDeviationSeconds, double phi) {
        double age =
                (meanSeconds * meanSeconds + standardDeviationSeconds * standardDeviationSeconds) / (2 * meanSeconds);
        return timeoutSeconds(meanSeconds, standardDeviationSeconds, phi) - age;
    }

    /** {@code 10^-phi} per heartbeat. */
    public static double falseAlarmProbability(double phi) {
        Checks.positive("phi", phi);
        return Math.pow(10, -phi);
    }
}
