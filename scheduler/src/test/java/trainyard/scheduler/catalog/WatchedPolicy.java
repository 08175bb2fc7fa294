package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.TreeSet;
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.SchedulingPolicy;

/** Another policy, after each of whose passes the books are checked. */
final class WatchedPolicy implements SchedulingPolicy {

    private final SchedulingPolicy policy;
    private final boolean workConserving;
    private final TreeSet<Integer> present = new TreeSet<>();
    private long lastNanos;
    /** Jobs in the system times nanoseconds. */
    private double jobNanos;

    WatchedPolicy(SchedulingPolicy policy, boolean workConserving) {
        this.policy = policy;
        this.workConserving = workConserving;
    }

    double jobNanos() {
        return jobNanos;
    }

    @Override
    public String name() {
        return policy.name();
    }

    private void pass(Desk desk) {
        jobNanos += (double) (desk.nowNanos() - lastNanos) * present.size();
        lastNanos = desk.nowNanos();
    }

    @Override
    public void arrived(Desk desk, int job) {
        pass(desk);
        present.add(job);
        policy.arrived(desk, job);
    }

    @Override
    public void ended(Desk desk, int job) {
        pass(desk);
        present.remove(job);
        policy.ended(desk, job);
    }

    @Override
    public void schedule(Desk desk) {
        policy.schedule(desk);
        int used = 0;
        for (int job : present) {
            used += desk.isRunning(job) ? desk.gpus(job) : desk.heldGpus(job);
            if (!desk.isRunning(job)) {
                assertNotNull(policy.whyWaits(desk, job));
                assertFalse(
                        workConserving && desk.fits(job),
                        () -> name() + " leaves job " + job + " waiting though it fits");
            }
        }
        assertEquals(desk.totalGpus() - desk.freeGpus(), used, () -> name() + ": GPUs of jobs that run or hold");
    }

    @Override
    public long wakeUpNanos() {
        return policy.wakeUpNanos();
    }
}
