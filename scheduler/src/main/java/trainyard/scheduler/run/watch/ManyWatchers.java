package trainyard.scheduler.run.watch;

import java.util.List;
import trainyard.scheduler.cluster.NodeShares;

/** Tells several watchers the same. */
record ManyWatchers(List<JobWatcher> watchers) implements JobWatcher {

    @Override
    public void queued(long nowNanos, int job) {
        watchers.forEach(watcher -> watcher.queued(nowNanos, job));
    }

    @Override
    public void started(long nowNanos, int job, NodeShares shares) {
        watchers.forEach(watcher -> watcher.started(nowNanos, job, shares));
    }

    @Override
    public void joined(long nowNanos, int job) {
        watchers.forEach(watcher -> watcher.joined(nowNanos, job));
    }

    @Override
    public void inherited(long nowNanos, int job, NodeShares shares) {
        watchers.forEach(watcher -> watcher.inherited(nowNanos, job, shares));
    }

    @Override
    public void turns(long nowNanos, int job, int turn, int of) {
        watchers.forEach(watcher -> watcher.turns(nowNanos, job, turn, of));
    }

    @Override
    public void stopped(long nowNanos, int job) {
        watchers.forEach(watcher -> watcher.stopped(nowNanos, job));
    }

    @Override
    public void displaced(long nowNanos, int job, int beneficiary) {
        watchers.forEach(watcher -> watcher.displaced(nowNanos, job, beneficiary));
    }

    @Override
    public void provisioned(long nowNanos, int gpus) {
        watchers.forEach(watcher -> watcher.provisioned(nowNanos, gpus));
    }

    @Override
    public void returned(long nowNanos, int node) {
        watchers.forEach(watcher -> watcher.returned(nowNanos, node));
    }

    @Override
    public void scattered(long nowNanos, int gpus) {
        watchers.forEach(watcher -> watcher.scattered(nowNanos, gpus));
    }

    @Override
    public boolean looksAtUnusable() {
        return watchers.stream().anyMatch(JobWatcher::looksAtUnusable);
    }

    @Override
    public void unusable(long nowNanos, double gpus) {
        watchers.forEach(watcher -> watcher.unusable(nowNanos, gpus));
    }

    @Override
    public void over(long nowNanos) {
        watchers.forEach(watcher -> watcher.over(nowNanos));
    }
}
