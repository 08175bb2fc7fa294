package trainyard.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private final Simulation simulation = new Simulation();
    private final List<Integer> happened = new ArrayList<>();
    private final int note = simulation.register((now, argument) -> happened.add(argument));

    @Test
    void ordersByTimeThenPriorityThenSequence() {
        simulation.schedule(20, 0, note, 1);
        simulation.schedule(10, 5, note, 2);
        simulation.schedule(10, 0, note, 3);
        simulation.schedule(10, -127, note, 4);
        simulation.schedule(10, 0, note, 5);
        simulation.schedule(10, 127, note, 6);
        simulation.run();
        assertThat(happened).containsExactly(4, 3, 5, 2, 6, 1);
        assertThat(simulation.now()).isEqualTo(20);
        assertThat(simulation.executedCount()).isEqualTo(6);
    }

    @Test
    void eventAtThePresentTimeHappensInThisRun() {
        int chain = simulation.register((now, argument) -> {
            happened.add(argument);
            if (argument < 3) {
                simulation.schedule(now, 0, 1, argument + 1);
            }
        });
        simulation.schedule(7, 0, chain, 1);
        simulation.schedule(7, 0, note, 10);
        simulation.run();
        assertThat(happened).containsExactly(1, 10, 2, 3);
        assertThat(simulation.now()).isEqualTo(7);
    }

    @Test
    void runUntilIncludesItsTimeAndMovesTheClock() {
        simulation.schedule(10, 0, note, 1);
        simulation.schedule(11, 0, note, 2);
        simulation.runUntil(10);
        assertThat(happened).containsExactly(1);
        simulation.runUntil(10);
        assertThat(happened).containsExactly(1);
        simulation.runUntil(100);
        assertThat(happened).containsExactly(1, 2);
        assertThat(simulation.now()).isEqualTo(100);
    }

    @Test
    void eventMayBeScheduledBeforeOneThatARunStoppedShortOf() {
        simulation.schedule(1_000, 0, note, 1);
        simulation.runUntil(10);
        simulation.schedule(500, 0, note, 2);
        simulation.run();
        assertThat(happened).containsExactly(2, 1);
    }

    @Test
    void stopKeepsWhatIsPending() {
        int stop = simulation.register((now, argument) -> simulation.stop());
        simulation.schedule(1, 0, stop, 0);
        simulation.schedule(2, 0, note, 2);
        simulation.runUntil(50);
        assertThat(simulation.now()).isEqualTo(1);
        assertThat(simulation.pendingCount()).isEqualTo(1);
        simulation.run();
        assertThat(happened).containsExactly(2);
    }

    @Test
    void ticketIsOverOnceTheEventHappensOrIsCancelled() {
        long first = simulation.schedule(1, 0, note, 1);
        long second = simulation.schedule(2, 0, note, 2);
        assertThat(simulation.cancel(second)).isTrue();
        assertThat(simulation.cancel(second)).isFalse();
        assertThat(simulation.reschedule(second, 9)).isFalse();
        simulation.run();
        assertThat(happened).containsExactly(1);
        assertThat(simulation.cancel(first)).isFalse();
        assertThat(simulation.cancel(Simulation.NO_TICKET)).isFalse();
    }

    @Test
    void ticketNamesNoLaterEventInTheSameSlot() {
        long old = simulation.schedule(1, 0, note, 1);
        simulation.cancel(old);
        long current = simulation.schedule(1, 0, note, 2);
        assertThat((int) current).as("slot is reused").isEqualTo((int) old);
        assertThat(simulation.cancel(old)).isFalse();
        assertThat(simulation.isPending(current)).isTrue();
    }

    @Test
    void ownTicketIsOverWhileTheEventHappens() {
        long[] ticket = new long[1];
        int self = simulation.register(
                (now, argument) -> assertThat(simulation.cancel(ticket[0])).isFalse());
        ticket[0] = simulation.schedule(1, 0, self, 0);
        simulation.run();
        assertThat(simulation.executedCount()).isEqualTo(1);
    }

    @Test
    void rescheduledEventKeepsTicketAndPriorityAndGoesBehindItsEquals() {
        long moved = simulation.schedule(1, 0, note, 1);
        long urgent = simulation.schedule(9, -1, note, 2);
        simulation.schedule(5, 0, note, 3);
        assertThat(simulation.reschedule(moved, 5)).isTrue();
        assertThat(simulation.reschedule(urgent, 5)).isTrue();
        assertThat(simulation.timeOf(moved)).isEqualTo(5);
        simulation.run();
        assertThat(happened).containsExactly(2, 3, 1);
    }

    @Test
    void refusesWhatCannotBe() {
        simulation.schedule(10, 0, note, 1);
        simulation.run();
        assertThatThrownBy(() -> simulation.schedule(9, 0, note, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time (9 ns) lies before now (10 ns)");
        assertThatThrownBy(() -> simulation.schedule(10, 128, note, 1)).hasMessageContaining("priority (128)");
        assertThatThrownBy(() -> simulation.schedule(10, -128, note, 1)).hasMessageContaining("priority (-128)");
        assertThatThrownBy(() -> simulation.schedule(10, 0, 7, 1)).hasMessageContaining("handlerId (7)");
        assertThatThrownBy(() -> simulation.scheduleAfter(Long.MAX_VALUE, 0, note, 1))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> simulation.timeOf(Simulation.NO_TICKET)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lastInstantOfTimeCanBeUsed() {
        simulation.schedule(Long.MAX_VALUE, 0, note, 2);
        simulation.schedule(Long.MAX_VALUE - 1, 0, note, 1);
        simulation.run();
        assertThat(happened).containsExactly(1, 2);
    }
}
