package trainyard.scheduler.placement;

import java.util.Objects;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeGroups;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/**
 * A job runs within one pool: the first one with a type of GPU that will do in which it fits.
 *
 * @param layout the pools
 * @param inside where in a pool
 */
public record InPools(ClusterLayout layout, Placement inside) implements Placement {

    public InPools {
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(inside, "inside");
    }

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public boolean choose(FreeGpus free, int gpus, NodeShares chosen) {
        return choose(free, ClusterJob.of("", 0, gpus, 0), gpus, chosen);
    }

    @Override
    public boolean choose(FreeGpus free, ClusterJob job, int gpus, NodeShares chosen) {
        for (int pool = 0; pool < layout.pools().size(); pool++) {
            if (job.traits().takesGpuType(pool(pool).gpuType()) && chooseIn(pool, free, job, gpus, chosen)) {
                return true;
            }
        }
        chosen.clear();
        return false;
    }

    private NodePool pool(int index) {
        return layout.pools().get(index);
    }

    private boolean chooseIn(int pool, FreeGpus free, ClusterJob job, int gpus, NodeShares chosen) {
        if (!free.hasGroups(DomainLevel.POOL)) {
            return inside.choose(free, job, gpus, chosen);
        }
        NodeGroups pools = free.groups(DomainLevel.POOL);
        if (!inside.choose(pools.part(pool), job, gpus, chosen)) {
            return false;
        }
        chosen.shift(pools.firstNode(pool));
        return true;
    }
}
