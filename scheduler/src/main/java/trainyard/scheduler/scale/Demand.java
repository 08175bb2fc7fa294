package trainyard.scheduler.scale;

/**
 * What an autoscaler sees.
 *
 * @param nowNanos the present time
 * @param usedGpus GPUs of jobs that run
 * @param waitingGpus GPUs that jobs in the queue want
 * @param otherGpus working GPUs of nodes that are not scaled
 * @param gpusPerNode GPUs of each node that is scaled
 */
public record Demand(long nowNanos, int usedGpus, int waitingGpus, int otherGpus, int gpusPerNode) {

    /** Nodes that rounding may add to a whole number of them. */
    private static final double ROUNDING = 1e-9;

    /** GPUs of jobs, whether they run or wait. */
    public int gpus() {
        return usedGpus + waitingGpus;
    }

    /** Nodes that make up for what others lack of so many GPUs; 0 or more. */
    public int nodesFor(double gpus) {
        return (int) Math.ceil(Math.max(0, gpus - otherGpus) / gpusPerNode - ROUNDING);
    }
}
