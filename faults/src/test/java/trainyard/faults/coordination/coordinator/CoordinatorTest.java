package trainyard.faults.coordination.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.junit.jupiter.api.Test;
import trainyard.faults.coordination.StateLog;
import trainyard.faults.coordination.coordinator.Coordinator.Death;
import trainyard.faults.coordination.coordinator.CoordinatorOutcome.End;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.RandomStreams;

class CoordinatorTest {

    /** 4 workers, 20 steps of 10 s, a checkpoint of 5 s every 5 steps, 3 s to notice, 7 s to restart. */
    private static CoordinatorOutcome run(Set<Defect> defects, Death... deaths) {
        return new Coordinator(4, 20, 10, 0, 5, 5, 3, 7, List.of(deaths), OptionalDouble.empty(), defects)
                .run(new RandomStreams(1, 0));
    }

    @Test
    void withoutFailuresTheTimeIsThatOfStepsAndCheckpoints() {
        CoordinatorOutcome outcome = run(Set.of());

        // 20 steps, and checkpoints after steps 5, 10 and 15; after the last step training is over.
        assertThat(outcome.endNanos()).isEqualTo(215_000_000_000L);
        assertThat(outcome.done()).isEqualTo(20);
        assertThat(outcome.seen()).isEmpty();
    }

    @Test
    void theRepairedOneRollsAllBack() {
        // At 82 s two steps beyond the checkpoint at 50-55 s are done; noticed at 85 s, training again from 92 s at
        // step 5.
        CoordinatorOutcome outcome = run(Set.of(), new Death(2, 82));

        assertThat(outcome.end()).isEqualTo(End.FINISHED);
        assertThat(outcome.lost()).isEqualTo(2);
        assertThat(outcome.done()).isEqualTo(20);
        assertThat(outcome.endNanos()).isEqualTo((92L + 15 * 10 + 2 * 5) * 1_000_000_000L);
        assertThat(outcome.apart()).isZero();
    }

    @Test
    void theRepairedOneStartsAgainWhereThereIsNoCheckpoint() {
        CoordinatorOutcome outcome = run(Set.of(), new Death(0, 31));

        assertThat(outcome.lost()).isEqualTo(3);
        assertThat(outcome.endNanos()).isEqualTo((41L + 215) * 1_000_000_000L);
    }

    /**
     * Two workers whose steps vary write a checkpoint for a day after the first. One of them dies meanwhile; all restart after 1 + 7 s. The time of
     * its next step is the second that is drawn for it: it began none when it died.
     */
    @Test
    void aWorkerThatDiesWhileACheckpointIsWrittenBeginsNoStep() {
        int dies = 1;
        CoordinatorOutcome outcome = new Coordinator(
                        2,
                        2,
                        10,
                        0.5,
                        1,
                        86_400,
                        1,
                        7,
                        List.of(new Death(dies, 1000)),
                        OptionalDouble.empty(),
                        Set.of())
                .run(new RandomStreams(1, 0));

        ContinuousSampler factors =
                new LogNormal(1, 0.5).sampler(new RandomStreams(1, 0).stream("coordinator/step", dies));
        factors.sample();
        long step = SimTime.nanos(10 * factors.sample());
        List<StateLog.Stretch> after = outcome.stretches().get(dies).stream()
                .filter(stretch -> stretch.startNanos() >= 1000_000_000_000L)
                .toList();
        assertThat(after.stream().limit(3).map(StateLog.Stretch::state))
                .containsExactly("failed", "recovering", "training");
        assertThat(after.get(2).endNanos() - after.get(2).startNanos()).isEqualTo(step);
    }

