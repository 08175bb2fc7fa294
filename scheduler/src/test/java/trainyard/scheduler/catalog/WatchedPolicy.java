package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;

/** Another policy, after each of whose passes the books are checked. */
final class WatchedPolicy implements SchedulingPolicy {

    /** Policies under which no job that fits waits after a pass, as far as numbers of GPUs tell. */
    static final Set<PolicyKind> WORK_CONSERVING = EnumSet.of(
            PolicyKind.FIFO_FIT_FIRST,
            PolicyKind.SJF_FIT_FIRST,
            PolicyKind.NARROW_FIRST_FIT_FIRST,
            PolicyKind.QSSF_FIT_FIRST,
            PolicyKind.SRTF,
            PolicyKind.SRSF,
            PolicyKind.SMALLEST_FIRST,
            PolicyKind.LAS,
            PolicyKind.LAS_2D,
            PolicyKind.GITTINS,
            PolicyKind.FAIR_SHARE,
            PolicyKind.MAX_MIN,
            PolicyKind.FINISH_TIME_FAIRNESS,
            PolicyKind.PRIORITY,
            PolicyKind.MURI_S,
            PolicyKind.MURI_L);

    private final SchedulingPolicy policy;
    private final boolean workConserving;
    /** Whether all GPUs that no job has are free; else nodes may be away. */
    private final boolean allThere;

    private final TreeSet<Integer> present = new TreeSet<>();
    private long lastNanos;
    /** Jobs in the system times nanoseconds. */
    private double jobNanos;

    WatchedPolicy(SchedulingPolicy policy, boolean workConserving) {
        this(policy, workConserving, true);
    }

    private WatchedPolicy(SchedulingPolicy policy, boolean workConserving, boolean allThere) {
        this.policy = policy;
        this.workConserving = workConserving;
        this.allThere = allThere;
    }

    /** The same of a cluster whose nodes come and go. */
    static WatchedPolicy amidOutages(SchedulingPolicy policy, boolean workConserving) {
        return new WatchedPolicy(policy, workConserving, false);
    }

    double jobNanos() {
        return jobNanos;
    }

    @Override
    public String name() {
        return policy.name();
    }

    private void pass(SchedulingContext context) {
        jobNanos += (double) (context.nowNanos() - lastNanos) * present.size();
        lastNanos = context.nowNanos();
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        pass(context);
        present.add(job);
        policy.arrived(context, job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        pass(context);
        present.remove(job);
        policy.ended(context, job);
    }

    @Override
    public void interrupted(SchedulingContext context, int job) {
        pass(context);
        present.remove(job);
        policy.interrupted(context, job);
    }

    @Override
    public void requeued(SchedulingContext context, int job) {
        pass(context);
        present.add(job);
        policy.requeued(context, job);
    }

    @Override
    public int reservedGpus() {
        return policy.reservedGpus();
    }

    @Override
    public void schedule(SchedulingContext context) {
        policy.schedule(context);
        int used = 0;
        for (int job : present) {
            used += context.isRunning(job) ? context.gpus(job) : context.heldGpus(job);
            if (!context.isRunning(job)) {
                assertNotNull(policy.whyWaits(context, job));
                assertFalse(
                        workConserving && context.fits(job),
                        () -> name() + " leaves job " + job + " waiting though it fits");
            }
        }
        int taken = context.totalGpus() - context.freeGpus();
        int held = used;
        if (allThere) {
            assertEquals(taken, held, () -> name() + ": GPUs of jobs that run or hold");
        } else {
            assertTrue(held <= taken, () -> name() + ": jobs run on " + held + " GPUs of " + taken);
        }
    }

    @Override
    public long wakeUpNanos() {
        return policy.wakeUpNanos();
    }
}
