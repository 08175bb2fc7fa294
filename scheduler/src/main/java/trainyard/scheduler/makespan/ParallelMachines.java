package trainyard.scheduler.makespan;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Tasks for machines that are all alike, none of which may be split: P||Cmax of Graham, Lawler, Lenstra and Rinnooy Kan, "Optimization
 * and approximation in deterministic sequencing and scheduling", Annals of Discrete Mathematics 5 (1979). To end as early as possible is
 * NP-hard from two machines on.
 *
 * @param machines how many, at least 1
 * @param times time of each task in the order of the list, each at least 1
 */
public record ParallelMachines(int machines, long[] times) {

    public ParallelMachines {
        times = times.clone();
        if (machines < 1 || Arrays.stream(times).anyMatch(time -> time < 1)) {
            throw new IllegalArgumentException("at least one machine and times of at least 1 are needed");
        }
    }

    /**
     * The list on which list scheduling is worst: m (m - 1) tasks of 1, and then one of m. It ends at 2m - 1, the best at m, so
     * the ratio is 2 - 1/m (Graham, "Bounds for certain multiprocessing anomalies", Bell System Technical Journal 45, 1966).
     *
     * @param unit time of a short task, at least 1
     */
    public static ParallelMachines worstForList(int machines, long unit) {
        LongStream small = LongStream.generate(() -> unit).limit((long) machines * (machines - 1));
        return new ParallelMachines(
                machines,
                LongStream.concat(small, LongStream.of(machines * unit)).toArray());
    }

    /**
     * The tasks on which the longest first is worst: two each of 2m - 1, 2m - 2, ... m + 1, and three of m. It ends at 4m - 1, the
     * best at 3m, so the ratio is 4/3 - 1/(3m) (Graham, "Bounds on multiprocessing timing anomalies", SIAM Journal on Applied
     * Mathematics 17, 1969). With one machine it is one task.
     *
     * @param unit time that 1 stands for, at least 1
     */
    public static ParallelMachines worstForLongestFirst(int machines, long unit) {
        LongStream pairs = IntStream.iterate(2 * machines - 1, length -> length > machines, length -> length - 1)
                .mapToLong(length -> length * unit)
                .flatMap(length -> LongStream.of(length, length));
        return new ParallelMachines(
                machines,
                LongStream.concat(
                                pairs,
                                LongStream.generate(() -> machines * unit).limit(3))
                        .toArray());
    }

    /** What no schedule can beat: the mean load, the longest task, and the shortest two of the m + 1 longest, which share. */
    public long atLeast() {
        long total = Arrays.stream(times).reduce(0, Math::addExact);
        long mean = -Math.floorDiv(-total, machines);
        long[] ascending = times.clone();
        Arrays.sort(ascending);
        int count = ascending.length;
        long longest = count == 0 ? 0 : ascending[count - 1];
        long pair = count > machines ? ascending[count - machines] + ascending[count - machines - 1] : 0;
        return Math.max(mean, Math.max(longest, pair));
    }
}
