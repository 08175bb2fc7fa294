package trainyard.parallel.step.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.parallel.schedule.ChunkPlacement;
import trainyard.parallel.schedule.ChunkRoute;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.RandomJobs;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.replay.StepReplay;
import trainyard.sim.engine.Simulation;

class PipelineRecurrenceTest {

    private static final double NANOSECOND = 1e-9;

    /** The replay rounds every pass and message to a nanosecond, so that much may gather along the longest path. */
    @Test
    void isTheReplayToTheNanosecondOfEachPass() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Schedule schedule = RandomJobs.schedule(random);
            boolean chunked = schedule == Schedule.INTERLEAVED;
            int stages = chunked ? 2 + random.nextInt(6) : 1 + random.nextInt(8);
            PipelineShape shape = new PipelineShape(
                    stages, 1 + random.nextInt(random.nextBoolean() ? 20 : 200), chunked ? 2 + random.nextInt(3) : 1);
            StepTiming timing = timing(shape, random);
            PipelineProgram program = PipelineProgram.of(schedule, shape, PassEstimates.equal(1));
            PassSequence sequence = PassSequence.of(program);
            PipelineTimes times = PipelineRecurrence.solve(timing, sequence, shape.microBatches(), new PassEnds());

            double replayed = StepReplay.run(timing, program, new Simulation(), span -> {})
                            .endNanos()
                    * NANOSECOND;
            double roundings = 2.0 * sequence.slots().length;
            assertThat(Arrays.stream(times.done()).max().orElseThrow())
                    .as("seed %d, %s %s", seed, schedule, shape)
                    .isCloseTo(replayed, within(roundings * NANOSECOND));
        }
    }

    /** Two stages, one micro-batch. */
    @Test
    void tellsWhenGradientsAreComplete() {
        StepTiming timing = timing(List.of(chunk(3, 5), chunk(7, 11)), 0.5, true);
        PipelineShape shape = new PipelineShape(2, 1, 1);
        PassSequence sequence =
                PassSequence.of(PipelineProgram.of(Schedule.ONE_F_ONE_B, shape, PassEstimates.equal(1)));
        PipelineTimes times = PipelineRecurrence.solve(timing, sequence, 1, new PassEnds());

        assertThat(times.gradientStart()).containsExactly(22.0, 10.5);
        assertThat(times.gradientEnd()).containsExactly(27.0, 21.5);
        // The second stage is held up until its gradient has arrived.
        assertThat(times.done()).containsExactly(27.0, 22.0);
    }

    @Test
    void aProgramThatWaitsForItselfIsRefused() {
        Pass forward = new Pass(Pass.Kind.FORWARD, 0, 0);
        Pass backward = new Pass(Pass.Kind.BACKWARD, 0, 0);
        PipelineProgram program = new PipelineProgram(
                new PipelineShape(2, 1, 1),
                List.of(List.of(backward, forward), List.of(forward, backward)),
                new ChunkRoute(ChunkPlacement.LOOP, 2, 1),
                false);

        assertThatIllegalStateException()
                .isThrownBy(() -> PassSequence.of(program))
                .withMessageContaining("stage 0");
    }

    private static StepTiming timing(PipelineShape shape, Random random) {
        List<List<ChunkTiming>> chunks = IntStream.range(0, shape.stages())
                .mapToObj(stage -> IntStream.range(0, shape.chunks())
                        .mapToObj(chunk -> chunk(random))
                        .toList())
                .toList();
        List<Double> nothing = Collections.nCopies(shape.stages(), 0.0);
        return new StepTiming(chunks, messages(random), random.nextBoolean(), false, nothing, nothing, 0);
    }

    /** Some borders between stages lie within a node and some do not. */
    private static StageMessages messages(Random random) {
        return new StageMessages(
                1e-3 * random.nextDouble(), 1e-3 * random.nextDouble(), 1 + random.nextInt(2), 2 + random.nextInt(3));
    }

    private static StepTiming timing(List<ChunkTiming> stages, double message, boolean messagesBlock) {
        List<Double> nothing = Collections.nCopies(stages.size(), 0.0);
        return new StepTiming(
                stages.stream().map(List::of).toList(),
                StageMessages.alike(message),
                messagesBlock,
                false,
                nothing,
                nothing,
                0);
    }

    /** Now and then the first and the last pass take longer, as where weights are gathered once in a step. */
    private static ChunkTiming chunk(Random random) {
        ChunkTiming each = chunk(1e-3 * random.nextDouble(), 2e-3 * random.nextDouble());
        double once = random.nextBoolean() ? 1e-3 : 0;
        return new ChunkTiming(
                each.forward(),
                each.backward(),
                each.inputBackward(),
                each.weight(),
                List.of(),
                PassCost.data(once * random.nextDouble()),
                PassCost.data(once * random.nextDouble()),
                PassCost.ZERO);
    }

    private static ChunkTiming chunk(double forward, double backward) {
        return new ChunkTiming(
                PassCost.compute(forward), PassCost.compute(backward), PassCost.ZERO, PassCost.ZERO, List.of());
    }
}
