package trainyard.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In steady state an event costs no allocation; the heap alone and the ring of buckets are both tried. */
class AllocationTest {
    private static final int EVENTS = 400_000;
    private static final long MEAN_DELAY_NANOS = 1_000_000;

    /** Far below one object (16 bytes) per event: the ring may be made anew now and then. */
    private static final double BYTES_PER_EVENT = 0.5;

    /** Each event schedules the next; every fourth also moves a ticket, and every eighth takes one back. */
    private static final class Hold {
        private final Simulation simulation = new Simulation();
        private final SplittableRandom random = new SplittableRandom(7);
        private final long[] tickets;
        private final int handler;
        private long left;

        Hold(int pending) {
            tickets = new long[pending];
            handler = simulation.register(this::onEvent);
            for (int i = 0; i < pending; i++) {
                tickets[i] = simulation.schedule(delay(), 0, handler, i);
            }
        }

        private long delay() {
            return random.nextLong(2 * MEAN_DELAY_NANOS);
        }

        private void onEvent(long now, int entity) {
            tickets[entity] = simulation.schedule(now + delay(), 0, handler, entity);
            int other = random.nextInt(tickets.length);
            if (left % 4 == 0) {
                simulation.reschedule(tickets[other], now + delay());
            } else if (left % 8 == 1 && simulation.cancel(tickets[other])) {
                tickets[other] = simulation.schedule(now + delay(), 0, handler, other);
            }
            if (--left == 0) {
                simulation.stop();
            }
        }

        void run(int events) {
            left = events;
            simulation.run();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 20_000})
    void nothingIsAllocatedPerEvent(int pending) {
        assumeThat(ManagementFactory.getThreadMXBean()).isInstanceOf(ThreadMXBean.class);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Hold hold = new Hold(pending);
        hold.run(EVENTS);
        long before = threads.getCurrentThreadAllocatedBytes();
        hold.run(EVENTS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(hold.simulation.pendingCount()).isEqualTo(pending);
        assertThat((double) allocated / EVENTS).isLessThan(BYTES_PER_EVENT);
    }
}
