package trainyard.faults.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.CheckpointClock.Progress;
import trainyard.sim.random.RandomStreams;

class CheckpointClockTest {

    /** Ten steps of 7 ns, then 20 ns of snapshot: at 100 ns one snapshot is taken and one step of the next ten is done. */
    @Test
    void oneBlockingLevelByHand() {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 20, 30, Damage.NODE);
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(10, List.of(storage)), 0, 7);
        assertThat(clock.at(69)).isEqualTo(new Progress(9, 69, 0));
        assertThat(clock.at(75)).isEqualTo(new Progress(10, 70, 5));
        assertThat(clock.at(90)).isEqualTo(new Progress(10, 70, 20));
        assertThat(clock.at(100)).isEqualTo(new Progress(11, 80, 20));
        assertThat(clock.safeSteps(storage, 89)).isEmpty();
        assertThat(clock.safeSteps(storage, 90)).hasValue(10);
        assertThat(clock.nanosUntil(10)).isEqualTo(90);
        assertThat(clock.nanosUntil(15)).isEqualTo(90 + 35 + 20);
    }

    /**
     * ByteRobust's golden row cf.async: snapshot 1.84 s, persist 8 s, one step of 5 s between snapshots stalls 1.84 + (8 - 5)
     * = 4.84 s each time.
     */
    @Test
    void aSaveInFlightHoldsTheNextOneUp() {
        CheckpointLevel level = new CheckpointLevel("peer", 1, 1840, 8000, 0, Damage.NODE);
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(1, List.of(level)), 0, 5000);
        assertThat(clock.at(9840)).isEqualTo(new Progress(1, 5000, 4840));
        assertThat(clock.safeSteps(level, 9840 + 7999)).isEmpty();
        assertThat(clock.safeSteps(level, 9840 + 8000)).hasValue(1);
    }

    /** A century of 10 ns steps with a stall of a second each: 10^8 times as many snapshots would fit without the stalls. */
    @Test
    void longStallsBetweenShortStepsStayWithinTheClock() {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 1_000_000_000L, 0, Damage.NODE);
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(1, List.of(storage)), 0, 10);
        long each = 1_000_000_010L;
        assertThat(clock.at(3_000_000_000L * each).steps()).isEqualTo(3_000_000_000L);
        assertThat(clock.reaches(3_000_000_000L)).isTrue();
        assertThat(clock.reaches(Long.MAX_VALUE / 2)).isFalse();
    }

    @Test
    void withoutLevelsNothingIsSafe() {
        CheckpointClock clock = new CheckpointClock(CheckpointPlan.none(), 0, 10);
        assertThat(clock.at(1005)).isEqualTo(new Progress(100, 1005, 0));
        assertThat(clock.nanosUntil(7)).isEqualTo(70);
    }

    /** Random plans against a walk that takes one snapshot after the other. */
    @Test
    void everyAnswerIsThatOfAStepByStepWalk() {
        UniformRandomProvider random = new RandomStreams(17, 0).stream("plans");
        for (int trial = 0; trial < 400; trial++) {
            List<CheckpointLevel> levels = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                levels.add(new CheckpointLevel(
                        "level" + i,
                        1 + random.nextInt(4),
                        random.nextInt(30),
                        random.nextInt(120),
                        0,
                        Damage.values()[i]));
            }
            CheckpointPlan plan = new CheckpointPlan(1 + random.nextInt(6), levels);
            long start = random.nextInt(20);
            long step = 1 + random.nextInt(9);
            CheckpointClock clock = new CheckpointClock(plan, start, step);
            Walk walk = new Walk(plan, start, step);
            for (long nanos = 0; nanos < 1500; nanos++) {
                Progress progress = clock.at(nanos);
                assertThat(progress)
                        .as("%s from %d, step %d, at %d", plan, start, step, nanos)
                        .isEqualTo(walk.at(nanos));
                assertThat(progress.workNanos() + progress.stallNanos()).isEqualTo(nanos);
                for (CheckpointLevel level : levels) {
                    assertThat(clock.safeSteps(level, nanos).orElse(-1))
                            .as("%s from %d, step %d, at %d: %s", plan, start, step, nanos, level.name())
                            .isEqualTo(walk.safe(level, nanos));
                }
            }
        }
    }

    /** One time unit after the other. */
    private record Walk(CheckpointPlan plan, long start, long step) {

        private long stall(long ordinal) {
            return plan.levels().stream()
                    .filter(level -> ordinal % level.every() == 0)
                    .mapToLong(level -> level.stallNanos()
                            + Math.max(0, level.persistNanos() - level.every() * plan.intervalSteps() * step))
                    .sum();
        }

        Progress at(long nanos) {
            long steps = start;
            long work = 0;
            long stalled = 0;
            long left = nanos;
            while (true) {
                if (left < step) {
                    return new Progress(steps, work + left, stalled);
                }
                left -= step;
                work += step;
                steps++;
                if (steps % plan.intervalSteps() == 0) {
                    long stall = stall(steps / plan.intervalSteps());
                    if (left < stall) {
                        return new Progress(steps, work, stalled + left);
                    }
                    left -= stall;
                    stalled += stall;
                }
            }
        }

        long safe(CheckpointLevel level, long nanos) {
            long time = 0;
            long safe = -1;
            for (long steps = start + 1; time <= nanos; steps++) {
                time += step;
                if (steps % plan.intervalSteps() == 0) {
                    long ordinal = steps / plan.intervalSteps();
                    time += stall(ordinal);
                    if (ordinal % level.every() == 0 && time + level.persistNanos() <= nanos) {
                        safe = steps;
                    }
                }
            }
            return safe;
        }
    }

    @Test
    void plansThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new CheckpointPlan(0, List.of())).hasMessageContaining("at least one step");
        CheckpointLevel level = CheckpointLevel.blocking("a", 1, 1, Damage.NODE);
        assertThatThrownBy(() -> new CheckpointPlan(1, List.of(level, level))).hasMessageContaining("two levels");
        assertThatThrownBy(() -> new CheckpointLevel("a", 0, 1, 1, 1, Damage.NODE))
                .hasMessageContaining("every");
    }
}
