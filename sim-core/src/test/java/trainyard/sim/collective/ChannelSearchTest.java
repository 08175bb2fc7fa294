package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;

class ChannelSearchTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final GroupShape FULL = new GroupShape(8, 4, 1);
    private static final GroupShape ONE_RANK = new GroupShape(1, 4, 8);

    private static ChannelSearch on(String machine) {
        NodeSpec node = CATALOG.node(machine);
        return new ChannelSearch(node, NcclTuning.generation(node.gpu().architecture()));
    }

    /** NCCL prints "nChannels 8, bw 48.000000/48.000000" for eight GPUs with a port of 400 Gbit/s each. */
    @Test
    void oneChannelForEachDevice() {
        assertThat(on("DGX H100").channels(FULL)).isEqualTo(8);
        assertThat(on("DGX A100").channels(FULL)).isEqualTo(8);
        assertThat(on("DGX A100").channels(ONE_RANK)).isEqualTo(1);
        assertThat(on("AWS p4de.24xlarge").channels(FULL)).isEqualTo(4);
    }

    @Test
    void portsBesideOneGpuAreOneDevice() {
        assertThat(on("AWS p5.48xlarge").channels(FULL)).isEqualTo(8);
        assertThat(on("AWS p5en.48xlarge").channels(FULL)).isEqualTo(8);
    }

    /** ncclTopoDupChannels: at most four of 48 GB/s, or faster ones. */
    @Test
    void fastChannelsAreSplit() {
        assertThat(on("DGX H100").channels(ONE_RANK)).isEqualTo(2);
        assertThat(on("DGX B300").channels(FULL)).isEqualTo(16);
    }

    /** A rack of 72 GPUs has a port for each. */
    @Test
    void aSearchEndsAtHalfOfNcclsChannels() {
        GroupShape racks = new GroupShape(72, 4, 1);
        assertThat(on("GB200 NVL72 rack").channels(racks)).isEqualTo(32);
        assertThat(on("GB200 NVL72 rack").channels(new GroupShape(8, 4, 9))).isEqualTo(8);
    }

    @Test
    void treesTakeOneGpuWhereEachHasItsOwnSwitch() {
        assertThat(on("DGX H100").treeFactor(FULL)).isEqualTo(0.85);
        assertThat(on("DGX A100").treeFactor(FULL)).isEqualTo(1);
        assertThat(on("DGX A100").treeFactor(ONE_RANK)).isEqualTo(0.85);
        assertThat(on("DGX H100").treeFactor(GroupShape.withinNode(8))).isEqualTo(1);
    }
}
