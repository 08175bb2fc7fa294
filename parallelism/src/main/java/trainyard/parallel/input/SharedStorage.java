package trainyard.parallel.input;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import trainyard.sim.engine.SimTime;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.Step;
import trainyard.sim.engine.Timeline;

/**
 * A storage whose rate all transfers share: classes by {@link WeightedShares}, the streams of a class evenly (generalised
 * processor sharing, Parekh and Gallager 1993).
 *
 * <p>All streams of a class have the same rate, so each class counts the bytes that a stream of it has got since the class
 * was last idle. A transfer is over when that count reaches the count at its start plus its size; the order in which
 * transfers of a class end never changes, and a change of rates costs no work per transfer.
 */
final class SharedStorage {

    /** Doubles carry fifteen digits; what is left of a transfer below this share of the count is rounding. */
    private static final double ROUNDING = 1e-13;

    private static final double LEAST_BYTES = 1e-3;

    private final Timeline timeline;
    private final double bytesPerSecond;
    private final Map<StorageClass, Queue> queues = new EnumMap<>(StorageClass.class);
    private boolean paused;
    private long changedNanos;
    private long nextEnd = Simulation.NO_TICKET;
    private long sequence;

    private record Transfer(double end, long order, int streams, Step then) {}

    private static final class Queue {
        private final TrafficRule rule;
        private final PriorityQueue<Transfer> transfers =
                new PriorityQueue<>(Comparator.comparingDouble(Transfer::end).thenComparingLong(Transfer::order));
        private long streams;
        private double perStream;
        private double rate;
        private double moved;

        Queue(TrafficRule rule) {
            this.rule = rule;
        }

        void advance(double seconds) {
            moved += rate * seconds;
            perStream = streams == 0 ? 0 : perStream + rate / streams * seconds;
        }

        boolean isHeadOver() {
            return !transfers.isEmpty()
                    && transfers.peek().end() - perStream <= Math.max(LEAST_BYTES, ROUNDING * perStream);
        }

        double secondsToEnd() {
            return rate == 0 ? Double.POSITIVE_INFINITY : (transfers.peek().end() - perStream) * streams / rate;
        }
    }

    SharedStorage(Timeline timeline, double bytesPerSecond, Map<StorageClass, TrafficRule> rules) {
        this.timeline = timeline;
        this.bytesPerSecond = bytesPerSecond;
        rules.forEach((kind, rule) -> queues.put(kind, new Queue(rule)));
    }

    /**
     * Transfers so many bytes over each of some equal streams.
     *
     * @param streams how many, 1 or more
     * @param then run when all have ended
     */
    void transfer(StorageClass kind, double bytes, int streams, Step then) {
        advance();
        Queue queue = queues.get(kind);
        queue.transfers.add(new Transfer(queue.perStream + bytes, sequence++, streams, then));
        queue.streams += streams;
        share();
    }

    /** Gives nothing until {@link #resume}. */
    void pause() {
        advance();
        paused = true;
        share();
    }

    void resume() {
        advance();
        paused = false;
        share();
    }

    /** Bytes that a class has moved up to now. */
    double moved(StorageClass kind) {
        advance();
        return queues.get(kind).moved;
    }

    /** Present rate of a class. */
    double rate(StorageClass kind) {
        return queues.get(kind).rate;
    }

    private void advance() {
        double seconds = SimTime.seconds(timeline.now() - changedNanos);
        changedNanos = timeline.now();
        queues.values().forEach(queue -> queue.advance(seconds));
    }

    private void share() {
        double[] weights = new double[queues.size()];
        double[] limits = new double[queues.size()];
        int i = 0;
        for (Queue queue : queues.values()) {
            weights[i] = queue.streams == 0 ? 0 : queue.rule.weight(queue.streams);
            limits[i++] = queue.rule.limit(queue.streams);
        }
        double[] rates = WeightedShares.of(paused ? 0 : bytesPerSecond, weights, limits);
        double soonest = Double.POSITIVE_INFINITY;
        i = 0;
        for (Queue queue : queues.values()) {
            queue.rate = rates[i++];
            soonest = queue.streams == 0 ? soonest : Math.min(soonest, queue.secondsToEnd());
        }
        timeline.cancel(nextEnd);
        nextEnd = Simulation.NO_TICKET;
        if (soonest < Double.POSITIVE_INFINITY) {
            nextEnd = timeline.after(Math.max(1, SimTime.nanos(Math.max(0, soonest))), 0, this::end);
        }
    }

    private void end(long nowNanos) {
        nextEnd = Simulation.NO_TICKET;
        advance();
        for (Queue queue : queues.values()) {
            while (queue.isHeadOver()) {
                Transfer over = queue.transfers.remove();
                queue.streams -= over.streams();
                timeline.at(nowNanos, 0, over.then());
            }
            queue.perStream = queue.streams == 0 ? 0 : queue.perStream;
        }
        share();
    }
}
