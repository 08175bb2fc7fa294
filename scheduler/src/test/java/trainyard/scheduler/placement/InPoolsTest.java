package trainyard.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.sharing.NodeScore;

/** Jobs that may use some types of GPU, on one node each of three types. */
class InPoolsTest {

    private static final List<NodePool> POOLS = List.of(
            NodePool.of("T4", 1, 2).withGpuType("T4"),
            NodePool.of("P100", 1, 2).withGpuType("P100"),
            NodePool.of("G2", 1, 2).withGpuType("G2"));

    private static ClusterJob job(String... types) {
        return ClusterJob.of("job", 0, 2, 10).with(JobTraits.NONE.withGpuTypes(Set.of(types)));
    }

    private static int node(Placement placement, FreeGpus free, ClusterJob job) {
        NodeShares chosen = new NodeShares();
        return placement.choose(free, job, job.parts(free.partsPerGpu()), chosen) ? chosen.node(0) : -1;
    }

    @Test
    void theFirstPoolThatWillDoIsTaken() {
        ClusterLayout layout = ClusterLayout.of(POOLS);
        Placement placement = new InPools(layout, new Consolidate(Choice.BEST_FIT));
        FreeGpus free = layout.free();

        assertThat(node(placement, free, job())).isZero();
        assertThat(node(placement, free, job("G2", "P100"))).isEqualTo(1);
        free.take(1, 1);
        assertThat(node(placement, free, job("G2", "P100"))).isEqualTo(2);
        assertThat(node(placement, free, job("P100"))).isEqualTo(-1);
        assertThat(node(placement, free, job("A10"))).isEqualTo(-1);
    }

    @Test
    void theSameHoldsForNodesWhoseGpusAreShared() {
        ClusterLayout layout = ClusterLayout.of(POOLS).shared();
        Placement placement = new SharedGpus("first-fit", layout, NodeScore.FIRST, List.of(job()));

        assertThat(node(placement, layout.free(), job())).isZero();
        assertThat(node(placement, layout.free(), job("G2", "P100"))).isEqualTo(1);
        assertThat(node(placement, layout.free(), job("G2"))).isEqualTo(2);
        assertThat(node(placement, layout.free(), job("A10"))).isEqualTo(-1);
    }
}
