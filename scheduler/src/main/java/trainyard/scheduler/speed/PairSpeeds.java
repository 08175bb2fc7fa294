package trainyard.scheduler.speed;

import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/** How fast two jobs are on the same GPUs, over their speeds there alone. */
@FunctionalInterface
public interface PairSpeeds {

    /** No two jobs share GPUs. */
    PairSpeeds NONE = (job, other, gpuType) -> 0;

    /**
     * The speed of a job beside another one, over that alone: above 0 and at most 1, or 0 where the two may not be together.
     *
     * @param gpuType as the pools of the cluster call it; empty where they have no types
     */
    double of(ClusterJob job, ClusterJob other, String gpuType);

    /**
     * Any two jobs take so many times as long.
     *
     * @param slowdown at least 1
     */
    static PairSpeeds stated(double slowdown) {
        if (!(slowdown >= 1) || !Double.isFinite(slowdown)) {
            throw new IllegalArgumentException("jobs take at least as long beside others, got a factor of " + slowdown);
        }
        return (job, other, gpuType) -> 1 / slowdown;
    }

    /** The same by where two jobs are. */
    default Placed on(ClusterLayout layout) {
        return (job, other, shares) ->
                of(job, other, layout.pool(shares.node(0)).gpuType());
    }

    /** Speeds of two jobs that have the same GPUs. */
    @FunctionalInterface
    interface Placed {

        /** The speed of a job beside another one over that alone, above 0 and at most 1. */
        double of(ClusterJob job, ClusterJob other, NodeShares shares);
    }
}
