package trainyard.scheduler.makespan;

/**
 * Which machine does which task when.
 *
 * @param machineOf machine of each task, from 0
 * @param startOf its start
 * @param times its time
 */
public record MachineSchedule(int[] machineOf, long[] startOf, long[] times) {

    public MachineSchedule {
        machineOf = machineOf.clone();
        startOf = startOf.clone();
        times = times.clone();
    }

    /** When the last task ends. */
    public long makespan() {
        long last = 0;
        for (int task = 0; task < times.length; task++) {
            last = Math.max(last, startOf[task] + times[task]);
        }
        return last;
    }
}
