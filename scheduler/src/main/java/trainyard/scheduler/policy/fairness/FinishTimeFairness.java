package trainyard.scheduler.policy.fairness;

import trainyard.scheduler.policy.FittingVictims;
import trainyard.scheduler.policy.JobRow;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;

/**
 * Finish-time fairness (Mahajan et al., Themis, NSDI 2020) without its auction: the job whose ratio {@code rho = T_shared / T_isolated} is
 * largest comes first. {@code T_shared} is the time since submission and the stated time left; {@code T_isolated} is the stated
 * time on a share of {@code GPUs / jobs present}: longer in proportion where the job wants more than that share.
 *
 * <p>At the end of each lease, while anything waits, all GPUs are handed out anew in that order; one that does not fit is passed
 * over, and only those are stopped without which the placement fits one that is to run. Between, what becomes free goes to those who wait, in the order of the last lease, new jobs behind it. Of equal jobs the first that came.
 * Jobs that are not preemptible keep their GPUs.
 */
public final class FinishTimeFairness implements SchedulingPolicy {

    private static final double GRAIN = 1e6;

    private final long leaseNanos;
    /** All jobs present in the order of the last lease. */
    private final JobRow present = new JobRow();
    /** In the present pass, jobs that are to run, and others that run. */
    private final JobRow chosen = new JobRow();

    private final JobRow others = new JobRow();
    private final FittingVictims victims = new FittingVictims();

    private long leaseEndNanos;
    private int waiting;
    private long lastNanos;

    /**
     * @param leaseNanos at least 1
     */
    public FinishTimeFairness(long leaseNanos) {
        if (leaseNanos < 1) {
            throw new IllegalArgumentException("a lease is at least 1 ns, got " + leaseNanos);
        }
        this.leaseNanos = leaseNanos;
    }

    @Override
    public String name() {
        return "finish-time-fairness";
    }

    @Override
    public void arrived(SchedulingContext context, int job) {
        present.add(0, job);
        waiting++;
    }

    @Override
    public void ended(SchedulingContext context, int job) {
        present.remove(job);
    }

    @Override
    public void schedule(SchedulingContext context) {
        lastNanos = context.nowNanos();
        if (waiting > 0 && context.nowNanos() >= leaseEndNanos) {
            rank(context);
            makeRoom(context);
            leaseEndNanos = context.nowNanos() + leaseNanos;
        }
        for (int i = 0; i < present.count() && waiting > 0 && context.freeGpus() > 0; i++) {
            int job = present.job(i);
            if (!context.isRunning(job) && context.gpus(job) <= context.freeGpus() && context.start(job)) {
                waiting--;
            }
        }
    }

    private void rank(SchedulingContext context) {
        double share = (double) context.totalGpus() / present.count();
        for (int i = 0; i < present.count(); i++) {
            int job = present.job(i);
            double stated = context.job(job).limitNanos();
            double shared = context.nowNanos() - context.submitNanos(job) + context.statedRemainingNanos(job);
            double isolated = stated * Math.max(1, context.gpus(job) / share);
            present.setKey(i, -Math.round(GRAIN * shared / isolated));
        }
        present.sort();
    }

    private static boolean isFixed(SchedulingContext context, int job) {
        return context.isRunning(job) && !context.job(job).traits().preemptible();
    }

    /**
     * Starts those that are among the first that fit together by number beside those that may not be stopped, each on what is free or on what
     * others have that are not among them.
     */
    private void makeRoom(SchedulingContext context) {
        choose(context);
        for (int i = 0; i < chosen.count(); i++) {
            int job = chosen.job(i);
            if (!context.isRunning(job) && (startNow(context, job) || stopOthers(context, job) && context.start(job))) {
                waiting--;
            }
        }
    }

    private void choose(SchedulingContext context) {
        chosen.clear();
        others.clear();
        int left = context.totalGpus();
        for (int i = 0; i < present.count(); i++) {
            left -= isFixed(context, present.job(i)) ? context.gpus(present.job(i)) : 0;
        }
        for (int i = 0; i < present.count(); i++) {
            int job = present.job(i);
            if (!isFixed(context, job) && context.gpus(job) <= left) {
                left -= context.gpus(job);
                chosen.add(i, job);
            } else if (!isFixed(context, job) && context.isRunning(job)) {
                others.add(i, job);
            }
        }
    }

    private static boolean startNow(SchedulingContext context, int job) {
        return context.gpus(job) <= context.freeGpus() && context.start(job);
    }

    /** Stops others without which a job fits, the last first; nobody if it does not fit without all of them. */
    private boolean stopOthers(SchedulingContext context, int job) {
        victims.clear();
        for (int i = others.count() - 1; i >= 0; i--) {
            victims.add(others.job(i));
        }
        if (!victims.find(context, job)) {
            return false;
        }
        for (int i = 0; i < victims.count(); i++) {
            others.remove(victims.job(i));
            context.preemptFor(victims.job(i), job);
            waiting++;
        }
        return true;
    }

    @Override
    public long wakeUpNanos() {
        return waiting > 0 && leaseEndNanos > lastNanos ? leaseEndNanos : Long.MAX_VALUE;
    }
}
