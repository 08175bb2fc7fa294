package trainyard.faults.recovery;

import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;

/**
 * A job of which some slots take no part in its steps.
 *
 * @param layout its slots
 * @param without those that take no part
 * @param gpusPerNode GPUs of a node, at least 1
 * @param batch samples of a step of the whole job, at least 1
 * @param stepTimes what a step takes on a number of nodes
 */
public record Formation(JobLayout layout, Slots without, int gpusPerNode, long batch, StepTimes stepTimes) {

    /** Nodes that take part. */
    public int nodes() {
        return layout.nodes() - without.count();
    }

    /** GPUs that take part. */
    public long gpus() {
        return (long) nodes() * gpusPerNode;
    }

    /** A step of the whole job. */
    public long wholeStepNanos() {
        return stepTimes.stepNanos(layout.nodes());
    }

    /** What a step of the whole job takes of its GPUs together. */
    public long wholeGpuNanos() {
        return Math.multiplyExact(wholeStepNanos(), (long) layout.nodes() * gpusPerNode);
    }

    /**
     * A step with the whole batch. What it takes beyond a step of the whole job is loss: waits for those with a larger share,
     * work in the stead of others.
     */
    public Pace wholeBatch(long stepNanos) {
        return new Pace(stepNanos, batch, Math.min(wholeGpuNanos(), Math.multiplyExact(stepNanos, gpus())), 0);
    }

    /**
     * A step as long as that of the whole job, from which the samples of all but some replicas are missing. Where the batch does not divide
     * by the replicas, what those left have too few samples for is loss.
     */
    public Pace partOfTheBatch(int replicas) {
        long nanos = wholeStepNanos();
        long samples = Math.max(1, batch * replicas / layout.replicas());
        long useful = wholeGpuNanos() / batch * samples + wholeGpuNanos() % batch * samples / batch;
        return new Pace(nanos, samples, Math.min(useful, Math.multiplyExact(nanos, gpus())), 0);
    }
}
