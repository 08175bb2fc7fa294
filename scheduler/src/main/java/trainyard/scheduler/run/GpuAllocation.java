package trainyard.scheduler.run;

import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.cluster.NodeStatus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Placement;

/** Which job has which GPUs: finds them, hands them out and takes them back, and tells the placement and the nodes of it. */
final class GpuAllocation {

    private final JobTable jobs;
    private final FreeGpus free;
    private final Placement placement;
    private final NodeTenants tenants;
    private final boolean knowsTenants;
    /** What was found last, or what a job has that somebody is told of. */
    private final NodeShares chosen = new NodeShares();

    private final NodeShares lent = new NodeShares();
    /** GPUs that jobs hold which do not run. */
    private int heldGpus;
    /** Free GPUs that the widest job wants which found no place although there are as many; and that job. */
    private int fragmentedGpus;

    private int fragmentedJob;

    /**
     * @param knowsTenants whether anybody has to know which jobs run on a node
     */
    GpuAllocation(JobTable jobs, FreeGpus free, Placement placement, NodeTenants tenants, boolean knowsTenants) {
        this.jobs = jobs;
        this.free = free;
        this.placement = placement;
        this.tenants = tenants;
        this.knowsTenants = knowsTenants;
    }

    /**
     * @throws IllegalArgumentException if the placement never fits a job
     */
    void refuseImpossible() {
        for (int job = 0; job < jobs.count(); job++) {
            if (!fits(job)) {
                throw new IllegalArgumentException("job " + jobs.job(job).id() + " wants "
                        + jobs.job(job).gpus() + " GPUs, which the cluster of " + free.total() / free.partsPerGpu()
                        + " can never give it");
            }
        }
    }

    FreeGpus free() {
        return free;
    }

    int heldGpus() {
        return heldGpus;
    }

    int fragmentedGpus() {
        return fragmentedGpus;
    }

    int fragmentedJob() {
        return fragmentedJob;
    }

    /** Nobody has looked in vain any more. */
    void forgetFragments() {
        fragmentedGpus = 0;
    }

    /** Whether enough free GPUs anywhere are enough. */
    boolean anyDo() {
        return placement.ignoresNodes();
    }

    boolean fits(int job) {
        return fits(job, jobs.gpus(job));
    }

    private boolean fits(int job, int gpus) {
        return placement.choose(free, jobs.job(job), gpus, chosen);
    }

    /** Whether a job that runs would fit with another number of GPUs if it gave its own back. */
    boolean fitsAnew(int job, int gpus) {
        lend(job);
        boolean fits = fits(job, gpus);
        takeBack(job);
        return fits;
    }

    /** Looks as if a job that runs had nothing. */
    void lend(int job) {
        jobs.give(job, free);
        if (placement.keepsBooks()) {
            jobs.copyShares(job, lent);
            placement.given(jobs.job(job), lent);
        }
    }

    /** It has them again. */
    void takeBack(int job) {
        jobs.take(job, free);
        if (placement.keepsBooks()) {
            jobs.copyShares(job, lent);
            placement.taken(jobs.job(job), lent);
        }
    }

    /** Looks for GPUs that a job wants now, and remembers it if they are free but of no use. */
    boolean finds(int job, int gpus) {
        return finds(job, gpus, "");
    }

    /** The same on one type of GPU; empty for any that it can use. */
    boolean finds(int job, int gpus, String gpuType) {
        if (free.free() < gpus) {
            return false;
        }
        if (gpuType.isEmpty()
                ? fits(job, gpus)
                : placement.choose(free, onType(jobs.job(job), gpuType), gpus, chosen)) {
            return true;
        }
        if (gpus > fragmentedGpus) {
            fragmentedGpus = gpus;
            fragmentedJob = job;
        }
        return false;
    }

    private static ClusterJob onType(ClusterJob job, String gpuType) {
        return job.with(job.traits().withGpuType(gpuType));
    }

    /** A job is to have its GPUs on one node. */
    void choose(int job, int node) {
        chosen.clear();
        chosen.add(node, jobs.gpus(job));
    }

    /**
     * A job is to have GPUs that somebody else chose.
     *
     * @throws IllegalArgumentException if they are not free on nodes that are up
     */
    void choose(NodeShares shares) {
        for (int i = 0; i < shares.count(); i++) {
            int node = shares.node(i);
            if (free.status(node) != NodeStatus.UP || free.free(node) < shares.gpus(i)) {
                throw new IllegalArgumentException(shares.gpus(i) + " GPUs are not free on node " + node);
            }
        }
        chosen.clear();
        chosen.addAll(shares);
    }

    /** A job gets what was found for it. */
    void take(int job, long nowNanos) {
        chosen.take(free);
        jobs.place(job, nowNanos, chosen);
    }

    /** A job gets the GPUs of another one that keeps them, too. */
    void share(int job, int other, long nowNanos) {
        jobs.copyShares(other, chosen);
        jobs.place(job, nowNanos, chosen);
        if (knowsTenants) {
            tenants.add(chosen, job);
        }
    }

    /** A job leaves GPUs that others still share. */
    void left(int job, long nowNanos) {
        if (knowsTenants) {
            jobs.copyShares(job, chosen);
            tenants.remove(chosen, job, nowNanos);
        }
    }

    /** A job that waits gets a part, which was found for it. */
    void hold(int job, int gpus) {
        chosen.take(free);
        jobs.hold(job, chosen);
        heldGpus += gpus;
    }

    /** A job that holds all its GPUs runs on them. */
    void takeHeld(int job, long nowNanos) {
        heldGpus -= jobs.gpus(job);
        jobs.startOnHeld(job, nowNanos);
        jobs.copyShares(job, chosen);
    }

    /** A job that waits gives back what it holds. */
    void release(int job) {
        heldGpus -= jobs.held(job);
        jobs.release(job, free);
    }

    /** What a job has just got; good until the next call. */
    NodeShares got() {
        return chosen;
    }

    /** What a job that runs has; good until the next call. */
    NodeShares of(int job) {
        jobs.copyShares(job, chosen);
        return chosen;
    }

    /** The same, to keep. */
    NodeShares copyOf(int job) {
        NodeShares copy = new NodeShares();
        jobs.copyShares(job, copy);
        return copy;
    }

    /** A job runs on what it has just got. */
    void started(int job) {
        if (placement.keepsBooks()) {
            placement.taken(jobs.job(job), chosen);
        }
        if (knowsTenants) {
            tenants.add(chosen, job);
        }
    }

    /** A job gives all its GPUs back. */
    void stopped(int job, long nowNanos) {
        jobs.give(job, free);
        if (placement.keepsBooks() || knowsTenants) {
            jobs.copyShares(job, chosen);
        }
        if (placement.keepsBooks()) {
            placement.given(jobs.job(job), chosen);
        }
        if (knowsTenants) {
            tenants.remove(chosen, job, nowNanos);
        }
    }
}
