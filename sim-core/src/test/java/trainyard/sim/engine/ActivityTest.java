package trainyard.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private final Simulation simulation = new Simulation();
    private final Timeline timeline = new Timeline(simulation);
    private final Activity activity = new Activity(timeline, 0);
    private final List<String> log = new ArrayList<>();

    private Step note(String what) {
        return now -> log.add(what + "@" + now);
    }

    @Test
    void holdsForItsDuration() {
        activity.hold(2e-9, note("held"));
        assertThat(activity.remainingNanos()).isEqualTo(2);
        simulation.run();
        assertThat(log).containsExactly("held@2");
        assertThat(activity.isWaiting()).isFalse();
    }

    @Test
    void interruptedHoldTellsWhatWasLeft() {
        activity.hold(10e-9, note("never"));
        timeline.at(4, 0, now -> {
            log.add("left " + activity.remainingNanos());
            activity.interrupt(note("interrupted"));
        });
        simulation.run();
        assertThat(log).containsExactly("left 6", "interrupted@4");
    }

    @Test
    void resourceServesInTurnAndSmallDoesNotOvertakeLarge() {
        Resource resource = new Resource(3);
        Activity large = new Activity(timeline, 0);
        Activity small = new Activity(timeline, 0);
        activity.acquire(resource, 2, now -> activity.hold(5e-9, then -> resource.release(2)));
        large.acquire(resource, 3, now -> {
            log.add("large@" + now);
            large.hold(5e-9, then -> resource.release(3));
        });
        small.acquire(resource, 1, note("small"));
        simulation.run();
        assertThat(log).containsExactly("large@5", "small@10");
        assertThat(resource.free()).isEqualTo(2);
    }

    @Test
    void interruptedWaiterLetsTheNextOnePass() {
        Resource resource = new Resource(2);
        Activity large = new Activity(timeline, 0);
        Activity small = new Activity(timeline, 0);
        activity.acquire(resource, 1, note("first"));
        large.acquire(resource, 2, note("large"));
        small.acquire(resource, 1, note("small"));
        timeline.at(7, 0, now -> large.interrupt());
        simulation.run();
        assertThat(log).containsExactly("first@0", "small@7");
    }

    @Test
    void grantThatIsInterruptedBeforeItIsTakenUpGoesBack() {
        Resource resource = new Resource(1);
        activity.acquire(resource, 1, note("never"));
        assertThat(resource.free()).isZero();
        assertThat(activity.interrupt()).isTrue();
        assertThat(resource.free()).isEqualTo(1);
        simulation.run();
        assertThat(log).isEmpty();
        assertThat(activity.interrupt()).isFalse();
    }

    @Test
    void timelineReusesItsSlots() {
        List<Long> tickets = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            long ticket = timeline.after(5, 0, note("never"));
            tickets.add(ticket);
            assertThat(simulation.argumentOf(ticket)).isZero();
            assertThat(timeline.cancel(ticket)).isTrue();
        }
        assertThat(tickets).doesNotHaveDuplicates().noneMatch(timeline::cancel);
        timeline.at(1, 0, note("ran"));
        simulation.run();
        assertThat(log).containsExactly("ran@1");
    }

    @Test
    void refusesMisuse() {
        Resource resource = new Resource(2);
        assertThatThrownBy(() -> activity.acquire(resource, 3, note("x"))).hasMessageContaining("amount (3)");
        assertThatThrownBy(() -> resource.release(1)).hasMessageContaining("units held (0)");
        assertThatThrownBy(() -> new Resource(0)).hasMessageContaining("capacity (0)");
        activity.hold(1, note("x"));
        assertThatThrownBy(() -> activity.hold(1, note("y")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waiting already");
    }
}
