package trainyard.parallel.step.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.schedule.ChunkPlacement;
import trainyard.parallel.schedule.ChunkRoute;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.PassCost.Exchanges;
import trainyard.parallel.step.price.PassCost.Lag;
import trainyard.parallel.step.price.PassCost.Transfers;
import trainyard.parallel.step.price.PassCost.Work;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.sim.engine.Simulation;
import trainyard.sim.engine.TieOrder;

class StepReplayTest {

    private static final double FORWARD = 1e-3;
    private static final double BACKWARD = 2e-3;

    /** Equal stages, free messages: bubble over ideal is (p - 1) / m for GPipe and 1F1B (Narayanan et al. 2021, 2.2.1). */
    @Test
    void bubbleOfEqualStagesIsTheClosedForm() {
        for (Schedule schedule : List.of(Schedule.GPIPE, Schedule.ONE_F_ONE_B)) {
            for (int p : new int[] {2, 4, 8, 13}) {
                for (int m : new int[] {1, 2, 8, 16, 31}) {
                    double ideal = m * (FORWARD + BACKWARD);
                    assertThat(seconds(schedule, p, 1, m) / ideal - 1)
                            .as("%s p=%d m=%d", schedule, p, m)
                            .isCloseTo((p - 1.0) / m, within(1e-9));
                }
            }
        }
    }

    /** Interleaving divides the bubble by the chunks per stage: (p - 1) / (v m), m a multiple of p. */
    @Test
    void interleavingDividesTheBubble() {
        for (int p : new int[] {2, 4, 8}) {
            for (int v : new int[] {2, 3, 4}) {
                for (int m : new int[] {p, 2 * p, 5 * p}) {
                    double ideal = m * v * (FORWARD + BACKWARD);
                    assertThat(seconds(Schedule.INTERLEAVED, p, v, m) / ideal - 1)
                            .as("p=%d v=%d m=%d", p, v, m)
                            .isCloseTo((p - 1.0) / (v * m), within(1e-9));
                }
            }
        }
    }

    /** Two stages, one micro-batch, blocking messages: F0, send, F1, B1, send, B0. */
    @Test
    void blockingMessagesAddToTheCriticalPath() {
        StepTiming timing = timing(2, 1, 0.5e-3, true, List.of(), 0);
        StepReplay replay = run(timing, Schedule.ONE_F_ONE_B, 1);
        assertThat(replay.endNanos()).isEqualTo(7_000_000);
        assertThat(replay.stage(0).booked().get(TimeState.PIPELINE_COMMUNICATION))
                .isEqualTo(500_000);
        assertThat(replay.stage(0).booked().get(TimeState.BUBBLE)).isEqualTo(3_500_000);
    }

    /** Weights are gathered before the first pass of each chunk and gradients reduced in its last, whichever micro-batch has it. */
    @ParameterizedTest
    @EnumSource(Schedule.class)
    void everyChunkWaitsOnceForItsWeightsAndOnceForItsGradients(Schedule schedule) {
        int chunks = schedule.chunksPerStage().orElse(2);
        StepTiming plain = timing(4, chunks, 0, false, List.of(), 0);
        PassCost wait = PassCost.data(1e-3);
        StepTiming waiting = new StepTiming(
                plain.chunks().stream()
                        .map(stage -> stage.stream()
                                .map(chunk -> new ChunkTiming(
                                        chunk.forward(),
                                        chunk.backward(),
                                        chunk.inputBackward(),
                                        chunk.weight(),
                                        List.of(),
                                        wait,
                                        wait,
                                        wait))
                                .toList())
                        .toList(),
                plain.messages(),
                false,
                false,
                plain.optimizer(),
                plain.gather(),
                0);
        StepReplay replay = run(waiting, schedule, 8);
        for (int stage = 0; stage < 4; stage++) {
            assertThat(replay.stage(stage).booked().get(TimeState.DATA_COMMUNICATION))
                    .isEqualTo(chunks * 2 * 1_000_000L);
        }
    }

    /** Reduction after the backward pass is exposed whole; in buckets beside it, all but what the backward covers. */
    @Test
    void overlapHidesAllButTheLastBuckets() {
        List<Double> buckets = Collections.nCopies(4, 0.25e-3);
        long after =
                run(timing(1, 1, 0, false, buckets, 0), Schedule.ONE_F_ONE_B, 1).endNanos();
        assertThat(after).isEqualTo(4_000_000);
        StepTiming overlapped = overlapping(timing(1, 1, 0, false, buckets, 0));
        // Buckets are ready at 1.5, 2, 2.5 and 3 ms and take 0.25 ms each: only the last one is exposed.
        assertThat(run(overlapped, Schedule.ONE_F_ONE_B, 1).endNanos()).isEqualTo(3_250_000);
        StepTiming slow = overlapping(timing(1, 1, 0, false, Collections.nCopies(4, 1e-3), 0));
        // The data stream is busy from 1.5 ms on: 1.5 + 4 x 1.
        assertThat(run(slow, Schedule.ONE_F_ONE_B, 1).endNanos()).isEqualTo(5_500_000);
    }

