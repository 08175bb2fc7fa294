package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.schedule.PassEstimates;
import trainyard.parallel.schedule.PipelineShape;
import trainyard.parallel.schedule.Schedule;

class BubbleRateTest {

    private static final PassEstimates EQUAL = new PassEstimates(1e-3, 1e-3, 1e-3, 0, 0.4);

    /** Idle time over ideal time, in units of (p - 1) / m, for equal passes and free messages. */
    private static double units(Schedule schedule, int stages, int microBatches) {
        int chunks = schedule.chunksPerStage().orElse(2);
        double rate = BubbleRate.of(schedule, new PipelineShape(stages, microBatches, chunks), EQUAL);
        return rate / (1 - rate) * microBatches / (stages - 1);
    }

    /**
     * (p - 1) (TF + TB + TW) for GPipe and 1F1B, (p - 1) (TF + TB - TW) for ZB-H1, none for the others (Huang et al. 2019;
     * Qi et al. 2024, table 2).
     */
    @Test
    void equalPassesGiveTheClosedForms() {
        for (int stages : new int[] {2, 3, 4, 8, 16}) {
            for (int microBatches : new int[] {2 * stages, 3 * stages, 5 * stages}) {
                assertThat(units(Schedule.GPIPE, stages, microBatches)).isCloseTo(1, within(1e-6));
                assertThat(units(Schedule.ONE_F_ONE_B, stages, microBatches)).isCloseTo(1, within(1e-6));
                assertThat(units(Schedule.ZB_H1, stages, microBatches)).isCloseTo(1.0 / 3, within(1e-6));
                assertThat(units(Schedule.ZB_1P, stages, microBatches)).isCloseTo(1.0 / 3, within(1e-6));
                for (Schedule none : List.of(Schedule.ZB_H2, Schedule.ZB_2P, Schedule.ZB_V)) {
                    assertThat(units(none, stages, microBatches))
                            .as("%s p=%d m=%d", none, stages, microBatches)
                            .isCloseTo(0, within(1e-6));
                }
            }
        }
    }

    /** Less memory than ZB-V costs time: half of it about half the bubble of 1F1B, a third of it about all. */
    @Test
    void theVTradesMemoryForIdleTime() {
        for (int stages : new int[] {4, 8, 16}) {
            assertThat(units(Schedule.V_HALF, stages, 4 * stages)).isBetween(0.3, 0.6);
            assertThat(units(Schedule.V_MIN, stages, 4 * stages)).isBetween(0.6, 1.1);
        }
    }

    /** At most (p / 2 - 1) (FB + B - 3 W) with FB = F + B: 2 (p / 2 - 1) for equal passes (DeepSeek-AI 2024, table 2). */
    @Test
    void dualPipeStaysBelowItsClosedForm() {
        for (int stages : new int[] {2, 4, 8, 16}) {
            int microBatches = 4 * stages;
            double idle = units(Schedule.DUALPIPE, stages, microBatches) * (stages - 1) / microBatches;
            double ideal = 3.0 * microBatches;
            assertThat(idle * ideal).isBetween(0.0, 2 * (stages / 2.0 - 1) + 1e-6);
        }
    }

    /**
     * Qi et al. 2024, table 5, 1.5B on 8 stages, with the times that the authors profiled for each number of micro-batches
     * (sail-sg/zero-bubble-pipeline-parallelism, efficiency.py, commit f68d3879); M_W / M_B = 32 h / (34 h + 5 a s) of table
     * 1.
     */
    @ParameterizedTest
    @CsvSource({
        "ONE_F_ONE_B, 24, 18.522, 18.086, 9.337, 0.601, 0.2431",
        "ONE_F_ONE_B, 64, 18.546, 18.097, 9.321, 0.762, 0.1240",
        "ZB_H1, 24, 18.522, 18.086, 9.337, 0.601, 0.1585",
        "ZB_H1, 64, 18.546, 18.097, 9.321, 0.762, 0.0674",
        "ZB_H2, 24, 18.522, 18.086, 9.337, 0.601, 0.1083",
        "ZB_H2, 64, 18.546, 18.097, 9.321, 0.762, 0.0444",
        "ZB_1P, 24, 18.522, 18.086, 9.337, 0.601, 0.1585",
        "ZB_1P, 64, 18.546, 18.097, 9.321, 0.762, 0.0674",
        "ZB_2P, 24, 18.522, 18.086, 9.337, 0.601, 0.0433",
        "ZB_2P, 64, 18.546, 18.097, 9.321, 0.762, 0.0026",
    })
    void publishedTimesGiveThePublishedRates(
            Schedule schedule, int microBatches, double f, double b, double w, double message, double published) {
        double kept = 32 * 2304.0 / (34 * 2304 + 5 * 24 * 1024);
        PassEstimates times = new PassEstimates(f * 1e-3, b * 1e-3, w * 1e-3, message * 1e-3, kept);
        assertThat(BubbleRate.of(schedule, new PipelineShape(8, microBatches, 1), times))
                .isCloseTo(published, within(5e-5));
    }
}
