package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.Desk;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.sim.engine.Simulation;

/**
 * Jobs on a cluster under one policy, from the first submission to the last end. At one moment jobs end first, then jobs
 * arrive in the order of the list, then the policy is asked once. Wants of more GPUs than the cluster has are refused before
 * anything runs.
 */
public final class ClusterSimulation implements Desk {

    private static final int END_PRIORITY = -10;
    private static final int ARRIVAL_PRIORITY = 0;
    private static final int PASS_PRIORITY = 10;

    private final Simulation simulation = new Simulation();
    private final JobTable jobs;
    private final FreeGpus free;
    private final Placement placement;
    private final SchedulingPolicy policy;
    private final JobWatcher watcher;
    private final NodeShares chosen = new NodeShares();
    private final long[] endTickets;
    private final int endHandler;
    private final int arrivalHandler;
    private final int passHandler;
    private int arrived;
    /** Jobs stopped in the present pass. */
    private int[] stopped = new int[16];

    private int stoppedCount;
    private long passTicket = Simulation.NO_TICKET;

    private ClusterSimulation(
            List<ClusterJob> list,
            FreeGpus cluster,
            Placement placement,
            SchedulingPolicy policy,
            JobWatcher watcher) {
        this.jobs = new JobTable(SubmissionOrder.of(list));
        this.free = cluster;
        this.placement = Objects.requireNonNull(placement, "placement");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.watcher = Objects.requireNonNull(watcher, "watcher");
        endTickets = new long[list.size()];
        endHandler = simulation.register(this::end);
        arrivalHandler = simulation.register(this::arrive);
        passHandler = simulation.register((now, argument) -> pass());
    }

    /**
     * Plays a list of jobs.
     *
     * @param list jobs in any order; those submitted at one moment arrive in the order of the list; outcomes come in
     *     the order of arrival
     * @param cluster all of it free; used up by the run
     * @param policy made for this run
     * @throws IllegalArgumentException if a job wants more GPUs than there are, or a placement never fits it
     */
    public static ClusterOutcome run(
            List<ClusterJob> list, FreeGpus cluster, Placement placement, SchedulingPolicy policy) {
        return run(list, cluster, placement, policy, JobWatcher.NONE);
    }

    /**
     * Plays a list of jobs.
     *
     * @param watcher told what happens
     * @throws IllegalArgumentException if a job wants more GPUs than there are, or a placement never fits it
     */
    public static ClusterOutcome run(
            List<ClusterJob> list,
            FreeGpus cluster,
            Placement placement,
            SchedulingPolicy policy,
            JobWatcher watcher) {
        return new ClusterSimulation(list, cluster, placement, policy, watcher).run();
    }

    private ClusterOutcome run() {
        refuseImpossible();
        scheduleNextArrival();
        simulation.run();
        watcher.over(simulation.now());
        List<JobOutcome> outcomes = new ArrayList<>(jobs.count());
        for (int job = 0; job < jobs.count(); job++) {
            outcomes.add(jobs.outcome(job));
        }
        return new ClusterOutcome(outcomes, free.total(), simulation.now(), simulation.executedCount());
    }

    private void refuseImpossible() {
        for (int job = 0; job < jobs.count(); job++) {
            if (!placement.choose(free, jobs.job(job), jobs.gpus(job), chosen)) {
                throw new IllegalArgumentException("job " + jobs.job(job).id() + " wants " + jobs.gpus(job)
                        + " GPUs, which the cluster of " + free.total() + " can never give it");
            }
        }
    }

    private void scheduleNextArrival() {
        if (arrived < jobs.count()) {
            simulation.schedule(jobs.job(arrived).submitNanos(), ARRIVAL_PRIORITY, arrivalHandler, arrived);
        }
    }

    private void arrive(long nowNanos, int job) {
        arrived++;
        watcher.queued(nowNanos, job);
        policy.arrived(this, job);
        scheduleNextArrival();
        passNow();
    }

    private void end(long nowNanos, int job) {
        endTickets[job] = Simulation.NO_TICKET;
        jobs.stop(job, nowNanos, free);
        watcher.stopped(nowNanos, job);
        jobs.ended(job, nowNanos);
        policy.ended(this, job);
        passNow();
    }

    private void passNow() {
        passAt(simulation.now());
    }

