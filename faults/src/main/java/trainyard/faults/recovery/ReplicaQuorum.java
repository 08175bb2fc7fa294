package trainyard.faults.recovery;

import trainyard.faults.layout.JobLayout;

/**
 * A replica is what fails: the others form a new quorum and go on with fewer samples a step, while it is completed, comes up
 * and copies the state from one of them (torchft; FT-HSDP, arXiv 2602.00277).
 *
 * @param leastReplicas replicas of a quorum, at least 1; with fewer the job waits for all
 */
public record ReplicaQuorum(int leastReplicas) implements RecoveryPolicy {

    public ReplicaQuorum {
        if (leastReplicas < 1) {
            throw new IllegalArgumentException("a quorum needs a replica, got " + leastReplicas);
        }
    }

    @Override
    public String name() {
        return "quorum";
    }

    @Override
    public Reaction react(Situation situation) {
        JobLayout layout = situation.layout();
        int copies = layout.copiesWithout(situation.blank());
        return copies > 0 && copies * layout.stateReplicas() >= leastReplicas
                ? new Reaction.GoOn(layout.copyNodes(), Rejoin.IN_BACKGROUND)
                : new Reaction.Replace(Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return situation.layout().copiesWithout(situation.blank()) > 0 ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    @Override
    public Pace pace(Formation formation) {
        return formation.partOfTheBatch(formation.layout().replicasWithout(formation.without()));
    }

    @Override
    public boolean needsCopies() {
        return true;
    }
}
