package trainyard.scenario.workload.cluster;

import java.util.List;
import java.util.stream.IntStream;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.run.watch.QueueWatch;
import trainyard.sim.engine.SimTime;

/** Queue lengths, the GPU time that the jobs of each group hold, and the most GPUs at the same time. */
final class GroupWatch implements JobWatcher {

    private final QueueWatch queue = new QueueWatch();
    private final int[][] groupsOf;
    private final double[] held;
    private final double[] most;
    private final double[] gpuNanos;
    private final List<ClusterJob> jobs;
    /** Of each job that runs; of GPUs that it shares its part. */
    private final double[] gpus;

    private final int partsPerGpu;

    private long nowNanos;

    /**
     * @param jobs in the order of arrival
     * @param partsPerGpu in how many parts the run counts GPUs
     */
    GroupWatch(List<ClusterJob> jobs, List<JobGroup> groups, int partsPerGpu) {
        this.jobs = jobs;
        this.partsPerGpu = partsPerGpu;
        gpus = new double[jobs.size()];
        held = new double[groups.size()];
        most = new double[groups.size()];
        gpuNanos = new double[groups.size()];
        groupsOf = new int[jobs.size()][];
        for (int job = 0; job < jobs.size(); job++) {
            ClusterJob one = jobs.get(job);
            groupsOf[job] = IntStream.range(0, groups.size())
                    .filter(group -> groups.get(group).members().test(one))
                    .toArray();
        }
    }

    QueueWatch queue() {
        return queue;
    }

    /** What is held when a moment is over counts. */
    private void pass(long now) {
        if (now > nowNanos) {
            keepMost();
            double passed = now - nowNanos;
            for (int group = 0; group < held.length; group++) {
                gpuNanos[group] += passed * held[group];
            }
            nowNanos = now;
        }
    }

    private void keepMost() {
        for (int group = 0; group < held.length; group++) {
            most[group] = Math.max(most[group], held[group]);
        }
    }

    /** GPU time that a group held: starts, saves and work done in vain included. */
    double gpuSeconds(int group) {
        return gpuNanos[group] / partsPerGpu / SimTime.NANOS_PER_SECOND;
    }

    /** Most GPUs that a group held at the same time. */
    double most(int group) {
        return most[group] / partsPerGpu;
    }

    @Override
    public void queued(long now, int job) {
        queue.queued(now, job);
    }

    @Override
    public void started(long now, int job, NodeShares shares) {
        pass(now);
        queue.started(now, job, shares);
        int count = 0;
        for (int i = 0; i < shares.count(); i++) {
            count += shares.gpus(i);
        }
        hold(job, count);
    }

    @Override
    public void joined(long now, int job) {
        pass(now);
        queue.joined(now, job);
    }

    @Override
    public void turns(long now, int job, int turn, int of) {
        pass(now);
        hold(job, (double) jobs.get(job).parts(partsPerGpu) / of);
    }

    private void hold(int job, double count) {
        for (int group : groupsOf[job]) {
            held[group] += count - gpus[job];
        }
        gpus[job] = count;
    }

    @Override
    public void stopped(long now, int job) {
        pass(now);
        queue.stopped(now, job);
        hold(job, 0);
    }

    @Override
    public void over(long now) {
        pass(now);
        keepMost();
        queue.over(now);
    }
}
