package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.analytic.AnalyticPipeline;
import trainyard.parallel.step.analytic.AnalyticStep;
import trainyard.parallel.step.analytic.PipelinePrograms;
import trainyard.parallel.step.analytic.PipelineTimes;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.PassCost.Exchanges;
import trainyard.parallel.step.price.PassCost.Lag;
import trainyard.parallel.step.price.PassCost.Transfers;
import trainyard.parallel.step.price.PassCost.Work;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.replay.StepReplay;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.engine.Simulation;

/** The arithmetic against the replay. */
class AnalyticStepModelTest {

    /** The replay rounds every pass and message to a nanosecond; those here take at least some tens of microseconds. */
    private static final double TOLERANCE = 1e-5;

    @Test
    void agreesWithTheReplayOnRandomPlans() {
        for (long seed = 0; seed < 400; seed++) {
            assertAgree(seed, RandomJobs.job(new Random(seed)));
        }
    }

    /** Every schedule, ZeRO-2 and 3, FSDP and hybrid groups, context and expert ranks, uneven stages, recomputation. */
    @Test
    void agreesWithTheReplayOnWhateverAPlanMayHold() {
        for (long seed = 0; seed < 400; seed++) {
            assertAgree(seed, RandomJobs.anyJob(new Random(seed)));
        }
    }

    private static void assertAgree(long seed, TrainingJob job) {
        StepCost expected = new EventStepModel(NcclModel::on).cost(job);
        StepCost actual = new AnalyticStepModel(NcclModel::on).cost(job);
        assertThat(actual.seconds())
                .as("seed %d, %s", seed, job.plan())
                .isCloseTo(expected.seconds(), within(TOLERANCE * expected.seconds()));
        for (int i = 0; i < expected.terms().size(); i++) {
            assertThat(actual.terms().get(i).seconds())
                    .as("seed %d, %s", seed, expected.terms().get(i).name())
                    .isCloseTo(expected.terms().get(i).seconds(), within(TOLERANCE * expected.seconds()));
        }
        assertThat(actual.stages())
                .allSatisfy(stage -> assertThat(stage.totalNanos()).isEqualTo(actual.stepNanos()));
        assertThat(actual.memory()).isEqualTo(expected.memory());
    }

    /** Stages that differ by half, few and many micro-batches, blocking and free messages, work after the passes. */
    @Test
    void agreesWithTheReplayOnUnevenStages() {
        for (long seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            int microBatches = 1 + random.nextInt(random.nextBoolean() ? 12 : 150);
            assertAgree(seed, microBatches, random);
        }
    }

    @Test
    void agreesWithTheReplayOnThousandsOfPasses() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            assertAgree(seed, 200 + random.nextInt(801), random);
        }
    }

    private static void assertAgree(long seed, int microBatches, Random random) {
        Schedule schedule = RandomJobs.schedule(random);
        boolean chunked = schedule == Schedule.INTERLEAVED;
        int stages = chunked ? 2 + random.nextInt(6) : 1 + random.nextInt(10);
        StepTiming timing = timing(random, stages, chunked ? 2 + random.nextInt(3) : 1, microBatches);
        PipelineShape shape = new PipelineShape(stages, microBatches, timing.chunksPerStage());
        PipelineProgram program = PipelineProgram.of(schedule, shape, timing.estimates(0));
        double expected =
                StepReplay.run(timing, program, new Simulation(), span -> {}).endNanos() / 1e9;
        PipelineTimes times = new AnalyticPipeline(new PipelinePrograms()).times(timing, schedule, microBatches);
        assertThat(new AnalyticStep(timing, times).seconds())
                .as("seed %d %s p=%d m=%d", seed, schedule, stages, microBatches)
                .isCloseTo(expected, within(TOLERANCE * expected));
    }

    /**
     * The last stage is through with its passes long before the first and compresses its gradients meanwhile: 500 s of
     * them after 1,001 s of forward and 1,000 s of backward passes. The first ends at 1,002 + 2,000 s.
     */
    @Test
    void workAfterThePassesOfAStageStartsWhenTheyEnd() {
        PassCost second = PassCost.compute(1);
        PassCost two = PassCost.compute(2);
        List<Double> nothing = List.of(0.0, 0.0);
        StepTiming timing = new StepTiming(
                List.of(
                        List.of(new ChunkTiming(second, two, PassCost.ZERO, PassCost.ZERO, List.of())),
                        List.of(new ChunkTiming(second, second, PassCost.ZERO, PassCost.ZERO, List.of()))),
                StageMessages.NONE,
                false,
                false,
                nothing,
                nothing,
                0,
                List.of(0.0, 500.0),
                nothing);
        PipelineTimes times = new AnalyticPipeline(new PipelinePrograms()).times(timing, Schedule.GPIPE, 1000);
        assertThat(new AnalyticStep(timing, times).seconds()).isCloseTo(3002, within(1e-6));
    }

    private static StepTiming timing(Random random, int stages, int chunks, int microBatches) {
        List<List<ChunkTiming>> all = IntStream.range(0, stages)
                .mapToObj(stage -> IntStream.range(0, chunks)
                        .mapToObj(chunk -> chunk(random))
                        .toList())
                .toList();
        return new StepTiming(
                all,
                new StageMessages(random.nextDouble() * 0.3e-3, random.nextDouble() * 0.3e-3, 1, 2),
                random.nextBoolean(),
                random.nextBoolean(),
                Collections.nCopies(stages, 1e-3),
                Collections.nCopies(stages, random.nextInt(2) * 1e-3),
                random.nextInt(2) * 1e-3,
                // Up to as long as the passes of a stage differ from another's.
                ofEach(stages, random, random.nextInt(2) * microBatches * 1e-3),
                ofEach(stages, random, random.nextInt(2) * 1e-3));
    }

    private static List<Double> ofEach(int stages, Random random, double most) {
        return random.doubles(stages).mapToObj(share -> share * most).toList();
    }

    private static ChunkTiming chunk(Random random) {
        int buckets = random.nextInt(5);
        PassCost input = pass(1e-3, random);
        PassCost weight = pass(1e-3, random);
        return new ChunkTiming(
                pass(1e-3, random),
                input.plus(weight),
                input,
                weight,
                Collections.nCopies(buckets, random.nextDouble() * 1e-3));
    }

    private static PassCost pass(double scale, Random random) {
        return new PassCost(
                new Work(scale * (1 + random.nextDouble() / 2), 0),
                new Exchanges(0.1 * scale * random.nextDouble(), 0, 0),
                new Transfers(0, 0),
                new Lag(1e-5, 0));
    }
}
