package trainyard.scenario.workload.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.life.CheckpointMetrics;

/** The unit of a value that stands beside a sentence is that of the sentence. */
class MetricTest {

    private static final double DAY = 86_400;

    @Test
    void durationsAreInTheUnitOfTheirText() {
        Metric days = CheckpointMetrics.RPO.asWritten(27 * DAY);
        assertThat(CheckpointMetrics.RPO.format(27 * DAY)).isEqualTo("27 days");
        assertThat(days.unit()).isEqualTo("days");
        assertThat(days.inUnit(27 * DAY)).isCloseTo(27, within(1e-12));
        assertThat(days).isEqualTo(CheckpointMetrics.RPO);
    }

    @Test
    void soAreAmountsOfData() {
        Metric written = CheckpointMetrics.BYTES.asWritten(2.45e12);
        assertThat(CheckpointMetrics.BYTES.format(2.45e12)).endsWith(" " + written.unit());
        assertThat(written.inUnit(2.45e12)).isBetween(1.0, 1024.0);
    }

    @Test
    void sharesAndCountsStayAsTheyAre() {
        assertThat(CheckpointMetrics.SIGNALS_SAVED.asWritten(0.5).unit()).isEqualTo("%");
        assertThat(CheckpointMetrics.KEPT.asWritten(0).unit()).isEqualTo(CheckpointMetrics.KEPT.unit());
        assertThat(CheckpointMetrics.KEPT.asWritten(12).inUnit(12)).isEqualTo(12);
    }
}
