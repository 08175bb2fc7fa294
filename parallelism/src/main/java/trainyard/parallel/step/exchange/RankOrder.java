package trainyard.parallel.step.exchange;

import trainyard.parallel.job.TrainingJob;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.inventory.Allocation;

/** The GPU of each rank of a job that has a cluster to itself: ranks fill the GPUs in their order. */
public final class RankOrder {

    private RankOrder() {}

    /**
     * The allocation. Where a domain of several nodes, as an NVL72 rack, gives a job a power of two of its GPUs, the rest of
     * each stays idle.
     */
    public static Allocation of(TrainingJob job) {
        ClusterSpec cluster = job.cluster();
        int used = RankPlacement.on(cluster, job.plan()).gpusPerNode();
        int domain = cluster.byScaleUpDomain().node().gpus();
        int[] gpus = new int[job.plan().gpus()];
        for (int rank = 0; rank < gpus.length; rank++) {
            gpus[rank] = rank / used * domain + rank % used;
        }
        return Allocation.of(gpus);
    }
}
