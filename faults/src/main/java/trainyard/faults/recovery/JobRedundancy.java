package trainyard.faults.recovery;

import java.util.Objects;
import trainyard.faults.layout.JobLayout;
import trainyard.faults.layout.Slots;

/**
 * Everything is computed twice: the second half of the replicas does the work of the first (Ferreira et al. 2011). The job goes
 * on as long as one of each pair is left, and takes the other in again when it is replaced.
 *
 * @param scope what a pair is made of
 * @param rejoin whether what is lost comes back before the job starts again
 */
public record JobRedundancy(Scope scope, Rejoin rejoin) implements RecoveryPolicy {

    /** What is paired. */
    public enum Scope {
        /** Replicas: one is lost with any of its nodes. */
        REPLICA,
        /** Nodes that hold the same part of the state. */
        NODE
    }

    public JobRedundancy {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(rejoin, "rejoin");
    }

    @Override
    public String name() {
        return "redundancy";
    }

    @Override
    public Reaction react(Situation situation) {
        return survives(situation)
                ? new Reaction.GoOn(unit(situation.layout()), rejoin)
                : new Reaction.Replace(Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return survives(situation) ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    private int unit(JobLayout layout) {
        return scope == Scope.NODE ? 1 : layout.replicaNodes();
    }

    private boolean survives(Situation situation) {
        JobLayout layout = situation.layout();
        Slots blank = situation.blank();
        int unit = unit(layout);
        int half = layout.nodes() / 2;
        for (int slot = blank.next(0); slot >= 0 && slot < half; slot = blank.next(slot + 1)) {
            int twin = half + slot / unit * unit;
            int lost = blank.next(twin);
            if (lost >= 0 && lost < twin + unit) {
                return false;
            }
        }
        return true;
    }

    /** A step of half of the job; what the GPUs do beyond that is redundant. */
    @Override
    public Pace pace(Formation formation) {
        JobLayout layout = formation.layout();
        if (layout.replicas() % 2 != 0) {
            throw new IllegalArgumentException(layout.replicas() + " replicas do not make pairs");
        }
        int half = layout.nodes() / 2;
        long nanos = formation.stepTimes().stepNanos(half);
        long useful = Math.multiplyExact(nanos, (long) half * formation.gpusPerNode());
        return new Pace(nanos, formation.batch(), useful, nanos * formation.gpus() - useful);
    }
}
