package trainyard.scheduler.run;

import java.util.Arrays;

/** Jobs that a pass of the policy stops to make place; what comes of it is known when the pass is over, since they may start again in it. */
final class PassStops {

    private int[] jobs = new int[16];
    private int count;
    /** They are written when the pass is over, if their jobs do not go on as if nothing had been. */
    private int unwritten;

    void add(int job) {
        if (count == jobs.length) {
            jobs = Arrays.copyOf(jobs, 2 * count);
        }
        jobs[count++] = job;
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
        for (int i = 0; i < count; i++) {
            if (!progress.isRunning(jobs[i])) {
                table.countPreemption(jobs[i]);
            }
        }
        count = 0;
    }
}
