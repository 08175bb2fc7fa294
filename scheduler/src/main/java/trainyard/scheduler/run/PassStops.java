package trainyard.scheduler.run;

import java.util.BitSet;

/** Jobs that a pass of the policy stops to make place; what comes of it is known when the pass is over, since they may start again in it. */
final class PassStops {

    /** Each once, however often it was stopped and started. */
    private final BitSet jobs = new BitSet();
    /** They are written when the pass is over, if their jobs do not go on as if nothing had been. */
    private int unwritten;

    void add(int job) {
        jobs.set(job);
        unwritten++;
    }

    /** One of them has its GPUs again, as if nothing had been. */
    void wentOn() {
        unwritten--;
    }

    /** The pass is over: stops are written down, and who does not run again has made place. */
    void close(JobTable table, JobProgress progress, ControlBooks control, long nowNanos) {
        for (; unwritten > 0; unwritten--) {
            control.write(nowNanos);
        }
        for (int job = jobs.nextSetBit(0); job >= 0; job = jobs.nextSetBit(job + 1)) {
            if (!progress.isRunning(job)) {
                table.countPreemption(job);
            }
        }
        jobs.clear();
    }
}
