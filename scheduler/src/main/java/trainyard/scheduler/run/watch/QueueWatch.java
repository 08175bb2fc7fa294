package trainyard.scheduler.run.watch;

import trainyard.scheduler.cluster.NodeShares;

/** How many jobs wait and run, integrated over the time of a run. */
public final class QueueWatch implements JobWatcher {

    private long lastNanos;
    private int waiting;
    private int running;
    private int longest;
    private double waitingSum;
    private double runningSum;

    private void pass(long nowNanos) {
        if (nowNanos > lastNanos) {
            longest = Math.max(longest, waiting);
        }
        double passed = nowNanos - lastNanos;
        waitingSum += passed * waiting;
        runningSum += passed * running;
        lastNanos = nowNanos;
    }

    @Override
    public void queued(long nowNanos, int job) {
        pass(nowNanos);
        waiting++;
    }

    @Override
    public void started(long nowNanos, int job, NodeShares shares) {
        runs(nowNanos);
    }

    @Override
    public void joined(long nowNanos, int job) {
        runs(nowNanos);
    }

    private void runs(long nowNanos) {
        pass(nowNanos);
        waiting--;
        running++;
    }

    @Override
    public void stopped(long nowNanos, int job) {
        pass(nowNanos);
        running--;
    }

    @Override
    public void over(long nowNanos) {
        pass(nowNanos);
    }

    /** Mean number of jobs that wait, from 0 to the end of the run; 0 for a run without duration. */
    public double meanWaiting() {
        return lastNanos == 0 ? 0 : waitingSum / lastNanos;
    }

    /** Mean number of jobs that run. */
    public double meanRunning() {
        return lastNanos == 0 ? 0 : runningSum / lastNanos;
    }

    /** Most jobs that waited for some time together. */
    public int mostWaiting() {
        return longest;
    }
}
