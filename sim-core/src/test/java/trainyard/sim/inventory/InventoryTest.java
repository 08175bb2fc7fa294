package trainyard.sim.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.FabricSpec.Kind;
import trainyard.sim.network.FlowNetwork;
import trainyard.sim.topology.LinkState;
import trainyard.sim.topology.TestClusters;
import trainyard.sim.topology.Topology;

class InventoryTest {

    private final Inventory inventory = new Inventory(3, 4, 10);

    @Test
    void aNodeWithAGpuDownIsNotUsable() {
        inventory.setSpeed(Part.node(1), 0.5);
        inventory.setSpeed(Part.gpu(5), 0.8);
        assertThat(inventory.isUsable(1)).isTrue();
        inventory.setSpeed(Part.gpu(5), 0);
        assertThat(inventory.isUsable(1)).isFalse();
        assertThat(inventory.isUsable(0)).isTrue();
    }

    @Test
    void listenersHearEachChangeOnceInTheOrderInWhichTheyCame() {
        List<String> heard = new ArrayList<>();
        inventory.addListener((part, before, speed) -> heard.add("a " + part.index() + " " + before + " " + speed));
        inventory.addListener((part, before, speed) -> heard.add("b " + part.kind()));
        inventory.setSpeed(Part.link(7), 0.25);
        inventory.setSpeed(Part.link(7), 0.25);
        assertThat(heard).containsExactly("a 7 1.0 0.25", "b LINK");
    }

    @Test
    void speedsBeyondFullAreRefused() {
        assertThatThrownBy(() -> inventory.setSpeed(Part.gpu(1), 1.5))
                .hasMessage("the speed of Part[kind=GPU, index=1] must lie in [0, 1], got 1.5");
    }

    @Test
    void networkFollowsTheLinksOfTheInventory() {
        var topology = Topology.build(TestClusters.hosts(2, Kind.SINGLE_SWITCH, 1));
        var simulation = new Simulation();
        var network = new FlowNetwork(simulation, new LinkState(topology));
        var links = new Inventory(2, 1, topology.links());
        links.addListener((part, before, speed) -> network.setLinkFactor(part.index(), speed));
        long[] arrival = new long[1];
        network.transfer(0, 1, 50_000, (now, argument) -> arrival[0] = now, 0);
        simulation.runUntil(1000);
        for (int link = 0; link < topology.links(); link++) {
            links.setSpeed(Part.link(link), 0.5);
        }
        simulation.run();
        assertThat(arrival[0]).isEqualTo(1000 + 2000 + 3000);
    }

    @Test
    void allocationMapsRanksToGpus() {
        var allocation = Allocation.of(8, 9, 0, 1);
        assertThat(allocation.ranks()).isEqualTo(4);
        assertThat(allocation.gpu(2)).isZero();
        assertThatThrownBy(() -> Allocation.of(1, 2, 1)).hasMessage("GPU 1 is given to two ranks");
    }
}
