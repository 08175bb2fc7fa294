package trainyard.scheduler.makespan;

import java.util.Arrays;
import java.util.PriorityQueue;

/** Rules that give each task in turn to the machine that is free first; of equal ones to the one with the lowest number. */
public enum MachineRule {
    /** As the list has them. Ends within 2 - 1/m of the best (Graham 1966). */
    LIST,
    /** The longest processing time first. Ends within 4/3 - 1/(3m) of the best (Graham 1969). */
    LONGEST_FIRST;

    /** Schedules all tasks. */
    public MachineSchedule schedule(ParallelMachines problem) {
        long[] times = problem.times();
        int[] machineOf = new int[times.length];
        long[] startOf = new long[times.length];
        PriorityQueue<Machine> machines = new PriorityQueue<>();
        for (int machine = 0; machine < problem.machines(); machine++) {
            machines.add(new Machine(0, machine));
        }
        for (int task : order(times)) {
            Machine next = machines.remove();
            machineOf[task] = next.number();
            startOf[task] = next.freeAt();
            machines.add(new Machine(next.freeAt() + times[task], next.number()));
        }
        return new MachineSchedule(machineOf, startOf, times);
    }

    /** What its end is at most, over the best one. */
    public double guarantee(int machines) {
        return switch (this) {
            case LIST -> 2 - 1.0 / machines;
            case LONGEST_FIRST -> 4.0 / 3 - 1.0 / (3 * machines);
        };
    }

    private int[] order(long[] times) {
        Integer[] tasks = new Integer[times.length];
        Arrays.setAll(tasks, task -> task);
        if (this == LONGEST_FIRST) {
            Arrays.sort(tasks, (a, b) -> Long.compare(times[b], times[a]));
        }
        return Arrays.stream(tasks).mapToInt(Integer::intValue).toArray();
    }

    private record Machine(long freeAt, int number) implements Comparable<Machine> {

        @Override
        public int compareTo(Machine other) {
            int byTime = Long.compare(freeAt, other.freeAt);
            return byTime != 0 ? byTime : Integer.compare(number, other.number);
        }
    }
}
