package trainyard.training.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import trainyard.sim.engine.Simulation;
import trainyard.sim.hardware.calibration.LinkFit;
import trainyard.training.clock.Alarms;
import trainyard.training.clock.Slowness;

/** A link with 1 ms and 10 ns a byte up to 1000 bytes, and 2 ms and 1 us a byte above. */
class MeasuredWireTest {

    private static final LinkFit LINK =
            new LinkFit("link", 2e-3, 1e-6, List.of(new LinkFit.Piece(1000, 1e-3, 1e-8)), Optional.empty());

    private final Simulation simulation = new Simulation();
    private final Alarms alarms = new Alarms(simulation);
    private final MeasuredWire wire = new MeasuredWire(alarms, LINK, Slowness.NONE);

    private List<Double> times(BiConsumer<MeasuredWire, Runnable> exchange) {
        List<Double> times = new ArrayList<>();
        exchange.accept(wire, () -> times.add(alarms.seconds()));
        simulation.run();
        return times;
    }

    @Test
    void aMessageTakesWhatTheLinkTakes() {
        assertThat(times((to, done) -> to.push(0, 1000, done))).containsExactly(0.00101);
        assertThat(wire.sentBytes()).isEqualTo(1000);
    }

    /** Four workers: 2 x 3 messages of 2000 bytes, each 4 ms; together 6 times the array goes over the link. */
    @Test
    void anAllReduceIsARingOfParts() {
        assertThat(times((to, done) -> to.allReduce(4, 8000, done))).containsExactly(0.024);
        assertThat(wire.sentBytes()).isEqualTo(48_000);
    }

    /** Three workers: two messages of 3000 bytes, each 5 ms, and each of three sends two. */
    @Test
    void anAllGatherPassesOnWhatEachHas() {
        assertThat(times((to, done) -> to.allGather(3, 3000, done))).containsExactly(0.010);
        assertThat(wire.sentBytes()).isEqualTo(18_000);
    }

    /** The core of worker 1 is three times as slow, and its ring five times: 3 x 4 ms, and 5 x 2 x 3 x 4 ms. */
    @Test
    void whatGoesToASlowCoreTakesAsMuchLonger() {
        Slowness slow = new Slowness() {
            @Override
            public double core(int worker) {
                return worker == 1 ? 3 : 1;
            }

            @Override
            public double ring(int worker) {
                return worker == 1 ? 5 : 1;
            }
        };
        MeasuredWire slowed = new MeasuredWire(alarms, LINK, slow);
        List<Double> times = new ArrayList<>();
        slowed.push(0, 2000, () -> times.add(alarms.seconds()));
        slowed.pull(1, 2000, () -> times.add(alarms.seconds()));
        slowed.send(1, 0, 2000, () -> times.add(alarms.seconds()));
        slowed.allReduce(4, 8000, () -> times.add(alarms.seconds()));
        simulation.run();
        assertThat(times).containsExactly(0.004, 0.012, 0.012, 0.120);
    }

    @Test
    void messagesDoNotSlowOneAnother() {
        List<Double> both = times((to, done) -> {
            to.pull(0, 2000, done);
            to.send(0, 1, 2000, done);
        });
        assertThat(both).containsExactly(0.004, 0.004);
    }
}
