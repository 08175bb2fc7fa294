package trainyard.sim.hardware.calibration;

import java.util.Objects;

/**
 * A whole training iteration, measured and predicted; never part of a fit.
 *
 * @param job name of the job
 * @param trace file of its operations, relative to the profile
 * @param minSeconds fastest repetition
 * @param medianSeconds median repetition
 * @param p95Seconds repetition that 19 of 20 stay below
 * @param repetitions how many were measured
 * @param predictedSeconds what the fits predict
 * @param errorPercent absolute error of the prediction against the fastest repetition, in percent: what other
 *     processes take from the machine is no part of its cost
 */
public record JobCheck(
        String job,
        String trace,
        double minSeconds,
        double medianSeconds,
        double p95Seconds,
        int repetitions,
        double predictedSeconds,
        double errorPercent) {

    public JobCheck {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(trace, "trace");
    }
}
