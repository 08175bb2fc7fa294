package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.sim.collective.DgxClusters.GIB;
import static trainyard.sim.collective.DgxClusters.H100;
import static trainyard.sim.collective.DgxClusters.MIB;

import org.junit.jupiter.api.Test;

/** What NCCL expects of an algorithm, by which it chooses one, beside what that takes. */
class NcclEstimateTest {

    /**
     * tuning.cc by hand: the search finds 8 channels on DGX H100, each of at most 29 GB/s with LL128, through one GPU a node;
     * 0.9 is the correction for 16 MiB. 16 channels run, but the limit is not meant for those.
     */
    @Test
    void limitsPerChannelCountTheChannelsOfTheSearch() {
        GroupShape shape = new GroupShape(8, 64, 1);
        double bytes = 16 * MIB;
        AlgorithmTime tree = candidate(H100, bytes, shape, NcclAlgorithm.TREE, NcclProtocol.LL128);
        double latency = 14e-6 + 14 * 1.25e-6 + 12 * 8.5e-6;
        assertThat(tree.latencySeconds()).isCloseTo(latency, within(1e-12));
        assertThat(tree.estimateSeconds()).isCloseTo(latency + 2 * bytes / (8 * 29e9 * 0.85 * 0.9), within(1e-9));
        assertThat(tree.seconds()).isGreaterThan(latency + 2 * bytes / (8 * 29e9));

        AlgorithmTime ring = candidate(H100, GIB, shape, NcclAlgorithm.RING, NcclProtocol.LL128);
        double wire = Collective.ALL_REDUCE.busFactor(512) * GIB;
        assertThat(ring.seconds() - ring.latencySeconds()).isCloseTo(wire / (8 * 36.7e9), within(1e-9));
    }

    /**
     * 25 us + 12 steps of 14 us + 2 S / (8 x 45.5 GB/s) is less than NCCL expects of an LL128 tree from 16 MiB on. With the 20.9 us
     * that a step takes it would stay with the tree.
     */
    @Test
    void nvlsTreeIsChosenByTheEstimateOfItsTime() {
        GroupShape shape = new GroupShape(8, 64, 1);
        AlgorithmTime inSwitch = candidate(H100, 16 * MIB, shape, NcclAlgorithm.NVLS_TREE, NcclProtocol.SIMPLE);
        assertThat(inSwitch.estimateSeconds()).isCloseTo(25e-6 + 12 * 14e-6 + 32 * MIB / (8 * 45.5e9), within(1e-9));
        assertThat(H100.time(Collective.ALL_REDUCE, 16 * MIB, shape).algorithm())
                .isEqualTo("nvlstree");
        CollectiveTime smaller = H100.time(Collective.ALL_REDUCE, 4 * MIB, shape);
        assertThat(smaller.algorithm() + " " + smaller.protocol()).isEqualTo("tree LL128");
    }

    private static AlgorithmTime candidate(
            NcclModel model, double bytes, GroupShape shape, NcclAlgorithm algorithm, NcclProtocol protocol) {
        return model.candidates(Collective.ALL_REDUCE, bytes, shape).stream()
                .filter(time -> time.algorithm() == algorithm && time.protocol() == protocol)
                .findFirst()
                .orElseThrow();
    }
}
