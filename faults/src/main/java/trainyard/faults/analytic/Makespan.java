package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/** Expected time to finish a job that is cut into equal chunks, each closed by a checkpoint. */
public final class Makespan {

    private Makespan() {}

    /**
     * {@code K} times the time of one chunk, {@code K e^(R/M) (M + D) (e^((W/K + C)/M) - 1)}; exact for exponential
     * failures.
     *
     * @param chunks number K of chunks, at least 1
     * @param whole the whole work as one segment: W is the work of the job
     */
    public static double expectedSeconds(int chunks, SegmentTime whole) {
        Checks.atLeast("chunks", chunks, 1);
        SegmentTime chunk = new SegmentTime(
                whole.workSeconds() / chunks,
                whole.checkpointSeconds(),
                whole.restoreSeconds(),
                whole.downtimeSeconds(),
                whole.mtbfSeconds());
        return chunks * chunk.expectedSeconds();
    }
}
