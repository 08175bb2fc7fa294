package trainyard.scheduler.goodput;

import trainyard.scheduler.job.ClusterJob;

/**
 * When each part of the work of a job ends. Its run time is that on the GPUs that its owner wants, on as few nodes as hold them, with
 * the owner's batch, so a part takes a share of it in proportion to one over its goodput there.
 */
public final class WorkParts {

    private final double[] leftNanos;

    private WorkParts(double[] leftNanos) {
        this.leftNanos = leftNanos;
    }

    /**
     * The parts of a job.
     *
     * @param gpusPerNode which tells on how few nodes it can be
     */
    public static WorkParts of(ClusterJob job, TrainingProfile profile, int gpusPerNode) {
        int parts = profile.parts();
        double[] left = new double[parts];
        double sum = 0;
        for (int part = parts - 1; part >= 0; part--) {
            left[part] = sum;
            sum += 1 / ownerGoodput(job, profile, part, gpusPerNode);
        }
        for (int part = 0; part < parts; part++) {
            left[part] *= job.runNanos() / sum;
        }
        return new WorkParts(left);
    }

    /** Goodput on the GPUs that its owner wants, with the owner's batch. */
    public static double ownerGoodput(ClusterJob job, TrainingProfile profile, int part, int gpusPerNode) {
        int nodes = (job.gpus() + gpusPerNode - 1) / gpusPerNode;
        return profile.ownerGoodput(part, job.gpus(), nodes);
    }

    /** Work left at the end of each part, as time; descending to 0. */
    public double[] leftNanos() {
        return leftNanos.clone();
    }

    /** The part in which a job is that has so much work left. */
    public int partOf(long left) {
        int part = 0;
        while (part < leftNanos.length - 1 && left <= leftNanos[part]) {
            part++;
        }
        return part;
    }
}
