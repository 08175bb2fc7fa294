package trainyard.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the queue against a {@link TreeSet} through random adds, takes, cancels and moves. */
class PendingEventsTest {

    /** Distances of new events from the last taken one, from friendly to hostile. */
    private enum Distances {
        EVEN {
            @Override
            long draw(SplittableRandom random, int step) {
                return random.nextLong(1_000_000);
            }
        },
        EXPONENTIAL {
            @Override
            long draw(SplittableRandom random, int step) {
                return (long) (-1e6 * Math.log1p(-random.nextDouble()));
            }
        },
        HEAVY_TIES {
            @Override
            long draw(SplittableRandom random, int step) {
                return 1000L * random.nextInt(3);
            }
        },
        ALL_EQUAL {
            @Override
            long draw(SplittableRandom random, int step) {
                return 0;
            }
        },
        TWO_SCALES {
            @Override
            long draw(SplittableRandom random, int step) {
                return random.nextInt(10) < 4 ? random.nextLong(100) : random.nextLong(1L << 50);
            }
        },
        LOGARITHMIC {
            @Override
            long draw(SplittableRandom random, int step) {
                return random.nextLong(1L << random.nextInt(1, 52));
            }
        },
        SHRINKING_SCALE {
            @Override
            long draw(SplittableRandom random, int step) {
                return random.nextLong(1L + (1L << Math.max(0, 45 - step / 500)));
            }
        },
        GROWING_SCALE {
            @Override
            long draw(SplittableRandom random, int step) {
                return random.nextLong(1L << Math.min(45, 1 + step / 500));
            }
        },
        CLUSTERS {
            @Override
            long draw(SplittableRandom random, int step) {
                return 1_000_000_000L * random.nextInt(5) + random.nextInt(50);
            }
        };

        abstract long draw(SplittableRandom random, int step);
    }

    private record Entry(long time, long order, int argument) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::time).thenComparingLong(Entry::order);

    /** The queue and its reference side by side. */
    private static final class Pair {
        final PendingEvents queue = new PendingEvents();
        final TreeSet<Entry> reference = new TreeSet<>(ORDER);
        final Map<Integer, Entry> entries = new HashMap<>();
        final Map<Integer, Long> tickets = new HashMap<>();
        final List<Integer> arguments = new ArrayList<>();
        final SplittableRandom random;
        final Distances distances;
        long sequence;
        long now;
        int step;

        Pair(Distances distances, long seed) {
            this.distances = distances;
            this.random = new SplittableRandom(seed);
        }

        long order() {
            return ((long) random.nextInt(-1, 2) << TieOrder.SEQUENCE_BITS) | sequence++;
        }

        void add() {
            Entry entry = new Entry(now + distances.draw(random, step), order(), step);
            tickets.put(step, queue.add(entry.time(), entry.order(), 3, entry.argument()));
            entries.put(step, entry);
            arguments.add(step);
            reference.add(entry);
            step++;
        }

        void take() {
            int slot = queue.next(Long.MAX_VALUE);
            Entry expected = reference.pollFirst();
            if (expected == null) {
                assertThat(slot).isEqualTo(EventStore.NONE);
                return;
            }
            assertThat(queue.argumentOf(slot)).isEqualTo(expected.argument());
            assertThat(queue.timeOf(slot)).isEqualTo(expected.time());
            assertThat(queue.handlerOf(slot)).isEqualTo(3);
            queue.forget(slot);
            now = expected.time();
        }

        /** Any event that was ever added, pending or over. */
        int anyArgument() {
            return arguments.get(random.nextInt(arguments.size()));
        }

        void cancel() {
            int argument = anyArgument();
            int slot = queue.slotOf(tickets.get(argument));
            boolean pending = reference.remove(entries.get(argument));
            assertThat(slot != EventStore.NONE).isEqualTo(pending);
            if (pending) {
                queue.cancel(slot);
            }
        }

        void move() {
            int argument = anyArgument();
            int slot = queue.slotOf(tickets.get(argument));
            boolean pending = reference.remove(entries.get(argument));
            assertThat(slot != EventStore.NONE).isEqualTo(pending);
            if (pending) {
                Entry moved = new Entry(now + distances.draw(random, step), order(), argument);
                queue.move(slot, moved.time(), moved.order());
                reference.add(moved);
                entries.put(argument, moved);
            }
        }

        /** One operation; the weights are out of 100, what is left over goes to taking. */
        void operate(int adds, int cancels, int moves) {
            int choice = random.nextInt(100);
            if (choice < adds || arguments.isEmpty()) {
                add();
            } else if (choice < adds + cancels) {
                cancel();
            } else if (choice < adds + cancels + moves) {
                move();
            } else {
                take();
            }
            assertThat(queue.count()).isEqualTo(reference.size());
        }

        void drain() {
            while (!reference.isEmpty()) {
                take();
            }
            take();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderWhileGrowingAndShrinking(Distances distances) {
        for (long seed = 0; seed < 12; seed++) {
            Pair pair = new Pair(distances, seed);
            for (int i = 0; i < 6000; i++) {
                pair.operate(60, 8, 8);
            }
            for (int i = 0; i < 6000; i++) {
                pair.operate(25, 5, 10);
            }
            pair.drain();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderWithFewEvents(Distances distances) {
        for (long seed = 100; seed < 140; seed++) {
            Pair pair = new Pair(distances, seed);
            for (int i = 0; i < 1500; i++) {
                pair.operate(36, 10, 10);
            }
            pair.drain();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderWithManyEventsHeld(Distances distances) {
        Pair pair = new Pair(distances, 7);
        for (int i = 0; i < 40_000; i++) {
            pair.add();
        }
        for (int i = 0; i < 60_000; i++) {
            pair.take();
            pair.add();
            if (i % 7 == 0) {
                pair.cancel();
                pair.move();
            }
        }
        pair.drain();
    }

    /** Timers that are always moved before they fire must not pile up. */
    @Test
    void movedAndCancelledEventsLeaveNothingBehind() {
        PendingEvents queue = new PendingEvents();
        SplittableRandom random = new SplittableRandom(3);
        long[] tickets = new long[100];
        long order = 0;
        for (int i = 0; i < tickets.length; i++) {
            tickets[i] = queue.add(1_000, order++, 0, i);
        }
        for (int i = 0; i < 300_000; i++) {
            int which = random.nextInt(tickets.length);
            if (random.nextBoolean()) {
                queue.move(queue.slotOf(tickets[which]), random.nextLong(1L << 40), order++);
            } else {
                queue.cancel(queue.slotOf(tickets[which]));
                tickets[which] = queue.add(random.nextLong(1L << 40), order++, 0, which);
            }
            assertThat((int) tickets[which]).as("slots in use").isLessThan(tickets.length);
        }
        assertThat(queue.heapEntries()).isLessThan(3000);
        assertThat(queue.count()).isEqualTo(tickets.length);
    }
}
