package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.schedule.Pass;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;

class ActivationPeakTest {

    /** Chunks in flight at the peak of one stage when every chunk keeps one byte. */
    private static double chunksInFlight(Schedule schedule, int stage, int stages, int microBatches, int chunks) {
        List<ActivationPeak.Chunk> equal = Collections.nCopies(chunks, new ActivationPeak.Chunk(1, 0, 0, 0.4));
        return ActivationPeak.of(passes(schedule, stage, stages, microBatches, chunks), equal)
                .activationBytes();
    }

    private static List<Pass> passes(Schedule schedule, int stage, int stages, int microBatches, int chunks) {
        return schedule.order()
                .passes(new PipelineShape(stages, microBatches, chunks), PassEstimates.equal(0.4))
                .get(stage);
    }

    @Test
    void gpipeHoldsEveryMicroBatch() {
        assertThat(chunksInFlight(Schedule.GPIPE, 0, 4, 10, 1)).isEqualTo(10);
        assertThat(chunksInFlight(Schedule.GPIPE, 3, 4, 10, 1)).isEqualTo(10);
    }

    @Test
    void oneForwardOneBackwardHoldsAsManyAsStagesFollow() {
        for (int stage = 0; stage < 8; stage++) {
            for (int microBatches : new int[] {1, 3, 8, 64}) {
                assertThat(chunksInFlight(Schedule.ONE_F_ONE_B, stage, 8, microBatches, 1))
                        .isEqualTo(Math.min(microBatches, 8 - stage));
            }
        }
    }

    /** First stage: v p + p - 1 chunks, that is L (1 + (p - 1) / (p v)) layers (Korthikanti et al. 2022, section 4.2.3). */
    @Test
    void interleavedHoldsTheChunksOfThePaper() {
        for (int stages : new int[] {2, 4, 8, 35}) {
            for (int chunks : new int[] {2, 3, 6}) {
                assertThat(chunksInFlight(Schedule.INTERLEAVED, 0, stages, 8 * stages, chunks))
                        .isEqualTo(chunks * stages + stages - 1);
            }
        }
    }

    /** Micro-batches of 1F1B, of both together, and at most the limit of automatic schedules (Qi et al. 2024, table 2). */
    @Test
    void zeroBubbleSchedulesHoldWhatTheirLimitsSay() {
        for (int stages : new int[] {2, 4, 8}) {
            int microBatches = 4 * stages;
            assertThat(chunksInFlight(Schedule.ZB_H1, 0, stages, microBatches, 1))
                    .isEqualTo(stages);
            assertThat(chunksInFlight(Schedule.ZB_H2, 0, stages, microBatches, 1))
                    .isEqualTo(2 * stages - 1);
            for (int stage = 0; stage < stages; stage++) {
                assertThat(chunksInFlight(Schedule.ZB_1P, stage, stages, microBatches, 1))
                        .isLessThanOrEqualTo(stages + 1e-9);
                assertThat(chunksInFlight(Schedule.ZB_2P, stage, stages, microBatches, 1))
                        .isLessThanOrEqualTo(2 * stages + 1e-9);
            }
        }
    }

    /** 2 p, p and 2 p / 3 chunks for the three V schedules, rounded up to whole ones on both chunks of a stage. */
    @Test
    void theVSchedulesHoldWhatTheirBlocksSay() {
        for (int stages : new int[] {4, 8, 16}) {
            for (int stage = 0; stage < stages; stage++) {
                assertThat(chunksInFlight(Schedule.ZB_V, stage, stages, 4 * stages, 2))
                        .isLessThanOrEqualTo(2 * stages + 1e-9);
                assertThat(chunksInFlight(Schedule.V_HALF, stage, stages, 4 * stages, 2))
                        .isLessThanOrEqualTo(stages + 3);
                assertThat(chunksInFlight(Schedule.V_MIN, stage, stages, 4 * stages, 2))
                        .isLessThanOrEqualTo(2 * stages / 3.0 + 4);
            }
        }
    }

    /** DeepSeek-AI 2024, table 2: activations of p + 1 micro-batches. */
    @Test
    void dualPipeHoldsOneMicroBatchMoreThanStages() {
        for (int stage = 0; stage < 8; stage++) {
            assertThat(chunksInFlight(Schedule.DUALPIPE, stage, 8, 32, 2)).isLessThanOrEqualTo(9 + 1e-9);
        }
    }

    @Test
    void countsTheWorkOfTheBackwardPassAtThePeak() {
        List<ActivationPeak.Chunk> chunk = List.of(new ActivationPeak.Chunk(10, 3, 5, 4));
        ActivationPeak peak = ActivationPeak.of(passes(Schedule.ONE_F_ONE_B, 0, 2, 4, 1), chunk);

        assertThat(peak).isEqualTo(new ActivationPeak(20, 6, 5, 0));
    }

    /** What was added and freed leaves nothing, nor less than nothing, of bytes that no binary number holds. */
    @Test
    void whatIsFreedLeavesNothing() {
        for (Schedule schedule : List.of(Schedule.V_HALF, Schedule.V_MIN, Schedule.ZB_V)) {
            for (int i = 1; i <= 100; i++) {
                ActivationPeak.Chunk first = new ActivationPeak.Chunk(1e8, 0, 0, 1e10);
                ActivationPeak.Chunk last = new ActivationPeak.Chunk(1e7, 1e8 / i, 0, 0.4 * (1e7 + 1e8 / i));
                ActivationPeak peak = ActivationPeak.of(passes(schedule, 0, 9, 6, 2), List.of(first, last));

                assertThat(peak.logitBytes()).as("%s, %d", schedule, i).isNotNegative();
            }
        }
    }

    /** With as many micro-batches as stages chunks go backward one after the other; with more, all are added to again. */
    @Test
    void wholeGradientsAreThoseOfTwoChunksOrOfAll() {
        List<ActivationPeak.Chunk> chunks =
                Collections.nCopies(8, new ActivationPeak.Chunk(0, 0, 0, 0).withWholeGradients(3));
        assertThat(ActivationPeak.of(passes(Schedule.INTERLEAVED, 1, 16, 16, 8), chunks)
                        .gradientBytes())
                .isEqualTo(6);
        assertThat(ActivationPeak.of(passes(Schedule.INTERLEAVED, 1, 16, 32, 8), chunks)
                        .gradientBytes())
                .isEqualTo(24);
        assertThat(ActivationPeak.of(passes(Schedule.ONE_F_ONE_B, 0, 4, 8, 1), chunks.subList(0, 1))
                        .gradientBytes())
                .isEqualTo(3);
    }
}
