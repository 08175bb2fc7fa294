package trainyard.scheduler.peer.muri;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToLongFunction;
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * Another policy under which each job that ran since the last event loses up to its overhead, whether or not it is preempted.
 * Its end is foreseen without it: a job that is not disturbed loses nothing.
 */
public final class EventOverhead implements SchedulingPolicy {

    private final SchedulingPolicy policy;
    private final IntToLongFunction overheadNanos;
    private final List<Integer> jobs = new ArrayList<>();
    private long lastNanos;

    /**
     * @param policy decides who runs
     * @param overheadNanos by number of the job
     */
    public EventOverhead(SchedulingPolicy policy, IntToLongFunction overheadNanos) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.overheadNanos = Objects.requireNonNull(overheadNanos, "overheadNanos");
    }

    @Override
    public String name() {
        return policy.name() + "-with-overhead";
    }

    @Override
    public void arrived(Desk desk, int job) {
        jobs.add(job);
        policy.arrived(desk, job);
    }

    @Override
    public void ended(Desk desk, int job) {
        jobs.remove(Integer.valueOf(job));
        policy.ended(desk, job);
    }

    @Override
    public void schedule(Desk desk) {
        long elapsed = desk.nowNanos() - lastNanos;
        lastNanos = desk.nowNanos();
        for (int job : jobs) {
            if (desk.isRunning(job)) {
                desk.setBack(job, Math.min(elapsed, overheadNanos.applyAsLong(job)));
            }
        }
        policy.schedule(desk);
    }

    @Override
    public long wakeUpNanos() {
        return policy.wakeUpNanos();
    }
}
