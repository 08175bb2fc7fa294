package trainyard.scheduler.peer.tiresias;

import java.util.OptionalLong;
import trainyard.scheduler.peer.DiscretisedQueues;
import trainyard.sim.engine.SimTime;

/** Its {@code dlas} family. */
public final class TiresiasQueues {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private TiresiasQueues() {}

    /** {@code dlas}: service is run time. */
    public static DiscretisedQueues byTime() {
        return new DiscretisedQueues("tiresias-dlas", new DiscretisedQueues.Rules() {
            @Override
            public long service(long executedNanos, int gpus) {
                return executedNanos;
            }

            @Override
            public long untilDemotion(long limit, long executedNanos, int gpus) {
                return limit - executedNanos;
            }
        });
    }

    /** {@code dlas-gpu}: service is run time times GPUs. */
    public static DiscretisedQueues byGpuTime() {
        return new DiscretisedQueues("tiresias-dlas-gpu", new GpuTime());
    }

    /**
     * {@code dlas-gpu-N}: a job goes back to the first queue once it has waited N times as long as it ran.
     *
     * @param promoteAfter N, at least 1
     */
    public static DiscretisedQueues promoting(int promoteAfter) {
        return new DiscretisedQueues("tiresias-dlas-gpu-" + promoteAfter, new GpuTime() {
            @Override
            public int promoteAfter() {
                return promoteAfter;
            }
        });
    }

    /** {@code dlas-gpu-gittins}: each queue by Gittins index; a new job has that of no service. */
    public static DiscretisedQueues byGittinsIndex(GittinsRanks ranks) {
        return new DiscretisedQueues("tiresias-dlas-gpu-gittins", new GpuTime() {
            @Override
            public OptionalLong rank(long service) {
                return OptionalLong.of(ranks.of(service / SECOND));
            }
        });
    }

    /** It takes the run time for the service when it looks ahead, and whole seconds. */
    private static class GpuTime implements DiscretisedQueues.Rules {
        @Override
        public long service(long executedNanos, int gpus) {
            boolean fits = Math.multiplyHigh(executedNanos, gpus) == 0 && executedNanos * gpus >= 0;
            return fits ? executedNanos * gpus : Long.MAX_VALUE;
        }

        @Override
        public long untilDemotion(long limit, long executedNanos, int gpus) {
            return Math.floorDiv((limit - executedNanos) / SECOND, (long) gpus) * SECOND;
        }
    }
}
