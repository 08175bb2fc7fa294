package trainyard.scheduler.run;

import java.util.Arrays;
import java.util.BitSet;

/** Jobs that a pass of the policy stops to make place; what comes of it is known when the pass is over, since they may start again in it. */
final class PassStops {

    /** Each once, however often it was stopped and started. */
    private int[] jobs = new int[16];

    private int count;
    private final BitSet isThere = new BitSet();
    /** They are written when the pass is over, if their jobs do not go on as if nothing had been. */
    private int unwritten;

    void add(int job) {
        unwritten++;
        if (isThere.get(job)) {
            return;
        }
        isThere.set(job);
        if (count == jobs.length) {
            jobs = Arrays.copyOf(jobs, 2 * count);
        }
        jobs[count++] = job;
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
        // One by one: a set of a million jobs takes longer to clear than a pass.
        for (int i = 0; i < count; i++) {
            isThere.clear(jobs[i]);
            if (!progress.isRunning(jobs[i])) {
                table.countPreemption(jobs[i]);
            }
        }
        count = 0;
    }
}
