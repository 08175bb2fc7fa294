package trainyard.scheduler.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import trainyard.scheduler.policy.PodRules.Order;

/**
 * No gangs: the pods of waiting jobs are placed one by one, one of each job in turn in the order of arrival, or all of one job
 * after all of another by priority. A pod that is placed holds its GPUs idle until all pods of its job are placed; only then the job runs. Jobs may so hold GPUs that others lack, and
 * all wait for ever: {@link #deadlock} tells. With a timeout the job that has held a part for longest gives it back and
 * asks for nothing for a time that doubles whenever it does so.
 */
public final class PodByPod implements SchedulingPolicy {

    private static final int MOST_DOUBLINGS = 20;

    private final PodRules rules;
    private final List<Integer> waiting = new ArrayList<>();
    private final Map<Integer, Long> heldSince = new HashMap<>();
    private final Map<Integer, Long> backedOffUntil = new HashMap<>();
    private final Map<Integer, Integer> giveUps = new HashMap<>();
    private final PodRetries retries;
    private Optional<Deadlock> deadlock = Optional.empty();
    /** The place in the row of the job whose turn it is. */
    private int turn;

    private int runningGpus;
    private int freeBefore;
    private long wakeUpNanos = Long.MAX_VALUE;

    /**
     * No job of those that hold some of their GPUs can ever get the rest, even if all that run end. With a timeout there is none,
     * since parts are given back.
     *
     * @param atNanos when it was so first
     * @param jobs that hold a part
     * @param heldGpus that they hold idle
     */
    public record Deadlock(long atNanos, int jobs, int heldGpus) {}

    public PodByPod(PodRules rules) {
        this.rules = Objects.requireNonNull(rules, "rules");
        retries = new PodRetries(rules.retryNanos(), rules.mostRetryNanos());
    }

    @Override
    public String name() {
        return "pod-by-pod";
    }

    /** The deadlock of this run, if there was one; {@link #isForEver} says whether it lasted. */
    public Optional<Deadlock> deadlock() {
        return deadlock;
    }

    /** Whether a deadlock lasts: without a timeout nobody gives anything back. */
    public boolean isForEver() {
        return rules.timeoutNanos() == 0;
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        int at = waiting.size();
        while (rules.order() == Order.PRIORITY && at > 0 && isBefore(context, job, waiting.get(at - 1))) {
            at--;
        }
        waiting.add(at, job);
    }

    private static boolean isBefore(SchedulingContext context, int job, int other) {
        int byPriority = Integer.compare(priority(context, other), priority(context, job));
        return byPriority < 0 || byPriority == 0 && job < other;
    }

    private static int priority(SchedulingContext context, int job) {
        return context.job(job).traits().priority();
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        runningGpus -= context.gpus(job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        retries.look(context.freeGpus() > freeBefore);
        place(context);
        for (int job = overdue(context); job >= 0; job = overdue(context)) {
            context.release(job);
            heldSince.remove(job);
            backedOffUntil.put(job, context.nowNanos() + nextBackoffNanos(job));
            retries.look(true);
            place(context);
        }
        backedOffUntil.values().removeIf(until -> until <= context.nowNanos());
        detect(context);
        freeBefore = context.freeGpus();
        wakeUpNanos = nextWakeUp(context.nowNanos());
    }

    private long nextBackoffNanos(int job) {
        int before = giveUps.merge(job, 1, Integer::sum) - 1;
        return rules.backoffNanos() << Math.min(before, MOST_DOUBLINGS);
    }

    /** Places pods until no job that is tried gets one more. */
    private void place(SchedulingContext context) {
        if (rules.order() == Order.PRIORITY) {
            int at = 0;
            while (at < waiting.size() && (context.freeGpus() > 0 || rules.retryNanos() > 0)) {
                at += placePod(context, at) ? 0 : 1;
            }
            return;
        }
        int failed = 0;
        while (failed < waiting.size() && context.freeGpus() > 0) {
            turn = turn >= waiting.size() ? 0 : turn;
            int jobs = waiting.size();
            failed = placePod(context, turn) ? 0 : failed + 1;
            turn += waiting.size() == jobs ? 1 : 0;
        }
    }

    /** Places a pod of the job at a place of the row, which leaves the row once it has all; false if it is not tried or finds none. */
    private boolean placePod(SchedulingContext context, int at) {
        int job = waiting.get(at);
        int pod = Math.min(rules.podGpus(), context.gpus(job) - context.heldGpus(job));
        if (backedOffUntil.getOrDefault(job, 0L) > context.nowNanos() || !retries.isDue(job, context.nowNanos())) {
            return false;
        }
        if (!context.hold(job, pod)) {
            retries.failed(job, context.nowNanos());
            return false;
        }
        retries.placed(job);
        if (context.isRunning(job)) {
            waiting.remove(at);
            heldSince.remove(job);
            runningGpus += context.gpus(job);
        } else {
            heldSince.putIfAbsent(job, context.nowNanos());
        }
        return true;
    }

    /** The job that has held a part for longest, and for the timeout; -1 if there is none. */
    private int overdue(SchedulingContext context) {
        int oldest = -1;
        for (int job : waiting) {
            boolean older = heldSince.containsKey(job)
                    && (oldest < 0 || heldSince.get(job) < heldSince.get(oldest))
                    && rules.timeoutNanos() > 0
                    && context.nowNanos() - heldSince.get(job) >= rules.timeoutNanos();
            oldest = older ? job : oldest;
        }
        return oldest;
    }

    private void detect(SchedulingContext context) {
        if (deadlock.isPresent() || heldSince.isEmpty() || rules.timeoutNanos() > 0) {
            return;
        }
        int held = 0;
        for (int job : heldSince.keySet()) {
            if (context.gpus(job) - context.heldGpus(job) <= context.freeGpus() + runningGpus) {
                return;
            }
            held += context.heldGpus(job);
        }
        deadlock = Optional.of(new Deadlock(context.nowNanos(), heldSince.size(), held));
    }

    private long nextWakeUp(long nowNanos) {
        long next = retries.nextNanos(nowNanos);
        for (long until : backedOffUntil.values()) {
            next = Math.min(next, until);
        }
        for (long since : heldSince.values()) {
            next = rules.timeoutNanos() > 0 ? Math.min(next, since + rules.timeoutNanos()) : next;
        }
        return next;
    }

    @Override
    public long wakeUpNanos() {
        return wakeUpNanos;
    }

    @Override
    public WaitReason whyWaits(SchedulingContext context, int job) {
        return context.heldGpus(job) > 0
                ? WaitReason.of(WaitReason.Cause.HOLDS_PART)
                : WaitReason.of(WaitReason.Cause.TOO_FEW_GPUS);
    }
}
