package trainyard.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The hold model on {@link PriorityQueue}, the engine that most people would write: event objects in the order (time,
 * sequence), reused for the successor, that carry the state of their entity.
 */
final class PriorityQueueHold implements HoldModel {
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final List<Event> entities = new ArrayList<>();
    private final Increments increments = new Increments();
    private long sequence;

    PriorityQueueHold(int pending) {
        for (int entity = 0; entity < pending; entity++) {
            Event event = newEvent(entity % KINDS);
            entities.add(event);
            schedule(event, 0);
        }
    }

    private static Event newEvent(int kind) {
        return switch (kind) {
            case 0 -> new First();
            case 1 -> new Second();
            case 2 -> new Third();
            default -> new Fourth();
        };
    }

    private void schedule(Event event, long now) {
        event.nanos = now + increments.nextNanos();
        event.sequence = sequence++;
        queue.add(event);
    }

    @Override
    public void run(CpuStopwatch stopwatch) {
        do {
            Event event = queue.remove();
            event.happen();
            schedule(event, event.nanos);
        } while (stopwatch.tick());
    }

    @Override
    public long visits() {
        return entities.stream().mapToLong(event -> event.visits).sum();
    }

    private abstract static class Event implements Comparable<Event> {
        long nanos;
        long sequence;
        long visits;

        abstract void happen();

        @Override
        public int compareTo(Event other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(sequence, other.sequence);
        }
    }

    private static final class First extends Event {
        @Override
        void happen() {
            visits += 1;
        }
    }

    private static final class Second extends Event {
        @Override
        void happen() {
            visits += 2;
        }
    }

    private static final class Third extends Event {
        @Override
        void happen() {
            visits += 3;
        }
    }

    private static final class Fourth extends Event {
        @Override
        void happen() {
            visits += 4;
        }
    }
}