    @Test
    void statesSumToTheStepOnRandomTimings() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Schedule schedule = Schedule.values()[random.nextInt(Schedule.values().length)];
            int p = 2 * (1 + random.nextInt(3));
            int v = schedule.chunksPerStage().orElse(2 + random.nextInt(2));
            StepTiming timing = random(random, p, v);
            int m = schedule == Schedule.DUALPIPE ? 2 * (p + random.nextInt(6)) : 1 + random.nextInt(12);
            StepReplay replay = run(timing, schedule, m);
            for (int stage = 0; stage < p; stage++) {
                long sum = replay.stage(stage).booked().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertThat(sum).as("seed %d stage %d", seed, stage).isEqualTo(replay.endNanos());
            }
        }
    }

    @Test
    void theOrderOfTiesDoesNotMatter() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            StepTiming timing = random(random, 4, 2);
            StepReplay one = run(timing, Schedule.INTERLEAVED, 8);
            StepReplay other = StepReplay.run(
                    timing,
                    program(timing, Schedule.INTERLEAVED, 8),
                    new Simulation(TieOrder.permuted(seed + 1)),
                    span -> {});
            assertThat(other.endNanos()).isEqualTo(one.endNanos());
            for (int stage = 0; stage < 4; stage++) {
                assertThat(other.stage(stage).booked())
                        .isEqualTo(one.stage(stage).booked());
            }
        }
    }

    @Test
    void aScheduleThatWaitsForItselfIsNamed() {
        List<Pass> backwardFirst = List.of(new Pass(Pass.Kind.BACKWARD, 0, 0), new Pass(Pass.Kind.FORWARD, 0, 0));
        PipelineProgram program = new PipelineProgram(
                new PipelineShape(2, 1, 1),
                List.of(backwardFirst, backwardFirst),
                new ChunkRoute(ChunkPlacement.LOOP, 2, 1),
                false);
        assertThatThrownBy(() ->
                        StepReplay.run(timing(2, 1, 0, false, List.of(), 0), program, new Simulation(), span -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("deadlock")
                .hasMessageContaining("stage 0 waits for B0");
    }

    /** Messages of 15 years: 2 stages x 2 messages each for every micro-batch. */
    @Test
    void aStepOfManyYearsIsRefused() {
        assertThatThrownBy(() -> run(timing(2, 1, 4.7e8, false, List.of(), 0), Schedule.GPIPE, 8))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("may take 477 years");
    }

    private static double seconds(Schedule schedule, int stages, int chunks, int microBatches) {
        StepTiming timing = timing(stages, chunks, 0, false, List.of(), 0);
        return run(timing, schedule, microBatches).endNanos() / 1e9;
    }

    private static StepReplay run(StepTiming timing, Schedule schedule, int microBatches) {
        return StepReplay.run(timing, program(timing, schedule, microBatches), new Simulation(), span -> {});
    }

    private static PipelineProgram program(StepTiming timing, Schedule schedule, int microBatches) {
        PipelineShape shape = new PipelineShape(timing.stages(), microBatches, timing.chunksPerStage());
        return PipelineProgram.of(schedule, shape, timing.estimates(0.4));
    }

    private static StepTiming timing(
            int stages, int chunks, double message, boolean block, List<Double> buckets, double optimizer) {
        PassCost half = PassCost.compute(BACKWARD / 2);
        ChunkTiming chunk = new ChunkTiming(PassCost.compute(FORWARD), PassCost.compute(BACKWARD), half, half, buckets);
        return new StepTiming(
                Collections.nCopies(stages, Collections.nCopies(chunks, chunk)),
                StageMessages.alike(message),
                block,
                false,
                Collections.nCopies(stages, optimizer),
                Collections.nCopies(stages, 0.0),
                0);
    }

    private static StepTiming overlapping(StepTiming t) {
        return new StepTiming(
                t.chunks(), t.messages(), t.messagesBlock(), true, t.optimizer(), t.gather(), t.tiedReduction());
    }

    private static StepTiming random(Random random, int stages, int chunks) {
        List<List<ChunkTiming>> all = new ArrayList<>();
        for (int i = 0; i < stages; i++) {
            List<ChunkTiming> ofStage = new ArrayList<>();
            for (int j = 0; j < chunks; j++) {
                PassCost input = pass(random);
                PassCost weight = pass(random);
                ofStage.add(new ChunkTiming(
                        pass(random), input.plus(weight), input, weight, List.of(random.nextInt(3) * 1e-3, 1e-3)));
            }
            all.add(ofStage);
        }
        return new StepTiming(
                all,
                new StageMessages(random.nextInt(3) * 0.5e-3, random.nextInt(3) * 0.5e-3, 1, 2),
                random.nextBoolean(),
                random.nextBoolean(),
                Collections.nCopies(stages, 1e-3),
                Collections.nCopies(stages, random.nextInt(2) * 1e-3),
                random.nextInt(2) * 1e-3);
    }

    private static PassCost pass(Random random) {
        return new PassCost(
                new Work((1 + random.nextInt(3)) * 1e-3, random.nextInt(2) * 1e-3),
                new Exchanges(random.nextInt(2) * 1e-3, 0, 0),
                new Transfers(0, 0),
                new Lag(random.nextInt(2) * 1e-4, 0));
    }
}