    private void passAt(long nanos) {
        if (!simulation.isPending(passTicket)) {
            passTicket = simulation.schedule(nanos, PASS_PRIORITY, passHandler, 0);
        } else if (simulation.timeOf(passTicket) > nanos) {
            simulation.reschedule(passTicket, nanos);
        }
    }

    private void pass() {
        policy.schedule(this);
        for (int i = 0; i < stoppedCount; i++) {
            jobs.countPreemption(stopped[i]);
        }
        stoppedCount = 0;
        long wakeUp = policy.wakeUpNanos();
        if (wakeUp < Long.MAX_VALUE) {
            passAt(Math.max(wakeUp, simulation.now() + 1));
        }
    }

    @Override
    public long nowNanos() {
        return simulation.now();
    }

    @Override
    public int totalGpus() {
        return free.total();
    }

    @Override
    public int freeGpus() {
        return free.free();
    }

    @Override
    public ClusterJob job(int job) {
        return jobs.job(job);
    }

    @Override
    public int gpus(int job) {
        return jobs.gpus(job);
    }

    @Override
    public long submitNanos(int job) {
        return jobs.job(job).submitNanos();
    }

    @Override
    public long remainingNanos(int job) {
        return jobs.remainingNanos(job, simulation.now());
    }

    @Override
    public long attainedNanos(int job) {
        return jobs.attainedNanos(job, simulation.now());
    }

    @Override
    public long statedRemainingNanos(int job) {
        return Math.max(1, jobs.job(job).limitNanos() - attainedNanos(job));
    }

    @Override
    public boolean isRunning(int job) {
        return jobs.isRunning(job);
    }

    @Override
    public boolean start(int job) {
        if (jobs.isRunning(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " runs already");
        }
        if (free.free() < jobs.gpus(job) || !placement.choose(free, jobs.job(job), jobs.gpus(job), chosen)) {
            return false;
        }
        if (jobs.held(job) > 0) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " holds GPUs already");
        }
        chosen.take(free);
        jobs.start(job, simulation.now(), chosen);
        watcher.started(simulation.now(), job, chosen);
        scheduleEnd(job);
        return true;
    }

    private void scheduleEnd(int job) {
        endTickets[job] = simulation.schedule(
                simulation.now() + jobs.remainingNanos(job, simulation.now()), END_PRIORITY, endHandler, job);
    }

    @Override
    public boolean fits(int job) {
        return placement.choose(free, jobs.job(job), jobs.gpus(job), chosen);
    }

    @Override
    public boolean fitsWithout(int job, int[] victims, int count) {
        for (int i = 0; i < count; i++) {
            jobs.give(victims[i], free);
        }
        boolean fits = fits(job);
        for (int i = 0; i < count; i++) {
            jobs.take(victims[i], free);
        }
        return fits;
    }

    @Override
    public boolean hold(int job, int gpus) {
        if (jobs.isRunning(job) || jobs.held(job) + gpus > jobs.gpus(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " lacks less than " + gpus + " GPUs");
        }
        if (!placement.choose(free, jobs.job(job), gpus, chosen)) {
            return false;
        }
        chosen.take(free);
        jobs.hold(job, chosen);
        if (jobs.held(job) == jobs.gpus(job)) {
            jobs.startOnHeld(job, simulation.now());
            jobs.copyShares(job, chosen);
            watcher.started(simulation.now(), job, chosen);
            scheduleEnd(job);
        }
        return true;
    }

    @Override
    public int heldGpus(int job) {
        return jobs.held(job);
    }

    @Override
    public void release(int job) {
        jobs.release(job, free);
    }

    @Override
    public void setBack(int job, long nanos) {
        jobs.setBack(job, nanos);
        simulation.reschedule(endTickets[job], simulation.timeOf(endTickets[job]) + nanos);
    }

    @Override
    public void preempt(int job) {
        if (!jobs.isRunning(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " does not run");
        }
        simulation.cancel(endTickets[job]);
        endTickets[job] = Simulation.NO_TICKET;
        jobs.stop(job, simulation.now(), free);
        watcher.stopped(simulation.now(), job);
        watcher.queued(simulation.now(), job);
        if (stoppedCount == stopped.length) {
            stopped = Arrays.copyOf(stopped, 2 * stoppedCount);
        }
        stopped[stoppedCount++] = job;
    }
}
