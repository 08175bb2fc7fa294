package trainyard.sim.collective;

/**
 * An operation among the ranks of a group. Its size in bytes is the one that nccl-tests print: the whole buffer of one
 * rank for all-reduce, broadcast and all-to-all; the gathered buffer (n times a rank's share) for all-gather and
 * reduce-scatter; the message for send-receive.
 */
public enum Collective {
    ALL_REDUCE,
    REDUCE_SCATTER,
    ALL_GATHER,
    BROADCAST,
    ALL_TO_ALL,
    SEND_RECV;

    /**
     * Bus bandwidth over algorithm bandwidth (size / time) for {@code ranks} ranks, as nccl-tests define it
     * (PERFORMANCE.md).
     */
    public double busFactor(int ranks) {
        return switch (this) {
            case ALL_REDUCE -> 2.0 * (ranks - 1) / ranks;
            case REDUCE_SCATTER, ALL_GATHER, ALL_TO_ALL -> (ranks - 1.0) / ranks;
            case BROADCAST, SEND_RECV -> 1.0;
        };
    }
}
