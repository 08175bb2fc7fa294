package trainyard.training.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.training.clock.Alarms;

/** Which ranks on which nodes a collective of the workers is asked for. */
class FabricWireTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static GroupShape asked(String node, int nodes, int workers) {
        ClusterSpec cluster = new ClusterSpec(CATALOG.node(node), nodes, CATALOG.fabric("IB NDR"));
        List<GroupShape> asked = new ArrayList<>();
        FabricWire wire = new FabricWire(
                new Alarms(new Simulation()),
                cluster,
                (operation, bytes, group) -> {
                    asked.add(group);
                    return new CollectiveTime(0, 0, "none", "none");
                },
                workers,
                0);
        wire.allReduce(workers, 1e6, () -> {});
        return asked.get(0);
    }

    @Test
    void workersFillTheNodesAndTheLastInPart() {
        assertThat(asked("DGX H100", 1, 8)).isEqualTo(GroupShape.withinNode(8));
        assertThat(asked("DGX H100", 2, 16)).isEqualTo(new GroupShape(8, 2, 1));
        assertThat(asked("DGX H100", 3, 18)).isEqualTo(new GroupShape(18, 3, 8, 2, 1));
    }

    @Test
    void scaleUpLinksJoinTheTraysOfARack() {
        assertThat(asked("GB200 NVL72 tray", 18, 16)).isEqualTo(GroupShape.withinNode(16));
    }
}
