package trainyard.faults.cause;

import java.util.ArrayList;
import java.util.List;
import trainyard.sim.random.RandomStreams;

/**
 * The faults of all causes in the order of time, without end. It is a function of what goes wrong, cluster, seed and
 * replication: designs that share these meet the same faults (common random numbers), and a cause more or less moves no
 * other one.
 */
public final class FaultTimeline {

    private final List<CauseFaults> causes;

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
        causes = new ArrayList<>(model.faults(cluster, streams));
    }

    /** When the next fault is; {@link Long#MAX_VALUE} if there is none within the reach of the clock. */
    public long nextNanos() {
        long next = Long.MAX_VALUE;
        for (CauseFaults faults : causes) {
            next = Math.min(next, faults.nextNanos());
        }
        return next;
    }

    /**
     * The next fault; at equal times that of the cause listed first.
     *
     * @throws IllegalStateException if there is none within the reach of the clock
     */
    public Fault take() {
        long next = nextNanos();
        for (CauseFaults faults : causes) {
            if (next < Long.MAX_VALUE && faults.nextNanos() == next) {
                return faults.take();
            }
        }
        throw new IllegalStateException("no fault is left");
    }
}
