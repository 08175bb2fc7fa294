package trainyard.scheduler.policy.interleave;

import trainyard.scheduler.policy.JobRank;
import trainyard.scheduler.policy.SchedulingContext;

/** Work left times GPUs, as if each job ran alone: the order of Muri-S (Zhao et al., SIGCOMM 2022), that of SRSF. */
public final class WorkLeft implements JobRank {

    private static final long NANOS_PER_MICRO = 1000;

    @Override
    public String name() {
        return "muri-s";
    }

    @Override
    public long of(SchedulingContext context, int job) {
        return Math.multiplyExact(context.workLeftNanos(job) / NANOS_PER_MICRO, (long) context.gpus(job));
    }
}
