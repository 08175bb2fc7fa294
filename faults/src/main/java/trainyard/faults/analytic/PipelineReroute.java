package trainyard.faults.analytic;

import trainyard.sim.checks.Checks;

/**
 * Peers of the same stage take over the micro-batches of failed ones (ReCycle, SOSP 2024). Throughput relative to no
 * failure, with forward and backward passes of equal length and free communication.
 *
 * @param replicas data-parallel replicas D, at least 1
 * @param stages pipeline stages P, at least 1
 * @param microBatches micro-batches M per replica and step, at least 1
 * @param failed failed replicas f of the worst stage, 0 to D - 1
 */
public record PipelineReroute(int replicas, int stages, int microBatches, int failed) {

    public PipelineReroute {
        Checks.atLeast("replicas", replicas, 1);
        Checks.atLeast("stages", stages, 1);
        Checks.atLeast("microBatches", microBatches, 1);
        Checks.between("failed", failed, 0, replicas - 1);
    }

    /** {@code (M + P - 1) / (M D / (D - f) + P - 1)}: the extra micro-batches make the step longer. */
    public double withoutBubbles() {
        return slots() / (slotsOfWorstStage() + stages - 1);
    }

    /** {@code (M + P - 1) / max(M + P - 1, M D / (D - f))}: the extra micro-batches fill the bubbles first. */
    public double withAllBubbles() {
        return slots() / Math.max(slots(), slotsOfWorstStage());
    }

    /** {@code (D - f) / D}: what the failed stage could do at most without bubbles before. */
    public double workBound() {
        return (double) (replicas - failed) / replicas;
    }

    private double slots() {
        return microBatches + stages - 1.0;
    }

    private double slotsOfWorstStage() {
        return (double) microBatches * replicas / (replicas - failed);
    }
}
