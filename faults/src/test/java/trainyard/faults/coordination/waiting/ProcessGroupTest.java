package trainyard.faults.coordination.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.coordination.waiting.Instruction.Compute;
import trainyard.faults.coordination.waiting.Instruction.Die;
import trainyard.faults.coordination.waiting.Instruction.Give;
import trainyard.faults.coordination.waiting.Instruction.Meet;
import trainyard.faults.coordination.waiting.Instruction.Take;
import trainyard.faults.coordination.waiting.Instruction.Update;
import trainyard.sim.random.RandomStreams;

class ProcessGroupTest {

    private static final RandomStreams STREAMS = new RandomStreams(1, 0);

    private static ProcessOutcome run(
            Map<String, List<Instruction>> programs, OptionalDouble inspect, OptionalDouble timeout) {
        return new ProcessGroup(programs, 1, 0, inspect, timeout).run(STREAMS);
    }

    private static Meet meet(String point) {
        return new Meet("all-reduce", point, 0.5);
    }

    @Test
    void collectivesInOneOrderEnd() {
        ProcessOutcome outcome = run(
                Map.of(
                        "rank-0", List.of(new Compute(1), meet("a"), meet("b")),
                        "rank-1", List.of(new Compute(3), meet("a"), meet("b"))),
                OptionalDouble.empty(),
                OptionalDouble.empty());

        assertThat(outcome.deadlock()).isEmpty();
        // 3 s of the slower one, then two exchanges of half a second.
        assertThat(outcome.endNanos()).isEqualTo(4_000_000_000L);
        assertThat(outcome.longestWaitSeconds()).isEqualTo(2);
    }

    @Test
    void collectivesInTwoOrdersBlockEachOther() {
        ProcessOutcome outcome = run(
                Map.of(
                        "rank-0", List.of(new Compute(1), meet("a"), meet("b")),
                        "rank-1", List.of(new Compute(3), meet("b"), meet("a"))),
                OptionalDouble.of(10),
                OptionalDouble.of(600));

        Deadlock deadlock = outcome.deadlock().orElseThrow();
        assertThat(deadlock.members()).containsExactlyInAnyOrder("rank-0", "rank-1");
        assertThat(deadlock.sinceNanos()).isEqualTo(3_000_000_000L);
        // The first look after 3 s is at 10 s; the timeout of the one that waits since 1 s would come at 601 s.
        assertThat(outcome.detectSeconds()).hasValue(7);
        assertThat(deadlock.describe()).contains("waits for").contains("all-reduce a");
    }

    @Test
    void locksInTwoOrdersBlockEachOtherInAWideRing() {
        Map<String, List<Instruction>> programs = new LinkedHashMap<>();
        for (int i = 0; i < 5; i++) {
            programs.put(
                    "worker-" + i,
                    List.of(
                            new Take("shard-" + i),
                            new Compute(1),
                            new Take("shard-" + (i + 1) % 5),
                            new Give("shard-" + i)));
        }

        ProcessOutcome outcome = run(programs, OptionalDouble.empty(), OptionalDouble.of(30));

        assertThat(outcome.deadlock().orElseThrow().cycle()).hasSize(5);
        assertThat(outcome.deadlock().orElseThrow().waiting()).hasSize(5);
        assertThat(outcome.detectSeconds()).hasValue(30);
    }

    @Test
    void aBarrierWaitsForTheDead() {
        ProcessOutcome outcome = run(
                Map.of("a", List.of(new Compute(1), meet("step")), "b", List.of(new Die(), meet("step"))),
                OptionalDouble.empty(),
                OptionalDouble.empty());

        Deadlock deadlock = outcome.deadlock().orElseThrow();
        assertThat(deadlock.cycle()).isEmpty();
        assertThat(deadlock.members()).containsExactly("a", "b");
        assertThat(outcome.detectSeconds()).isEmpty();
    }

    @Test
    void aBarrierWaitsForOneThatHasEnded() {
        ProcessOutcome outcome = new ProcessGroup(
                        Map.of(
                                "a", List.of(meet("step"), meet("step")),
                                "b", List.of(meet("step"))),
                        1,
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty())
                .run(STREAMS);

        assertThat(outcome.deadlock().orElseThrow().hopeless()).hasSize(1);
    }

