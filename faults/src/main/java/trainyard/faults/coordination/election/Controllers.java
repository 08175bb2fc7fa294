package trainyard.faults.coordination.election;

import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.sim.random.RandomStreams;

/**
 * Controllers of which one leads.
 *
 * @param members how many, 1 or more
 * @param heartbeatSeconds time between two heartbeats of the leader, above 0
 * @param timeoutLowSeconds least time without a heartbeat after which a member stands for election
 * @param timeoutHighSeconds most such time; each is drawn evenly between both
 * @param delay how long messages take
 * @param quorum how many votes and acknowledgements are enough
 * @param stickyVotes whether a member that hears a leader turns candidates down (Ongaro 2014, thesis, section 4.2.3)
 * @param writeSeconds time between two checkpoints of the leader, above 0
 * @param outage what happens to the leader
 * @param cut how the network is cut; empty where it is not
 * @param horizonSeconds end of the run, above 0
 */
public record Controllers(
        int members,
        double heartbeatSeconds,
        double timeoutLowSeconds,
        double timeoutHighSeconds,
        Delay delay,
        Quorum quorum,
        boolean stickyVotes,
        double writeSeconds,
        Optional<LeaderOutage> outage,
        Optional<NetworkCut> cut,
        double horizonSeconds) {

    /** How many are enough. */
    public enum Quorum {
        /** More than half of all members. */
        MAJORITY,
        /** More than half of those that can be reached: no quorum at all when the network is cut. */
        REACHABLE
    }

    /**
     * How long a message takes: a lognormal time, and where the network is shared with training, the rest of the burst of
     * gradients that it meets.
     *
     * @param meanSeconds above 0
     * @param spread coefficient of variation; 0 for a fixed time
     * @param burstEverySeconds time from one burst to the next, above 0; empty where the network is not shared
     * @param burstSeconds how long each lasts
     */
    public record Delay(double meanSeconds, double spread, OptionalDouble burstEverySeconds, double burstSeconds) {}

    /**
     * The leader of the moment crashes or becomes slow; where there is none, the next one when it is elected.
     *
     * @param fromSeconds when
     * @param seconds for how long
     * @param addedDelaySeconds what each of its messages takes longer; empty where it is down
     */
    public record LeaderOutage(double fromSeconds, double seconds, OptionalDouble addedDelaySeconds) {}

    /**
     * The network falls into two sides that do not reach each other.
     *
     * @param fromSeconds when
     * @param seconds for how long
     * @param smaller members of the smaller side
     * @param bridges members that both sides reach; they belong to the larger side
     * @param leaderInSmaller whether the leader of the moment is in the smaller side; where there is none, that of the newest term
     *     before, or the first member
     */
    public record NetworkCut(double fromSeconds, double seconds, int smaller, int bridges, boolean leaderInSmaller) {}

    public Controllers {
        if (members < 1
                || !(heartbeatSeconds > 0 && timeoutLowSeconds > 0 && timeoutHighSeconds >= timeoutLowSeconds)
                || !(writeSeconds > 0 && horizonSeconds > 0)) {
            throw new IllegalArgumentException("controllers need members and positive times");
        }
    }

    /** Runs one replication. The same streams give the same outcome. */
    public ElectionOutcome run(RandomStreams streams) {
        return new ElectionRun(this, streams).run();
    }
}
