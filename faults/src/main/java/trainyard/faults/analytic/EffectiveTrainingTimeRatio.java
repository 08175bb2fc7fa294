package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * Effective training time ratio: the productive part of the time that a job runs or waits in the queue (Kokolis et al.
 * 2024, arXiv 2410.21680). Others leave the queue out; say which when you compare.
 *
 * @param failuresPerSecond rate of failures of the job, positive
 * @param restartSeconds initialisation and load after a failure, u0
 * @param intervalSeconds useful time between two checkpoints, dt, without the time that they block, positive
 * @param queueSeconds wait in the queue after each failure, q
 * @param writeSeconds time that a checkpoint blocks, w
 */
public record EffectiveTrainingTimeRatio(
        double failuresPerSecond,
        double restartSeconds,
        double intervalSeconds,
        double queueSeconds,
        double writeSeconds) {

    public EffectiveTrainingTimeRatio {
        Checks.positive("failuresPerSecond", failuresPerSecond);
        Checks.notNegative("restartSeconds", restartSeconds);
        Checks.positive("intervalSeconds", intervalSeconds);
        Checks.notNegative("queueSeconds", queueSeconds);
        Checks.notNegative("writeSeconds", writeSeconds);
    }

    /**
     * {@code (1 - f (u0 + dt/2)) / (1 + f q + w/dt)}, f the failures per second: first order, the form that the paper
     * uses. Not a share where {@code f (u0 + dt/2)} comes near 1; beyond that it is negative.
     */
    public double firstOrder() {
        return (1 - failuresPerSecond * (restartSeconds + intervalSeconds / 2))
                / (1 + failuresPerSecond * queueSeconds + writeSeconds / intervalSeconds);
    }

    /** {@code dt / (e^(u0/M) (M + q) (e^((dt + w)/M) - 1))}, M = 1/f: exact for exponential failures. */
    public double exact() {
        SegmentTime segment =
                new SegmentTime(intervalSeconds, writeSeconds, restartSeconds, queueSeconds, 1 / failuresPerSecond);
        return intervalSeconds / segment.expectedSeconds();
    }
}
