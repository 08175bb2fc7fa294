package trainyard.faults.recovery;

/**
 * The job takes free spares if there are enough, else it goes on with as many whole replicas as still work, down to a
 * least number of nodes, and grows again when nodes come back (TorchElastic; Gupta et al. 2024, Unicron).
 *
 * @param leastNodes below this it waits for nodes, at least 1
 * @param replicaNodes nodes of one data-parallel replica, at least 1; the job goes on with a multiple of it
 * @param replicasKeepState whether a replica holds the whole state: no snapshot is loaded while at least one is whole. States
 *     that are sharded over the replicas (ZeRO) are lost with a replica
 */
public record ElasticShrink(int leastNodes, int replicaNodes, boolean replicasKeepState) implements RecoveryPolicy {

    public ElasticShrink {
        if (leastNodes < 1 || replicaNodes < 1) {
            throw new IllegalArgumentException("an elastic job needs at least one node, also in a replica, got "
                    + leastNodes + " and " + replicaNodes);
        }
    }

    @Override
    public String name() {
        return "elastic";
    }

    @Override
    public Reaction react(Situation situation) {
        if (situation.wanted() % replicaNodes != 0) {
            throw new IllegalArgumentException(
                    situation.wanted() + " nodes are no whole number of replicas of " + replicaNodes);
        }
        int whole = situation.working() / replicaNodes * replicaNodes;
        boolean replaceable = situation.free() >= situation.lost();
        return replaceable || whole < leastNodes ? new Reaction.Replace() : new Reaction.GoOn(whole, replicaNodes);
    }

    @Override
    public boolean keepsState(Situation situation) {
        return replicasKeepState && situation.working() >= replicaNodes;
    }
}
