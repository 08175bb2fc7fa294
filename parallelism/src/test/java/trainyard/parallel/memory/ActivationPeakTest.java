package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.plan.Schedule;
import trainyard.parallel.schedule.PipelineSchedule;

class ActivationPeakTest {

    /** Chunks in flight at the peak of one stage when every chunk keeps one byte. */
    private static double chunksInFlight(Schedule schedule, int stage, int stages, int microBatches, int chunks) {
        List<ActivationPeak.Chunk> equal = Collections.nCopies(chunks, new ActivationPeak.Chunk(1, 0, 0));
        return ActivationPeak.of(PipelineSchedule.of(schedule).passes(stage, stages, microBatches, chunks), equal)
                .activationBytes();
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

    @Test
    void countsTheWorkOfTheBackwardPassAtThePeak() {
        List<ActivationPeak.Chunk> chunk = List.of(new ActivationPeak.Chunk(10, 3, 5));
        ActivationPeak peak =
                ActivationPeak.of(PipelineSchedule.of(Schedule.ONE_F_ONE_B).passes(0, 2, 4, 1), chunk);

        assertThat(peak).isEqualTo(new ActivationPeak(20, 6, 5));
    }
}
