package trainyard.parallel.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.parallel.plan.Schedule;
import trainyard.parallel.schedule.Pass.Direction;

class PipelineScheduleTest {

    @ParameterizedTest
    @EnumSource(Schedule.class)
    void everyStageRunsEveryPassOnceAndForwardFirst(Schedule schedule) {
        for (int stages = 2; stages <= 6; stages++) {
            for (int microBatches = 1; microBatches <= 13; microBatches++) {
                int chunks = schedule == Schedule.INTERLEAVED ? 3 : 1;
                for (int stage = 0; stage < stages; stage++) {
                    List<Pass> passes = PipelineSchedule.of(schedule).passes(stage, stages, microBatches, chunks);
                    assertThat(passes).hasSize(2 * microBatches * chunks).doesNotHaveDuplicates();
                    assertForwardFirst(passes);
                }
            }
        }
    }

    private static void assertForwardFirst(List<Pass> passes) {
        Set<Pass> seen = new HashSet<>();
        for (Pass pass : passes) {
            if (pass.direction() == Direction.BACKWARD) {
                assertThat(seen).contains(Pass.forward(pass.microBatch(), pass.chunk()));
            }
            seen.add(pass);
        }
    }

    /** Narayanan et al. 2021, section 2.2.1: no stage of 1F1B holds more than p - i micro-batches. */
    @ParameterizedTest
    @EnumSource(
            value = Schedule.class,
            names = {"ONE_F_ONE_B"})
    void oneForwardOneBackwardHoldsFewMicroBatches(Schedule schedule) {
        int stages = 5;
        for (int stage = 0; stage < stages; stage++) {
            int held = 0;
            int most = 0;
            for (Pass pass : PipelineSchedule.of(schedule).passes(stage, stages, 20, 1)) {
                held += pass.direction() == Direction.FORWARD ? 1 : -1;
                most = Math.max(most, held);
            }
            assertThat(most).isEqualTo(stages - stage);
        }
    }
}
