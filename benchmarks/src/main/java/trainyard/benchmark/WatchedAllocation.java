package trainyard.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * Another policy, and how much is allocated between its first decision and the last end: neither the columns of the run, which are
 * made before, nor the outcomes of jobs, which are made after. On request it takes the memory in use when all jobs wait or run.
 */
final class WatchedAllocation implements SchedulingPolicy {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SchedulingPolicy policy;
    private final int jobs;
    private final boolean takesMemory;
    private int arrived;
    private int ended;
    private long firstBytes = -1;
    private long lastBytes;
    private long bytesInUse;

    /**
     * @param jobs how many there are
     * @param takesMemory whether to collect garbage when the last one has come, and see what is left
     */
    WatchedAllocation(SchedulingPolicy policy, int jobs, boolean takesMemory) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.jobs = jobs;
        this.takesMemory = takesMemory;
    }

    static long allocatedBytes() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Bytes that live objects take. */
    static long bytesInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Bytes allocated while jobs were played. */
    long playedBytes() {
        return lastBytes - firstBytes;
    }

    /** Bytes in use when the last job had come; 0 if they were not taken. */
    long bytesWhenAllWait() {
        return bytesInUse;
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        policy.arrived(context, job);
        arrived++;
        if (arrived == jobs && takesMemory) {
            bytesInUse = bytesInUse();
        }
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        policy.ended(context, job);
        ended++;
        if (ended == jobs) {
            lastBytes = allocatedBytes();
        }
    }

    @Override
    public void interrupted(SchedulingContext context, int job) {
        policy.interrupted(context, job);
    }

    @Override
    public void requeued(SchedulingContext context, int job) {
        policy.requeued(context, job);
    }

    @Override
    public int reservedGpus() {
        return policy.reservedGpus();
    }

    @Override
    public void schedule(SchedulingContext context) {
        if (firstBytes < 0) {
            firstBytes = allocatedBytes();
        }
        policy.schedule(context);
    }

    @Override
    public long wakeUpNanos() {
        return policy.wakeUpNanos();
    }
}
