package trainyard.scheduler.makespan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelMachinesTest {

    private static final long PLENTY = 10_000_000;

    /** Worked out by hand: 2 3 4 6 2 2 on three machines. */
    @Test
    void rulesScheduleASmallListAsByHand() {
        ParallelMachines problem = new ParallelMachines(3, new long[] {2, 3, 4, 6, 2, 2});

        MachineSchedule list = MachineRule.LIST.schedule(problem);
        assertThat(list.machineOf()).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(list.startOf()).containsExactly(0, 0, 0, 2, 3, 4);
        assertThat(list.makespan()).isEqualTo(8);
        assertThat(MachineRule.LONGEST_FIRST.schedule(problem).makespan()).isEqualTo(7);
        assertThat(OptimalMakespan.end(problem, PLENTY)).hasValue(7);
        assertThat(problem.atLeast()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16, 64})
    void worstInstancesAttainTheGuarantees(int machines) {
        ParallelMachines forList = ParallelMachines.worstForList(machines, 1);
        ParallelMachines forLongest = ParallelMachines.worstForLongestFirst(machines, 1);

        long list = MachineRule.LIST.schedule(forList).makespan();
        long longest = MachineRule.LONGEST_FIRST.schedule(forLongest).makespan();

        assertThat(list).isEqualTo(2L * machines - 1);
        assertThat(forList.atLeast()).isEqualTo(machines);
        assertThat((double) list / machines).isCloseTo(MachineRule.LIST.guarantee(machines), within(1e-12));
        assertThat(longest).isEqualTo(4L * machines - 1);
        assertThat(longest / (3.0 * machines)).isCloseTo(MachineRule.LONGEST_FIRST.guarantee(machines), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void bestOfTheWorstForLongestFirstIsThreeTimesTheMachines(int machines) {
        ParallelMachines problem = ParallelMachines.worstForLongestFirst(machines, 1);

        assertThat(OptimalMakespan.end(problem, PLENTY)).hasValue(3L * machines);
    }

    @Test
    void guaranteesHoldOnTenThousandInstances() {
        for (int seed = 0; seed < 10_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int machines = 2 + random.nextInt(5);
            ParallelMachines problem = new ParallelMachines(
                    machines, random.longs(1 + random.nextInt(11), 1, 30).toArray());
            long optimum = OptimalMakespan.end(problem, PLENTY).orElseThrow();

            assertThat(problem.atLeast()).as("seed %d", seed).isLessThanOrEqualTo(optimum);
            for (MachineRule rule : MachineRule.values()) {
                assertThat((double) rule.schedule(problem).makespan())
                        .as("seed %d %s", seed, rule)
                        .isBetween((double) optimum, rule.guarantee(machines) * optimum + 1e-9);
            }
        }
    }

    /** The search against the least over all ways to place six tasks. */
    @Test
    void searchFindsTheEarliestEndOfAllPlacements() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ParallelMachines problem =
                    new ParallelMachines(3, random.longs(6, 1, 20).toArray());
            long earliest = Long.MAX_VALUE;
            for (int code = 0; code < 729; code++) {
                long[] load = new long[3];
                int rest = code;
                for (long time : problem.times()) {
                    load[rest % 3] += time;
                    rest /= 3;
                }
                earliest = Math.min(earliest, Math.max(load[0], Math.max(load[1], load[2])));
            }
            assertThat(OptimalMakespan.end(problem, PLENTY)).as("seed %d", seed).hasValue(earliest);
        }
    }

    @Test
    void bookingsTakeAsManyMachinesAsOverlap() {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int bookings = 1 + random.nextInt(60);
            long[] starts = random.longs(bookings, 0, 100).toArray();
            long[] ends = new long[bookings];
            for (int booking = 0; booking < bookings; booking++) {
                ends[booking] = starts[booking] + 1 + random.nextLong(40);
            }
            IntervalPartitioning given = IntervalPartitioning.of(starts, ends);

            assertThat(given.machines()).as("seed %d", seed).isEqualTo(IntervalPartitioning.depth(starts, ends));
            for (int one = 0; one < bookings; one++) {
                for (int other = 0; other < one; other++) {
                    boolean overlap = starts[one] < ends[other] && starts[other] < ends[one];
                    assertThat(overlap && given.machineOf()[one] == given.machineOf()[other])
                            .as("seed %d: %d and %d share a machine", seed, one, other)
                            .isFalse();
                }
            }
        }
    }
}
