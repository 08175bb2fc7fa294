package trainyard.sim.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.NodeSpec;
import trainyard.sim.hardware.ScaleUp;

class LinkMeshTest {

    private static final double GIB = 1 << 30;

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    /** DGX-1: two ranks share one link, four have two disjoint cycles both ways, eight use all six links. */
    @Test
    void meshRingsFollowTheLinks() {
        LinkMesh cube = LinkMesh.hybridCube();
        assertThat(new int[] {cube.rings(2), cube.rings(3), cube.rings(4), cube.rings(5)})
                .containsExactly(1, 2, 4, 0);
        assertThat(new int[] {cube.rings(6), cube.rings(7), cube.rings(8)}).containsExactly(2, 4, 6);
        assertThat(LinkMesh.full(4, 2).rings(4)).isEqualTo(6);
    }

    /** A GPU of any mesh sends at most what its six links of 22 GB/s carry: five GPUs use four of them, seven use six. */
    @Test
    void aMeshCarriesNoMoreThanTheLinksOfAGpu() {
        NodeSpec quad = CATALOG.node("Jean Zay V100 quad");
        double[] links = {0, 0, 6, 6, 6, 4, 4, 6, 6};
        for (int gpus = 2; gpus <= NodeSpec.MOST_MESH_GPUS; gpus++) {
            NcclModel model = NcclModel.on(new ClusterSpec(mesh(quad, gpus), 1, CATALOG.fabric("Omni-Path")))
                    .with(NcclOptions.automatic().only(NcclAlgorithm.RING));
            CollectiveTime time = model.time(Collective.ALL_REDUCE, 64 * GIB, GroupShape.withinNode(gpus));
            double bus = Collective.ALL_REDUCE.busFactor(gpus) * 64 * GIB / time.seconds();
            assertThat(bus).as("%d GPUs", gpus).isCloseTo(links[gpus] * 22e9, withinPercentage(1));
        }
        assertThatThrownBy(() -> mesh(quad, NodeSpec.MOST_MESH_GPUS + 1))
                .hasMessage("direct NVLinks join at most 8 GPUs of a node, got 9");
    }

    private static NodeSpec mesh(NodeSpec node, int gpus) {
        return new NodeSpec(
                "mesh",
                node.gpu(),
                gpus,
                ScaleUp.NVLINK_MESH,
                node.nics(),
                node.nicBytesPerSecond(),
                node.pcieBytesPerSecond(),
                node.host(),
                0,
                1,
                node.provenance());
    }

    /**
     * Among all-to-all joined GPUs as many rings fit as a GPU has links, less one where a cycle each way would need two: a
     * search for 12 cycles through 25 GPUs would not end.
     */
    @Test
    void fullMeshesHaveRingsOnAllLinks() {
        assertThat(LinkMesh.full(25, 1).rings(25)).isEqualTo(24);
        assertThat(LinkMesh.full(24, 1).rings(24)).isEqualTo(22);
        assertThat(LinkMesh.full(24, 2).rings(24)).isEqualTo(46);
        assertThat(LinkMesh.full(25, 1).rings(3)).isEqualTo(2);
        assertThat(LinkMesh.full(25, 1).rings(2)).isEqualTo(1);
    }
}
