package trainyard.parallel.step.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import trainyard.parallel.schedule.Schedule;
import trainyard.parallel.step.price.PassCost;
import trainyard.parallel.step.price.StageMessages;
import trainyard.parallel.step.price.StepTiming;
import trainyard.parallel.step.price.StepTiming.ChunkTiming;

/** Many micro-batches, by hand. */
class AnalyticPipelineTest {

    private static final int MICRO_BATCHES = 1000;

    private static final Offset<Double> ROUNDING = within(1e-6);

    /** The last stage goes back through all micro-batches in 1 s each, the first in 2 s each. */
    @Test
    void stagesGrowEachAtTheirOwnRate() {
        PipelineTimes times = times(Schedule.GPIPE, StageMessages.NONE, false, chunk(1, 2, 0), chunk(1, 1, 0));

        assertThat(times.done()[1]).isCloseTo(1 + MICRO_BATCHES * 2.0, ROUNDING);
        assertThat(times.done()[0]).isCloseTo(1 + MICRO_BATCHES + 1 + MICRO_BATCHES * 2.0, ROUNDING);
        assertThat(times.gradientStart()[1]).isCloseTo(MICRO_BATCHES * 2.0, ROUNDING);
        assertThat(times.gradientEnd()[1]).isCloseTo(1 + MICRO_BATCHES * 2.0, ROUNDING);
    }

    /** The second stage starts late by 50 s and catches up by 0.1 s each; then it waits for the first. */
    @Test
    void aStageMayWaitForAnotherOnlyAfterHundredsOfMicroBatches() {
        PipelineTimes times = times(Schedule.GPIPE, StageMessages.NONE, false, chunk(1, 1, 0), chunk(0.9, 1, 50));
        assertThat(times.done()[1]).isCloseTo(MICRO_BATCHES + 0.9 + MICRO_BATCHES, ROUNDING);

        times = times(Schedule.GPIPE, StageMessages.NONE, false, chunk(1, 1, 0), chunk(0.9, 1, 150));
        assertThat(times.done()[1]).isCloseTo(1 + 150 + 0.9 * MICRO_BATCHES + MICRO_BATCHES, ROUNDING);
    }

    /**
     * Three micro-batches in turn fill the way to the third stage and back, 3 x (1 + 2) + 4 x 0.5 s, where a stage alone
     * would need 9 s for them. The first takes that way, and 333 times a third one comes back 11 s after the third before
     * it.
     */
    @Test
    void aPeriodMayBeOfSeveralMicroBatches() {
        ChunkTiming equal = chunk(1, 2, 0);
        PipelineTimes times = times(Schedule.ONE_F_ONE_B, StageMessages.alike(0.5), false, equal, equal, equal);
        assertThat(times.done()[0]).isCloseTo(11 + 333 * 11, ROUNDING);
    }

    /**
     * The second stage starts after 1.5 s, goes forward in 2 s each and back in 2.5 s each, half a second of it for the
     * message, with which its last gradient has come.
     */
    @Test
    void aMessageThatHoldsUpIsCountedOnce() {
        PipelineTimes times = times(Schedule.GPIPE, StageMessages.alike(0.5), true, chunk(1, 1, 0), chunk(2, 2, 0));

        assertThat(times.done()[1]).isCloseTo(1.5 + 4.5 * MICRO_BATCHES, ROUNDING);
        assertThat(times.done()[0]).isCloseTo(1.5 + 4.5 * MICRO_BATCHES + 1, ROUNDING);
    }

    private static PipelineTimes times(
            Schedule schedule, StageMessages messages, boolean messagesBlock, ChunkTiming... stages) {
        List<Double> nothing = Collections.nCopies(stages.length, 0.0);
        StepTiming timing = new StepTiming(
                List.of(stages).stream().map(List::of).toList(), messages, messagesBlock, false, nothing, nothing, 0);
        return new AnalyticPipeline(new PipelinePrograms()).times(timing, schedule, MICRO_BATCHES);
    }

    private static ChunkTiming chunk(double forward, double backward, double first) {
        return new ChunkTiming(
                PassCost.compute(forward),
                PassCost.compute(backward),
                PassCost.ZERO,
                PassCost.ZERO,
                List.of(),
                PassCost.data(first),
                PassCost.ZERO,
                PassCost.ZERO);
    }
}
