package trainyard.parallel.step.uneven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.parallel.schedule.PipelineProgram;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.LockstepPace;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;
import trainyard.parallel.step.replay.JitterDraws;
import trainyard.parallel.step.replay.ReplicaTiming;
import trainyard.parallel.step.replay.StepReplay;
import trainyard.sim.engine.Simulation;

/** Replicas that differ, against sums by hand. Forward takes 1 ms, backward 2 ms at full speed. */
class UnevenReplayTest {

    private static final double FORWARD = 1e-3;
    private static final double BACKWARD = 2e-3;
    private static final long MICROSECOND = 1000;

    /** m (F + B) x + reduction: the slow replica decides, the other waits (x - 1) m (F + B). */
    @Test
    void inDataParallelOneSlowReplicaCostsItsFactor() {
        StepReplay replay = run(4, List.of(1.5e-3), replica(1.25), replica(1), replica(1));
        assertThat(replay.endNanos()).isEqualTo(4 * 3750 * MICROSECOND + 1500 * MICROSECOND);
        assertThat(replay.stage(0, 0).booked().get(TimeState.STRAGGLER_WAIT)).isZero();
        assertThat(replay.stage(1, 0).booked().get(TimeState.STRAGGLER_WAIT)).isEqualTo(3000 * MICROSECOND);
        assertThat(replay.stage(1, 0).booked().get(TimeState.DATA_COMMUNICATION))
                .isEqualTo(1500 * MICROSECOND);
    }

    /** GPipe with two stages, one of them x = 2: its m passes decide, F of the first before and B after. */
    @Test
    void inAPipelineOnlyTheStageOfASlowRankIsLonger() {
        int m = 8;
        StepReplay replay = run(m, List.of(), replica(1, 2));
        double expected = FORWARD + m * 2 * FORWARD + m * 2 * BACKWARD + BACKWARD;
        assertThat(replay.endNanos() / 1e9).isCloseTo(expected, within(1e-9));
        assertThat(replay.stage(0, 0).booked().get(TimeState.COMPUTE)).isEqualTo(3L * m * 1000 * MICROSECOND);
        assertThat(replay.stage(0, 1).booked().get(TimeState.COMPUTE)).isEqualTo(6L * m * 1000 * MICROSECOND);
    }

    /** Replicas of 2 and 6 micro-batches, the second three times as fast: both take 6 ms, none waits. */
    @Test
    void unequalSharesOfTheBatchEvenOutUnequalSpeeds() {
        ReplicaTiming slow = timing(2, List.of(), 3);
        ReplicaTiming fast = timing(6, List.of(), 1);
        StepReplay replay = StepReplay.run(slow.timing(), List.of(slow, fast), Simulation::new, span -> {});
        assertThat(replay.endNanos()).isEqualTo(18_000 * MICROSECOND);
        assertThat(replay.stage(0, 0).booked().get(TimeState.STRAGGLER_WAIT)).isZero();
        assertThat(replay.stage(1, 0).booked().get(TimeState.STRAGGLER_WAIT)).isZero();
    }

    /** Two buckets of 2 ms, ready after 4 and 6 ms of the slow backward pass: the second is exposed in full. */
    @Test
    void bucketsWaitForTheSlowestReplica() {
        StepReplay replay = run(1, true, List.of(2e-3, 2e-3), replica(1), replica(2));
        assertThat(replay.endNanos()).isEqualTo(8000 * MICROSECOND);
        assertThat(replay.stage(0, 0).booked().get(TimeState.STRAGGLER_WAIT)).isEqualTo(3000 * MICROSECOND);
        assertThat(replay.stage(0, 0).booked().get(TimeState.DATA_COMMUNICATION))
                .isEqualTo(2000 * MICROSECOND);
    }

