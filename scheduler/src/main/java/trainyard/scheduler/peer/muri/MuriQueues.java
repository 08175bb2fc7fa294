package trainyard.scheduler.peer.muri;

import trainyard.scheduler.peer.DiscretisedQueues;
import trainyard.sim.engine.SimTime;

/** Its {@code dlas-gpu}, called Tiresias-L in the paper. */
final class MuriQueues implements DiscretisedQueues.Rules {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    @Override
    public long service(long executedNanos, int gpus) {
        return executedNanos * gpus;
    }

    @Override
    public long untilDemotion(long limit, long executedNanos, int gpus) {
        return (limit / SECOND + gpus - 1) / gpus * SECOND - executedNanos;
    }
}
