package trainyard.faults.recovery;

import java.util.Objects;
import trainyard.faults.layout.JobLayout;

/**
 * The job takes free spares if there are enough, else it goes on with as many whole replicas as still work, down to a
 * least number, and grows again when nodes come back (TorchElastic; Unicron, He et al. 2024, arXiv 2401.00134).
 *
 * @param leastReplicas below this it waits for nodes, at least 1
 * @param replicasKeepState whether a replica holds the whole state: no snapshot is loaded while each part of it is left
 *     somewhere. Of states that are sharded over all replicas (ZeRO) none is, so that the newest snapshot is loaded
 * @param onLoss what becomes of the global batch
 * @param growth when it takes nodes in that come back
 */
public record ElasticShrink(int leastReplicas, boolean replicasKeepState, OnLoss onLoss, Rejoin growth)
        implements RecoveryPolicy {

    public ElasticShrink {
        Objects.requireNonNull(onLoss, "onLoss");
        Objects.requireNonNull(growth, "growth");
        if (leastReplicas < 1) {
            throw new IllegalArgumentException("an elastic job needs at least one replica, got " + leastReplicas);
        }
    }

    /** A job that grows as soon as a replica has its nodes. */
    public ElasticShrink(int leastReplicas, boolean replicasKeepState, OnLoss onLoss) {
        this(leastReplicas, replicasKeepState, onLoss, Rejoin.AS_THEY_COME);
    }

    @Override
    public String name() {
        return "elastic";
    }

    @Override
    public Reaction react(Situation situation) {
        int replicaNodes = situation.layout().replicaNodes();
        int whole = situation.working() / replicaNodes;
        boolean replaceable = situation.free() >= situation.lost();
        return replaceable || whole < leastReplicas
                ? new Reaction.Replace(Start.COLD)
                : new Reaction.Shrink(whole * replicaNodes, replicaNodes, growth);
    }

    @Override
    public boolean startsWithFewer() {
        return true;
    }

    @Override
    public StateSource source(Situation situation) {
        return replicasKeepState && situation.hasStateLeft() ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    @Override
    public Pace pace(Formation formation) {
        if (onLoss == OnLoss.ACCUMULATE) {
            return RecoveryPolicy.super.pace(formation);
        }
        JobLayout layout = formation.layout();
        return formation.partOfTheBatch(formation.nodes() / layout.replicaNodes());
    }

    @Override
    public boolean needsCopies() {
        return replicasKeepState;
    }
}
