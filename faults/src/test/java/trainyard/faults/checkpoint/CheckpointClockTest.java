package trainyard.faults.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import trainyard.faults.cause.Damage;
import trainyard.faults.checkpoint.CheckpointClock.Progress;
import trainyard.faults.checkpoint.CheckpointClock.Saved;
import trainyard.sim.random.RandomStreams;

class CheckpointClockTest {

    /** Ten steps of 7 ns, then 20 ns of snapshot: at 100 ns one snapshot is taken and one step of the next ten is done. */
    @Test
    void oneBlockingLevelByHand() {
        CheckpointLevel storage = CheckpointLevel.blocking("storage", 20, 30, Damage.NODE);
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(10, List.of(storage)), 0, 7);
        assertThat(clock.at(69)).isEqualTo(new Progress(9, 69, 0, 0));
        assertThat(clock.at(75)).isEqualTo(new Progress(10, 70, 5, 0));
        assertThat(clock.at(90)).isEqualTo(new Progress(10, 70, 20, 0));
        assertThat(clock.at(100)).isEqualTo(new Progress(11, 80, 20, 0));
        assertThat(clock.newestSafe(storage, 89)).isEmpty();
        assertThat(clock.newestSafe(storage, 90)).hasValue(new Saved(10, 10, 0, 90, 90));
        assertThat(clock.nanosUntil(10)).isEqualTo(90);
        assertThat(clock.nanosUntil(15)).isEqualTo(90 + 35 + 20);
    }

    /**
     * Golden row cf.async.013: snapshot 1.84 s, persist 8 s, one step of 5 s between snapshots stalls 1.84 + (8 - 5) = 4.84 s
     * each time; only the first snapshot of a run finds no save in flight.
     */
    @Test
    void aSaveInFlightHoldsTheNextOneUp() {
        CheckpointLevel level = new CheckpointLevel("peer", 1, 1840, 8000, 0, Damage.NODE);
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(1, List.of(level)), 0, 5000);
        assertThat(clock.at(6840)).isEqualTo(new Progress(1, 5000, 1840, 0));
        assertThat(clock.at(6840 + 9840)).isEqualTo(new Progress(2, 10_000, 1840 + 4840, 0));
        assertThat(clock.newestSafe(level, 6840 + 7999)).isEmpty();
        assertThat(clock.newestSafe(level, 6840 + 8000)).hasValue(new Saved(1, 1, 0, 6840, 14_840));
    }

    /** A save of 40 ns takes a quarter of the speed: 30 ns of work in it, 10 ns lost; the steps in it take 4/3 as long. */
    @Test
    void aSaveBesideTheTrainingSlowsIt() {
        CheckpointLevel level =
                new CheckpointLevel("s", 1, 5, 40, 0, Damage.NODE).with(new Writing(1, 0.25, 7, Optional.empty()));
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(10, List.of(level)), 0, 9);
        assertThat(clock.at(95)).isEqualTo(new Progress(10, 90, 5, 0));
        assertThat(clock.at(95 + 12)).isEqualTo(new Progress(11, 99, 5, 3));
        assertThat(clock.at(95 + 40)).isEqualTo(new Progress(13, 120, 5, 10));
        assertThat(clock.at(95 + 100)).isEqualTo(new Progress(20, 180, 5, 10));
        assertThat(clock.nanosUntil(11)).isEqualTo(95 + 11 + 5);
        assertThat(clock.boundary(95 + 2)).isEqualTo(95 + 11);
        assertThat(clock.newestSafe(level, 95 + 46)).isEmpty();
        assertThat(clock.newestSafe(level, 95 + 47)).isPresent();
    }

    /** Every third snapshot is full; a link builds on the one before it, and a run starts with a full one. */
    @Test
    void aChainOfDeltasStartsAnewWithEachRun() {
        DeltaChain chain = new DeltaChain(3, 2, 0, 4, 0.1);
        CheckpointLevel level =
                new CheckpointLevel("s", 1, 20, 0, 30, Damage.NODE).with(new Writing(1, 0, 0, Optional.of(chain)));
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(10, List.of(level)), 15, 1);
        // 5 + 20 (full), 10 + 2, 10 + 2, 10 + 20
        assertThat(clock.saved(level, 1)).isEqualTo(new Saved(20, 20, 0, 25, 25));
        assertThat(clock.saved(level, 2)).isEqualTo(new Saved(30, 20, 1, 37, 37));
        assertThat(clock.saved(level, 3)).isEqualTo(new Saved(40, 20, 2, 49, 49));
        assertThat(clock.saved(level, 4)).isEqualTo(new Saved(50, 50, 0, 79, 79));
        assertThat(level.restoreNanos(2, false)).isEqualTo(30 + 2 * 4);
    }

    /** A check of 3 ns comes before every second snapshot. */
    @Test
    void checksComeBeforeTheSnapshot() {
        CheckpointPlan plan = new CheckpointPlan(10, List.of(CheckpointLevel.blocking("s", 4, 0, Damage.NODE)))
                .with(new SnapshotVerification(2, 3, 1));
        CheckpointClock clock = new CheckpointClock(plan, 0, 1);
        assertThat(clock.at(31)).isEqualTo(new Progress(20, 20, 11, 0));
        assertThat(clock.nextCheck(0)).hasValue(27);
        assertThat(clock.nextCheck(24)).hasValue(27);
        assertThat(clock.nextCheck(25)).hasValue(27 + 31);
    }

    /**
     * Saves that go on beside the training, followed one nanosecond after the other: at most k are in flight, and while one
     * is, work goes on at (1 - slowdown) of its speed.
     */
    @Test
    void waitsAndSlowdownAreThoseOfSavesInFlight() {
        UniformRandomProvider random = new RandomStreams(18, 0).stream("saves");
        for (int trial = 0; trial < 200; trial++) {
            int inFlight = 1 + random.nextInt(4);
            double slowdown = inFlight > 1 ? 0 : 0.25 * random.nextInt(3);
            CheckpointLevel level = new CheckpointLevel("s", 1, random.nextInt(30), random.nextInt(400), 0, Damage.NODE)
                    .with(new Writing(inFlight, slowdown, 0, Optional.empty()));
            long work = 1 + random.nextInt(100);
            CheckpointClock clock = new CheckpointClock(new CheckpointPlan(1, List.of(level)), 0, work);
            InFlight walk = new InFlight(level, work);
            for (int snapshot = 1; snapshot <= 12; snapshot++) {
                assertThat((double) clock.saved(level, snapshot).takenNanos())
                        .as("%s of %d ns, snapshot %d", level, work, snapshot)
                        .isCloseTo(walk.next(), within(snapshot + 1e-6));
            }
        }
    }

    private static final class InFlight {

        private final CheckpointLevel level;
        private final double work;
        private final List<Double> ends = new ArrayList<>();
        private double now;

        InFlight(CheckpointLevel level, double work) {
            this.level = level;
            this.work = work;
        }

        double next() {
            double slowed = Math.max(0, lastEnd() - now);
            double within = slowed * (1 - level.writing().slowdown());
            now += within >= work ? work / (1 - level.writing().slowdown()) : slowed + work - within;
            int of = ends.size() - level.writing().inFlight();
            now = Math.max(now, of < 0 ? 0 : ends.get(of)) + level.stallNanos();
            ends.add(now + level.persistNanos());
            return now;
        }

        private double lastEnd() {
            return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
        }
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
        assertThat(clock.at(1005)).isEqualTo(new Progress(100, 1005, 0, 0));
        assertThat(clock.nanosUntil(7)).isEqualTo(70);
    }

    /**
     * A save of 15 s finds 20 s between two snapshots, 10 s of work and 10 s in which the job stands still for the other tier, and
     * holds nothing up; with 25 s it waits for 5 s, but for the first one.
     */
    @Test
    void aSaveGoesOnWhileTheJobStandsStillForAnotherTier() {
        CheckpointLevel memory = new CheckpointLevel("memory", 1, 10, 0, 0, Damage.PROCESS);
        for (int persist : new int[] {15, 25}) {
            CheckpointLevel storage = new CheckpointLevel("storage", 1, 0, persist, 0, Damage.NODE);
            CheckpointClock clock = new CheckpointClock(new CheckpointPlan(1, List.of(memory, storage)), 0, 10);
            assertThat(clock.nanosUntil(100)).isEqualTo(persist == 15 ? 2000 : 2000 + 99 * 5);
        }
    }

    /** While the job waits 5 s for the save of one tier, that of the other goes on, and ends. */
    @Test
    void twoTiersThatAreWaitedForAreWaitedForTogether() {
        List<CheckpointLevel> both = List.of(
                new CheckpointLevel("a", 1, 0, 15, 0, Damage.NODE), new CheckpointLevel("b", 1, 0, 15, 0, Damage.SITE));
        CheckpointClock clock = new CheckpointClock(new CheckpointPlan(1, both), 0, 10);
        assertThat(clock.nanosUntil(100)).isEqualTo(1000 + 99 * 5);
    }

    /** Random plans against a walk that goes through them nanosecond by nanosecond. */
    @Test
    void everyAnswerIsThatOfAWalk() {
        UniformRandomProvider random = new RandomStreams(17, 0).stream("plans");
        for (int trial = 0; trial < 600; trial++) {
            List<CheckpointLevel> levels = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                levels.add(new CheckpointLevel(
                                "level" + i,
                                1 + random.nextInt(4),
                                random.nextInt(30),
                                random.nextInt(120),
                                0,
                                Damage.values()[i])
                        .with(new Writing(1 + random.nextInt(3), 0, 0, Optional.empty())));
            }
            CheckpointPlan plan = new CheckpointPlan(1 + random.nextInt(6), levels);
            if (random.nextBoolean()) {
                plan = plan.with(new SnapshotVerification(1 + random.nextInt(3), random.nextInt(20), 1));
            }
            long start = random.nextInt(20);
            long step = 1 + random.nextInt(9);
            CheckpointClock clock = new CheckpointClock(plan, start, step);
            Walk walk = new Walk(plan, start, step);
            for (int nanos = 0; nanos < Walk.LENGTH; nanos++) {
                Progress progress = clock.at(nanos);
                assertThat(progress)
                        .as("%s from %d, step %d, at %d", plan, start, step, nanos)
                        .isEqualTo(walk.at(nanos));
                for (CheckpointLevel level : levels) {
                    assertThat(clock.newestSafe(level, nanos).map(Saved::steps).orElse(-1L))
                            .as("%s from %d, step %d, at %d: %s", plan, start, step, nanos, level.name())
                            .isEqualTo(walk.safe(level, nanos));
                }
            }
        }
    }

    /** A run without slowdown and deltas, from one nanosecond to the next. */
    private static final class Walk {

        static final int LENGTH = 3000;

        private record Save(CheckpointLevel level, long steps, long safeNanos) {}

        private final List<Progress> progress = new ArrayList<>();
        private final List<Save> saves = new ArrayList<>();
        private long steps;
        private long work;
        private long stall;

        Walk(CheckpointPlan plan, long start, long step) {
            steps = start;
            while (progress.size() < LENGTH) {
                for (int i = 0; i < step; i++) {
                    progress.add(new Progress(steps, work++, stall, 0));
                }
                steps++;
                if (steps % plan.intervalSteps() == 0) {
                    save(plan, steps / plan.intervalSteps());
                }
            }
        }

        private void save(CheckpointPlan plan, long ordinal) {
            plan.verification()
                    .filter(check -> ordinal % check.every() == 0)
                    .ifPresent(check -> standStill(check.nanos()));
            List<CheckpointLevel> due = plan.levels().stream()
                    .filter(level -> ordinal % level.every() == 0)
                    .toList();
            for (CheckpointLevel level : due) {
                while (inFlight(level) == level.writing().inFlight()) {
                    standStill(1);
                }
                standStill(level.stallNanos());
            }
            due.forEach(level -> saves.add(new Save(level, steps, progress.size() + level.persistNanos())));
        }

        private void standStill(long nanos) {
            for (int i = 0; i < nanos; i++) {
                progress.add(new Progress(steps, work, stall++, 0));
            }
        }

        private long inFlight(CheckpointLevel level) {
            return saves.stream()
                    .filter(save -> save.level() == level && save.safeNanos() > progress.size())
                    .count();
        }

        Progress at(int nanos) {
            return progress.get(nanos);
        }

        long safe(CheckpointLevel level, long nanos) {
            return saves.stream()
                    .filter(save -> save.level() == level && save.safeNanos() <= nanos)
                    .mapToLong(Save::steps)
                    .max()
                    .orElse(-1);
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

    /** Two levels that hold the run up about equally repeat only after about 10,000 snapshots; each run may have to follow them. */
    @Test
    @Timeout(10)
    void aLongWayToTheRepetitionIsFollowedInItsLength() {
        List<CheckpointLevel> levels = List.of(
                new CheckpointLevel("a", 2, 0, 1958, 0, Damage.NODE).with(new Writing(3, 0, 0, Optional.empty())),
                new CheckpointLevel("b", 3, 2, 3917, 0, Damage.NODE).with(new Writing(4, 0, 0, Optional.empty())));
        for (int run = 0; run < 200; run++) {
            CheckpointClock clock = new CheckpointClock(new CheckpointPlan(1, levels), 0, 100);
            assertThat(clock.nanosUntil(1)).isEqualTo(100);
        }
    }
}
