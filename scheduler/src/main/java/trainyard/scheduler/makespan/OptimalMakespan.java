package trainyard.scheduler.makespan;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The earliest end, by depth-first search over the tasks from the longest on: each goes to one of the machines, of those with
 * equal loads only to the first. A branch is cut when a load reaches the best end known. The search gives up after a number of
 * steps.
 */
public final class OptimalMakespan {

    /** Most tasks that are searched; each is a level of the search. */
    private static final int MOST_TASKS = 1000;

    private final long[] times;
    private final long[] loads;
    private final long bound;
    private long stepsLeft;
    private long best;

    private OptimalMakespan(ParallelMachines problem, long steps) {
        times = problem.times().clone();
        Arrays.sort(times);
        loads = new long[problem.machines()];
        bound = problem.atLeast();
        best = MachineRule.LONGEST_FIRST.schedule(problem).makespan();
        stepsLeft = steps;
    }

    /**
     * The earliest time at which all tasks can be done.
     *
     * @param steps places that are tried before the search gives up, at least 1
     * @return the time; empty where it could not be proved within these steps, or more than 1000 tasks would have to be searched
     */
    public static OptionalLong end(ParallelMachines problem, long steps) {
        OptimalMakespan search = new OptimalMakespan(problem, steps);
        boolean searched = search.times.length <= MOST_TASKS && search.best > search.bound;
        if (searched) {
            search.place(search.times.length - 1, 0);
        }
        return search.best == search.bound || (searched && search.stepsLeft > 0)
                ? OptionalLong.of(search.best)
                : OptionalLong.empty();
    }

    /** Places a task and all shorter ones. */
    private void place(int task, long end) {
        if (task < 0) {
            best = Math.min(best, end);
            return;
        }
        for (int machine = 0; machine < loads.length && best > bound && stepsLeft > 0; machine++) {
            long load = loads[machine] + times[task];
            if (load < best && isFirstOfItsLoad(machine)) {
                stepsLeft--;
                loads[machine] = load;
                place(task - 1, Math.max(end, load));
                loads[machine] = load - times[task];
            }
        }
    }

    private boolean isFirstOfItsLoad(int machine) {
        for (int other = 0; other < machine; other++) {
            if (loads[other] == loads[machine]) {
                return false;
            }
        }
        return true;
    }
}
