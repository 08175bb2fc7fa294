package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * A snapshot that blocks and a write that goes on beside the training, one in flight: the write must end before the next
 * snapshot starts (CheckFreq, FAST 2021). Times without failures; a fault is equally likely at any point of the period.
 *
 * @param snapshotSeconds copy S that blocks
 * @param persistSeconds write P beside the training, from the start of the snapshot to durable
 * @param iterationSeconds one iteration, positive
 * @param iterations iterations k between two snapshots, at least 1
 * @param overlapSeconds part of the snapshot that the next iteration hides
 */
public record AsyncCheckpoint(
        double snapshotSeconds, double persistSeconds, double iterationSeconds, int iterations, double overlapSeconds) {

    public AsyncCheckpoint {
        Checks.notNegative("snapshotSeconds", snapshotSeconds);
        Checks.notNegative("persistSeconds", persistSeconds);
        Checks.positive("iterationSeconds", iterationSeconds);
        Checks.atLeast("iterations", iterations, 1);
        Checks.notNegative("overlapSeconds", overlapSeconds);
    }

    /** {@code max(0, S - overlap) + max(0, P - k t)}: the copy, and the wait for a write that takes too long. */
    public double stallSeconds() {
        return Math.max(0, snapshotSeconds - overlapSeconds) + Math.max(0, persistSeconds - workSeconds());
    }

    /** {@code k t / (k t + stall)}: throughput relative to no checkpoints. */
    public double throughputFactor() {
        return workSeconds() / (workSeconds() + stallSeconds());
    }

    /** {@code k t / 2 + P}: work lost on average, because only a durable checkpoint can be restored; first order. */
    public double meanLostSeconds() {
        return workSeconds() / 2 + persistSeconds;
    }

    private double workSeconds() {
        return iterations * iterationSeconds;
    }
}
