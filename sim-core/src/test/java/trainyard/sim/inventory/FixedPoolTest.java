package trainyard.sim.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import trainyard.sim.engine.Simulation;

class FixedPoolTest {

    private final Simulation simulation = new Simulation();
    private final Inventory inventory = new Inventory(4, 8, 0);
    private final FixedPool pool = new FixedPool(simulation, inventory);
    private final List<String> log = new ArrayList<>();

    private void granted(long now, int request, int[] nodes) {
        log.add(now + ": " + request + " " + Arrays.toString(nodes));
    }

    private void at(long nanos, Runnable action) {
        simulation.schedule(nanos, 0, simulation.register((now, argument) -> action.run()), 0);
    }

    @Test
    void grantsAtOnceWhileNodesAreFreeAndThenInTheOrderOfRequests() {
        at(10, () -> pool.request(3, this::granted));
        at(20, () -> pool.request(2, this::granted));
        at(30, () -> pool.request(1, this::granted));
        at(40, () -> pool.release(new int[] {1, 2}));
        simulation.run();
        assertThat(log).containsExactly("10: 0 [0, 1, 2]", "40: 1 [1, 2]", "40: 2 [3]");
        assertThat(pool.freeNodes()).isZero();
    }

    @Test
    void grantIsAnEventOfItsOwn() {
        pool.request(1, this::granted);
        assertThat(log).isEmpty();
        simulation.run();
        assertThat(log).containsExactly("0: 0 [0]");
    }

    @Test
    void withdrawnRequestLetsThoseBehindItThrough() {
        at(0, () -> pool.request(3, this::granted));
        at(10, () -> pool.request(4, this::granted));
        at(20, () -> pool.request(1, this::granted));
        at(30, () -> assertThat(pool.withdraw(1)).isTrue());
        at(40, () -> assertThat(pool.withdraw(1)).isFalse());
        simulation.run();
        assertThat(log).containsExactly("0: 0 [0, 1, 2]", "30: 2 [3]");
    }

    @Test
    void brokenNodesAreNotGrantedUntilTheyWorkAgain() {
        inventory.setSpeed(Part.gpu(9), 0);
        at(0, () -> pool.request(4, this::granted));
        at(500, () -> inventory.setSpeed(Part.gpu(9), 1));
        simulation.run();
        assertThat(log).containsExactly("500: 0 [0, 1, 2, 3]");
    }

    @Test
    void impossibleRequestsAndReleasesAreRefused() {
        assertThatThrownBy(() -> pool.request(5, this::granted)).hasMessage("a pool of 4 nodes cannot grant 5 of them");
        assertThatThrownBy(() -> pool.release(new int[] {2})).hasMessage("node 2 is released but was not granted");
    }

    @Test
    void noNodeIsGrantedTwiceAndAllRequestsAreServedInOrder() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var clock = new Simulation();
            var nodes = new Inventory(10, 1, 0);
            var source = new FixedPool(clock, nodes);
            boolean[] taken = new boolean[10];
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                int count = 1 + random.nextInt(10);
                long hold = random.nextInt(50);
                int ask = clock.register((at, argument) -> source.request(count, (now, request, granted) -> {
                    order.add(request);
                    for (int node : granted) {
                        assertThat(taken[node]).isFalse();
                        taken[node] = true;
                    }
                    int giveBack = clock.register((end, unused) -> {
                        for (int node : granted) {
                            taken[node] = false;
                        }
                        source.release(granted);
                    });
                    clock.schedule(now + hold, 0, giveBack, 0);
                }));
                clock.schedule(random.nextInt(100), 0, ask, 0);
            }
            clock.run();
            assertThat(order).as("seed %d", seed).hasSize(40).isSorted();
            assertThat(source.freeNodes()).isEqualTo(10);
        }
    }
}
