package trainyard.faults.cause;

import java.util.Arrays;
import java.util.List;
import trainyard.sim.random.RandomStreams;

/**
 * The faults of all causes in the order of time, without end. It is a function of what goes wrong, cluster, seed and
 * replication: designs that share these meet the same faults (common random numbers), and a cause more or less moves no
 * other one.
 */
public final class FaultTimeline {

    private final CauseFaults[] causes;
    /** The next fault of each. */
    private final long[] nextNanos;

    private int first;

    /**
     * A timeline of causes from its beginning.
     *
     * @param causes with names of their own
     * @throws IllegalArgumentException if two causes have one name, since they would share their randomness
     */
    public FaultTimeline(List<FaultCause> causes, ClusterShape cluster, RandomStreams streams) {
        this(FaultModel.of(causes), cluster, streams);
    }

    /** A timeline from its beginning. */
    public FaultTimeline(FaultModel model, ClusterShape cluster, RandomStreams streams) {
        causes = model.faults(cluster, streams).toArray(CauseFaults[]::new);
        nextNanos = Arrays.stream(causes).mapToLong(CauseFaults::nextNanos).toArray();
        findFirst();
    }

    private void findFirst() {
        first = 0;
        for (int i = 1; i < nextNanos.length; i++) {
            first = nextNanos[i] < nextNanos[first] ? i : first;
        }
    }

    /** When the next fault is; {@link Long#MAX_VALUE} if there is none within the reach of the clock. */
    public long nextNanos() {
        return causes.length == 0 ? Long.MAX_VALUE : nextNanos[first];
    }

    /**
     * The next fault; at equal times that of the cause listed first.
     *
     * @throws IllegalStateException if there is none within the reach of the clock
     */
    public Fault take() {
        if (nextNanos() == Long.MAX_VALUE) {
            throw new IllegalStateException("no fault is left");
        }
        Fault fault = causes[first].take();
        nextNanos[first] = causes[first].nextNanos();
        findFirst();
        return fault;
    }
}
