package trainyard.scheduler.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Another policy, of which is asked at one moment why each job waits that waits: right after a pass at that moment, or
 * after the first one later.
 */
public final class WaitReasons implements SchedulingPolicy {

    private final SchedulingPolicy policy;
    private final long atNanos;
    private final TreeSet<Integer> waiting = new TreeSet<>();
    private final List<Entry> entries = new ArrayList<>();
    private boolean asked;

    /**
     * Why one job waits.
     *
     * @param job its id
     * @param reason what is in its way
     * @param other the id of the job that it waits for; empty if there is no single one
     */
    public record Entry(String job, WaitReason reason, String other) {}

    /**
     * @param policy made for this run
     * @param atNanos the moment
     */
    public WaitReasons(SchedulingPolicy policy, long atNanos) {
        this.policy = Objects.requireNonNull(policy, "policy");
        this.atNanos = atNanos;
    }

    /** The answers, in the order of arrival; none if nothing happened at that moment or later. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        waiting.add(job);
        policy.arrived(context, job);
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        waiting.remove(job);
        policy.ended(context, job);
    }

    @Override
    public void interrupted(SchedulingContext context, int job) {
        waiting.remove(job);
        policy.interrupted(context, job);
    }

    @Override
    public void requeued(SchedulingContext context, int job) {
        waiting.add(job);
        policy.requeued(context, job);
    }

    @Override
    public int reservedGpus() {
        return policy.reservedGpus();
    }

    @Override
    public void schedule(SchedulingContext context) {
        policy.schedule(context);
        if (!asked && context.nowNanos() >= atNanos) {
            asked = true;
            for (int job : waiting) {
                if (!context.isRunning(job)) {
                    entries.add(entry(context, job));
                }
            }
        }
    }

    private Entry entry(SchedulingContext context, int job) {
        WaitReason reason = policy.whyWaits(context, job);
        String other = reason.other() == WaitReason.NO_JOB
                ? ""
                : context.job(reason.other()).id();
        return new Entry(context.job(job).id(), reason, other);
    }

    @Override
    public long wakeUpNanos() {
        return asked ? policy.wakeUpNanos() : Math.min(atNanos, policy.wakeUpNanos());
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        return policy.whyWaits(context, job);
    }
}