    @Test
    void updatesWithoutALockAreLostAndWithOneAreNot() {
        List<Instruction> bare = List.of(new Update("sum", 1));
        List<Instruction> locked = List.of(new Take("lock"), new Update("sum", 1), new Give("lock"));

        ProcessOutcome race = run(Map.of("a", bare, "b", bare), OptionalDouble.empty(), OptionalDouble.empty());
        ProcessOutcome safe = run(Map.of("a", locked, "b", locked), OptionalDouble.empty(), OptionalDouble.empty());

        assertThat(race.lostUpdates()).isEqualTo(1);
        assertThat(safe.lostUpdates()).isZero();
        assertThat(safe.endNanos()).isEqualTo(2 * race.endNanos());
    }

    @Test
    void aWaitLongerThanTheTimeoutThatEndsIsAFalseAlarm() {
        ProcessOutcome outcome = run(
                Map.of("a", List.of(meet("x")), "b", List.of(new Compute(10), meet("x"))),
                OptionalDouble.empty(),
                OptionalDouble.of(5));

        assertThat(outcome.falseAlarms()).isEqualTo(1);
        assertThat(outcome.deadlock()).isEmpty();
    }

    /** What a wait costs grows with those whom it concerns; to look at all waits at each of them took minutes for 200 ranks. */
    @Test
    void manyRanksMeetInLittleTime() {
        ProcessGroup group =
                new ProcessGroup(ranks(1000, "a", "a"), 10, 0.3, OptionalDouble.empty(), OptionalDouble.empty());

        ProcessOutcome outcome = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> group.run(STREAMS));

        assertThat(outcome.deadlock()).isEmpty();
    }

    /** Even ranks meet in one order, odd ones in the other: the first of either that waits for one of the other is in the cycle. */
    @Test
    void aCycleOfManyRanksIsFoundInLittleTime() {
        ProcessGroup group =
                new ProcessGroup(ranks(1000, "a", "b"), 1, 0.3, OptionalDouble.empty(), OptionalDouble.empty());

        ProcessOutcome outcome = assertTimeoutPreemptively(Duration.ofSeconds(30), () -> group.run(STREAMS));

        assertThat(outcome.deadlock().orElseThrow().cycle()).hasSize(2);
    }

    private static Map<String, List<Instruction>> ranks(int count, String first, String second) {
        Map<String, List<Instruction>> programs = new LinkedHashMap<>();
        for (int rank = 0; rank < count; rank++) {
            boolean even = rank % 2 == 0;
            programs.put(
                    "rank-" + rank, List.of(new Compute(1), meet(even ? first : second), meet(even ? second : first)));
        }
        return programs;
    }

    /** The same order of locks in every process cannot deadlock (Havender 1968); any order ends or is reported. */
    @Test
    void randomProgramsEndOrNameTheirDeadlock() {
        UniformRandomProvider random = new RandomStreams(7, 0).stream("test");
        int deadlocks = 0;
        for (int trial = 0; trial < 300; trial++) {
            boolean ordered = trial % 2 == 0;
            Map<String, List<Instruction>> programs = new LinkedHashMap<>();
            for (int process = 0; process < 2 + random.nextInt(4); process++) {
                programs.put("p" + process, program(random, ordered));
            }

            ProcessGroup group = new ProcessGroup(
                    programs, 1 + random.nextInt(3), 0.5, OptionalDouble.of(1), OptionalDouble.empty());
            ProcessOutcome outcome = group.run(new RandomStreams(trial, 0));

            assertThat(group.run(new RandomStreams(trial, 0))).isEqualTo(outcome);
            if (ordered) {
                assertThat(outcome.deadlock()).isEmpty();
            }
            outcome.deadlock().ifPresent(found -> {
                assertThat(found.members()).isNotEmpty();
                assertThat(found.waiting())
                        .containsAll(found.cycle().stream()
                                .map(WaitForGraph.Wait::who)
                                .toList());
            });
            deadlocks += outcome.deadlock().isPresent() ? 1 : 0;
        }
        assertThat(deadlocks).isBetween(20, 150);
    }

    private static List<Instruction> program(UniformRandomProvider random, boolean ordered) {
        int first = random.nextInt(3);
        int second = (first + 1 + random.nextInt(2)) % 3;
        int low = ordered ? Math.min(first, second) : first;
        int high = first + second - low;
        List<Instruction> program = new ArrayList<>();
        program.add(new Take("lock-" + low));
        program.add(new Compute(0.1 + random.nextDouble()));
        program.add(new Take("lock-" + high));
        program.add(new Compute(0.1));
        program.add(new Give("lock-" + high));
        program.add(new Give("lock-" + low));
        return program;
    }
}