    /** The states of every lane sum to the step, whatever the schedule and the speeds. */
    @Test
    void statesSumToTheStepForRandomReplicas() {
        Random random = new Random(5);
        for (Schedule schedule : List.of(Schedule.GPIPE, Schedule.ONE_F_ONE_B, Schedule.ZB_H1, Schedule.ZB_H2)) {
            for (int i = 0; i < 40; i++) {
                int stages = 1 + random.nextInt(4);
                List<ReplicaTiming> classes = new ArrayList<>();
                int m = 1 + random.nextInt(8);
                for (int c = 0; c < 1 + random.nextInt(4); c++) {
                    double[] times = random.doubles(stages, 1, 3).toArray();
                    classes.add(timing(
                            schedule, m, random.nextBoolean(), List.of(1e-4, 2e-4), draws(random, stages, m), times));
                }
                StepReplay replay = StepReplay.run(classes.get(0).timing(), classes, Simulation::new, span -> {});
                for (int c = 0; c < classes.size(); c++) {
                    for (int s = 0; s < stages; s++) {
                        var booked = replay.stage(c, s).booked();
                        assertThat(booked.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .isEqualTo(replay.endNanos());
                        assertThat(booked.values()).allMatch(nanos -> nanos >= 0);
                    }
                }
            }
        }
    }

    /** Classes of one replica each that are alike take what one class takes. */
    @Test
    void replicasThatAreAlikeMayBeFolded() {
        StepReplay folded = run(8, true, List.of(1e-3, 1e-3), replica(1.5, 1, 1));
        StepReplay apart = run(8, true, List.of(1e-3, 1e-3), replica(1.5, 1, 1), replica(1.5, 1, 1));
        assertThat(apart.endNanos()).isEqualTo(folded.endNanos());
        assertThat(apart.stage(1, 2).booked()).isEqualTo(folded.stage(2).booked());
    }

    private static JitterDraws draws(Random random, int stages, int microBatches) {
        double[][] most = new double[stages][microBatches];
        double[][] mean = new double[stages][microBatches];
        for (int s = 0; s < stages; s++) {
            for (int i = 0; i < microBatches; i++) {
                mean[s][i] = 0.5 + random.nextDouble();
                most[s][i] = mean[s][i] + random.nextDouble();
            }
        }
        return new JitterDraws(most, mean);
    }

    private static double[] replica(double... times) {
        return times;
    }

    private static StepReplay run(int microBatches, List<Double> buckets, double[]... replicas) {
        return run(microBatches, false, buckets, replicas);
    }

    private static StepReplay run(int microBatches, boolean overlap, List<Double> buckets, double[]... replicas) {
        List<ReplicaTiming> classes = new ArrayList<>();
        for (double[] times : replicas) {
            classes.add(timing(Schedule.GPIPE, microBatches, overlap, buckets, JitterDraws.NONE, times));
        }
        return StepReplay.run(classes.get(0).timing(), classes, Simulation::new, span -> {});
    }

    private static ReplicaTiming timing(int microBatches, List<Double> buckets, double... times) {
        return timing(Schedule.GPIPE, microBatches, false, buckets, JitterDraws.NONE, times);
    }

    /** @param times by how much longer each stage takes */
    private static ReplicaTiming timing(
            Schedule schedule,
            int microBatches,
            boolean overlap,
            List<Double> buckets,
            JitterDraws draws,
            double... times) {
        List<List<ChunkTiming>> chunks = new ArrayList<>();
        for (double time : times) {
            PassCost half = PassCost.compute(BACKWARD / 2).at(new LockstepPace(1, time, time));
            chunks.add(List.of(new ChunkTiming(
                    PassCost.compute(FORWARD).at(new LockstepPace(1, time, time)),
                    half.plus(half),
                    half,
                    half,
                    buckets)));
        }
        List<Double> none = Collections.nCopies(times.length, 0.0);
        StepTiming timing = new StepTiming(chunks, StageMessages.NONE, false, overlap, none, none, 0);
        PipelineShape shape = new PipelineShape(times.length, microBatches, 1);
        PipelineProgram program = PipelineProgram.of(schedule, shape, timing.estimates(0.5));
        return new ReplicaTiming(
                "",
                timing,
                program,
                Collections.nCopies(times.length, StageMessages.NONE),
                Collections.nCopies(times.length, 1.0),
                draws);
    }
}