    /** 50 s of four workers between two checkpoints, of which one dies each second: the chance to get through is e^-200. */
    @Test
    void workersThatNeverGetToACheckpointAreGivenUp() {
        Coordinator hopeless = new Coordinator(4, 20, 10, 0, 5, 5, 3, 7, List.of(), OptionalDouble.of(1), Set.of());

        assertThatThrownBy(() -> hopeless.run(new RandomStreams(1, 0)))
                .isInstanceOf(EndlessTrainingException.class)
                .hasMessage("workers died 100000 times, and steps are left");
    }

    @Test
    void everyWorkerCounts() {
        CoordinatorOutcome outcome = run(Set.of(Defect.EVERY_WORKER_COUNTS));

        assertThat(outcome.counted()).isEqualTo(20);
        assertThat(outcome.done()).isEqualTo(5);
        assertThat(outcome.seen()).containsExactly(Defect.EVERY_WORKER_COUNTS);
    }

    @Test
    void theNewestOfNoCheckpointsKillsTheCoordinator() {
        CoordinatorOutcome outcome = run(Set.of(Defect.NEWEST_OF_NONE), new Death(1, 31));

        assertThat(outcome.end()).isEqualTo(End.COORDINATOR_DIED);
        assertThat(outcome.endNanos()).isEqualTo(34_000_000_000L);
        assertThat(run(Set.of(Defect.NEWEST_OF_NONE), new Death(1, 82)).end()).isEqualTo(End.FINISHED);
    }

    @Test
    void aSilentBarrierNeverOpensAgain() {
        CoordinatorOutcome outcome = run(Set.of(Defect.SILENT_BARRIER), new Death(1, 82));

        // The restarted worker comes to the barrier at 102 s; from then on nothing can happen.
        assertThat(outcome.end()).isEqualTo(End.DEADLOCK);
        assertThat(outcome.deadlock().orElseThrow().waiting()).hasSize(4);
        assertThat(outcome.endNanos()).isEqualTo(102_000_000_000L);
        assertThat(outcome.seen()).containsExactly(Defect.SILENT_BARRIER);
    }

    @Test
    void aLoneRollbackLeavesStatesApart() {
        CoordinatorOutcome outcome = run(Set.of(Defect.LONE_ROLLBACK), new Death(1, 82));

        assertThat(outcome.end()).isEqualTo(End.FINISHED);
        assertThat(outcome.apart()).isEqualTo(2);
        assertThat(outcome.done()).isEqualTo(18);
        assertThat(outcome.seen()).containsExactly(Defect.LONE_ROLLBACK);
    }

    @Test
    void theSketchShowsItsDefectsOneAfterTheOther() {
        Set<Defect> all = EnumSet.allOf(Defect.class);

        assertThat(run(all).seen()).containsExactly(Defect.EVERY_WORKER_COUNTS);
        assertThat(run(all, new Death(0, 5)).seen()).containsExactly(Defect.NEWEST_OF_NONE);
        // Counting 4 at a time, the first checkpoint comes after 2 steps.
        assertThat(run(all, new Death(0, 40)).seen())
                .containsExactlyInAnyOrder(Defect.EVERY_WORKER_COUNTS, Defect.SILENT_BARRIER, Defect.LONE_ROLLBACK);
    }

    @Test
    void theRepairedOneFinishesEveryStepWhateverFails() {
        for (int seed = 0; seed < 100; seed++) {
            Coordinator design = new Coordinator(
                    1 + seed % 9, 40, 10, 0.2, 1 + seed % 7, 5, 3, 7, List.of(), OptionalDouble.of(900), Set.of());
            CoordinatorOutcome outcome = design.run(new RandomStreams(seed, 0));

            assertThat(outcome.end()).isEqualTo(End.FINISHED);
            assertThat(outcome.done()).isEqualTo(40);
            assertThat(outcome.counted()).isEqualTo(40);
            assertThat(outcome.apart()).isZero();
            assertThat(outcome.lost()).isLessThanOrEqualTo((long) outcome.deaths() * (1 + seed % 7));
            assertThat(design.run(new RandomStreams(seed, 0))).isEqualTo(outcome);
        }
    }
}
