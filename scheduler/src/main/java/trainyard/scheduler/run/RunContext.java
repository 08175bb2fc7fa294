package trainyard.scheduler.run;

import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.sim.engine.Simulation;

/** What the policy of a run sees and does; refuses what would make no sense. */
final class RunContext implements SchedulingContext {

    private final Simulation simulation;
    private final JobTable jobs;
    private final JobProgress progress;
    private final GpuAllocation gpus;
    private final RunningJobs running;
    /** Jobs that run as if they did not. */
    private int lent;

    RunContext(Simulation simulation, JobTable jobs, JobProgress progress, GpuAllocation gpus, RunningJobs running) {
        this.simulation = simulation;
        this.jobs = jobs;
        this.progress = progress;
        this.gpus = gpus;
        this.running = running;
    }

    @Override
    public long nowNanos() {
        return simulation.now();
    }

    @Override
    public int totalGpus() {
        return gpus.free().total();
    }

    @Override
    public int partsPerGpu() {
        return gpus.free().partsPerGpu();
    }

    @Override
    public int freeGpus() {
        return gpus.free().free();
    }

    @Override
    public int nodes() {
        return gpus.free().nodes();
    }

    @Override
    public int largestNode() {
        return gpus.free().largestNode();
    }

    @Override
    public int freeGpus(int node) {
        return isUp(node) ? gpus.free().free(node) : 0;
    }

    @Override
    public boolean isUp(int node) {
        return gpus.free().status(node) == NodeStatus.UP;
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
    public int kind(int job) {
        return jobs.kind(job);
    }

    @Override
    public long submitNanos(int job) {
        return jobs.job(job).submitNanos();
    }

    @Override
    public long remainingNanos(int job) {
        return progress.isRunning(job) ? progress.remainingNanos(job, simulation.now()) : running.nanosFromStart(job);
    }

    @Override
    public long stopNanos(int job) {
        return running.stopNanos(job);
    }

    @Override
    public long attainedNanos(int job) {
        return kept(job) + progress.lostWork(job);
    }

    private long kept(int job) {
        return jobs.job(job).runNanos() - progress.workLeft(job, simulation.now());
    }

    @Override
    public long untilAttainedNanos(int job, long moreNanos) {
        return progress.untilWorkedNanos(job, moreNanos, simulation.now());
    }

    @Override
    public long statedRemainingNanos(int job) {
        return Math.max(1, jobs.job(job).limitNanos() - kept(job));
    }

    @Override
    public long workLeftNanos(int job) {
        return progress.workLeft(job, simulation.now());
    }

    @Override
    public boolean isRunning(int job) {
        return progress.isRunning(job);
    }

    @Override
    public int host(int job) {
        return running.turns().host(job);
    }

    @Override
    public void startBeside(int job, int other) {
        requireNoneLent();
        if (progress.isRunning(job)
                || !progress.isRunning(other)
                || jobs.held(job) > 0
                || !running.canJoin(job, other)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " cannot share GPUs with job "
                    + jobs.job(other).id());
        }
        running.join(job, other);
    }

    @Override
    public boolean start(int job) {
        return startOn(job, "");
    }

    @Override
    public boolean startOn(int job, String gpuType) {
        requireNoneLent();
        if (progress.isRunning(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " runs already");
        }
        if (!gpus.finds(job, jobs.gpus(job), gpuType)) {
            return false;
        }
        if (jobs.held(job) > 0) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " holds GPUs already");
        }
        running.start(job);
        return true;
    }

    @Override
    public boolean start(int job, int count) {
        requireSize(job, count);
        int before = jobs.gpus(job);
        running.resizeWaiting(job, count);
        if (start(job)) {
            return true;
        }
        running.resizeWaiting(job, before);
        return false;
    }

    @Override
    public void startAt(int job, NodeShares shares) {
        requireNoneLent();
        requireSize(job, shares.total());
        if (progress.isRunning(job) || jobs.held(job) > 0) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " has GPUs already");
        }
        running.resizeWaiting(job, shares.total());
        gpus.choose(shares);
        running.start(job);
    }

    private void requireSize(int job, int count) {
        ClusterJob submitted = jobs.job(job);
        int least = submitted.traits().size().least(submitted.gpus());
        int most = submitted.traits().size().most(submitted.gpus());
        if (count < least || count > most) {
            throw new IllegalArgumentException("job " + submitted.id() + " cannot use " + count + " GPUs");
        }
    }

    @Override
    public boolean resize(int job, int count) {
        requireSize(job, count);
        if (!progress.isRunning(job) || jobs.job(job).traits().size().kind() != JobSize.Kind.ELASTIC) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " cannot be resized");
        }
        if (!gpus.fitsAnew(job, count)) {
            return false;
        }
        preempt(job);
        return start(job, count);
    }

    @Override
    public boolean anyGpusDo() {
        return gpus.anyDo();
    }

    @Override
    public boolean fits(int job) {
        return gpus.fits(job);
    }

    @Override
    public void lend(int job) {
        gpus.lend(job);
        lent++;
    }

    @Override
    public void takeBack(int job) {
        gpus.takeBack(job);
        lent--;
    }

    private void requireNoneLent() {
        if (lent > 0) {
            throw new IllegalStateException("the GPUs of " + lent + " jobs that run are only lent");
        }
    }

    @Override
    public boolean hold(int job, int count) {
        requireNoneLent();
        if (progress.isRunning(job) || jobs.held(job) + count > jobs.gpus(job)) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " lacks less than " + count + " GPUs");
        }
        if (!gpus.finds(job, count)) {
            return false;
        }
        gpus.hold(job, count);
        if (jobs.held(job) == jobs.gpus(job)) {
            running.startOnHeld(job);
        }
        return true;
    }

    @Override
    public int heldGpus(int job) {
        return jobs.held(job);
    }

    @Override
    public void release(int job) {
        gpus.release(job);
    }

    @Override
    public void setBack(int job, long nanos) {
        running.setBack(job, nanos);
    }

    @Override
    public void preempt(int job) {
        requireNoneLent();
        if (!jobs.job(job).traits().preemptible()) {
            throw new IllegalStateException("job " + jobs.job(job).id() + " is not preemptible");
        }
        running.preempt(job);
    }

    @Override
    public void preemptFor(int job, int beneficiary) {
        preempt(job);
        running.displaced(job, beneficiary);
    }
}
