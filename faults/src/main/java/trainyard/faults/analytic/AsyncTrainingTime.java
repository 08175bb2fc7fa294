package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * Share of useful time of a job that saves beside its training, exact for exponential failures. A run lives for an exponential
 * time of mean M. It keeps W for each snapshot that is durable by then: the k-th one is at {@code k T + P}, with
 * {@code T = W + stall}. So a run that gets through its restore keeps {@code W e^(-P/M) / (e^(T/M) - 1)} on average, and a
 * failure costs a run and its downtime: {@code e^(-(R + P)/M) W / ((M + D) (e^(T/M) - 1))}. With P = 0 this is
 * {@link SegmentTime}.
 *
 * @param workSeconds W between two snapshots, positive
 * @param stallSeconds what a snapshot costs the job: stall, wait and slower steps
 * @param persistSeconds P until a snapshot is durable
 * @param restoreSeconds R, which a failure can interrupt
 * @param downSeconds D before it, which none interrupts
 * @param mtbfSeconds M, positive
 */
public record AsyncTrainingTime(
        double workSeconds,
        double stallSeconds,
        double persistSeconds,
        double restoreSeconds,
        double downSeconds,
        double mtbfSeconds) {

    public AsyncTrainingTime {
        Checks.positive("workSeconds", workSeconds);
        Checks.notNegative("stallSeconds", stallSeconds);
        Checks.notNegative("persistSeconds", persistSeconds);
        Checks.notNegative("restoreSeconds", restoreSeconds);
        Checks.notNegative("downSeconds", downSeconds);
        Checks.positive("mtbfSeconds", mtbfSeconds);
    }

    /** Useful time over all time, in [0, 1]. */
    public double usefulShare() {
        return Math.exp(-(restoreSeconds + persistSeconds) / mtbfSeconds)
                * workSeconds
                / ((mtbfSeconds + downSeconds) * Math.expm1((workSeconds + stallSeconds) / mtbfSeconds));
    }
}
