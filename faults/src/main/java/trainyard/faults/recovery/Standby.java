package trainyard.faults.recovery;

/**
 * The job holds nodes ready beside its slots: their processes are started, so that a job which has enough of them for what it
 * lost only reconfigures itself (ByteRobust, Wan et al. 2025, section 6). Hot ones also get their part of the state from a
 * replica that still has it, so that nothing but the unfinished step is lost.
 *
 * @param standbys how many it holds, at least 1
 * @param hot whether they take over the state of other replicas, in place of loading a snapshot
 */
public record Standby(int standbys, boolean hot) implements RecoveryPolicy {

    public Standby {
        if (standbys < 1) {
            throw new IllegalArgumentException("at least one node is held ready, got " + standbys);
        }
    }

    @Override
    public String name() {
        return hot ? "hot-spare" : "warm-standby";
    }

    @Override
    public Reaction react(Situation situation) {
        boolean enough = situation.standbys() >= situation.lost();
        return new Reaction.Replace(enough ? Start.RECONFIGURE : Start.COLD);
    }

    @Override
    public StateSource source(Situation situation) {
        return hot && situation.hasStateLeft() ? StateSource.SURVIVORS : StateSource.SNAPSHOT;
    }

    @Override
    public boolean needsCopies() {
        return hot;
    }

    @Override
    public boolean alwaysStops() {
        return true;
    }
}
