package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.sites.SitesMetrics;
import trainyard.scenario.workload.step.StepMetrics;

/** Two layers of a billion parameters, 5 passes of 1 s, over 16 Gb/s: each layer takes a second to reduce. */
class SitesStudyTest {

    private static final double TINY = 1e-9;
    private static final String TWO = """
            trainyard: 1
            name: two
            sites:
              parameters: 2e9
              layers: 2
              compute-time: 5 s
              bandwidth: 16 Gb/s
            """;

    private static double mean(String more, Metric metric) {
        return TestStudies.run(TWO + more).cells().get(0).mean(metric).orElseThrow();
    }

    /** Layer 1 leaves at 4 s, layer 0 at 5 s, and the next forward pass waits for it. */
    @Test
    void theLastLayerIsWaitedFor() {
        assertThat(mean("", StepMetrics.STEP_TIME)).isCloseTo(6, within(TINY));
        assertThat(mean("", SitesMetrics.WAITING)).isCloseTo(1, within(TINY));
        assertThat(mean("", SitesMetrics.UTILIZATION)).isCloseTo(5 / 6.0, within(TINY));
        assertThat(mean("", SitesMetrics.LINK)).isCloseTo(2 / 6.0, within(TINY));
        assertThat(mean("", SitesMetrics.TRAFFIC)).isCloseTo(4e9, within(1.0));
        assertThat(mean("", SitesMetrics.SPEED_UP)).isCloseTo(10 / 6.0, within(TINY));
        assertThat(mean("  latency: 100 ms\n", StepMetrics.STEP_TIME)).isCloseTo(6.2, within(TINY));
        assertThat(mean("  period: 10\n", StepMetrics.STEP_TIME)).isCloseTo(5.1, within(TINY));
        assertThat(mean("  period: 10\n  overlap: 1\n", StepMetrics.STEP_TIME)).isCloseTo(5, within(TINY));
    }

    /** Up for 9 h, away for 55 min, 4 min and 1 min to fetch 48 bits of each of 2e9 parameters at 16 Gb/s, that is 6 s. */
    @Test
    void outagesLeaveWhatTheOtherSiteDoes() {
        String outages = "  period: 10\n  outages: {up: 9 h, length: 55 min, restart: 294 s, fetch-bits: 48";
        assertThat(mean(outages + "}\n", SitesMetrics.AVAILABILITY)).isCloseTo(0.9, within(TINY));
        double alone = 0.18 / 2 / 5 * 5.1;
        assertThat(mean(outages + "}\n", SitesMetrics.GOODPUT))
                .isCloseTo(0.81 + alone - 2 / 36_000.0 * 5 * 5.1 / 2, within(TINY));
        assertThat(mean(outages + ", others: wait}\n", SitesMetrics.GOODPUT))
                .isCloseTo(0.81 - 0.81 * 2 / 32_400.0 * 5 * 5.1, within(TINY));
    }

    @Test
    void anOverlapAsLongAsThePeriodIsRefused() {
        assertThat(TestStudies.refusal(TWO + "  period: 2\n  overlap: 2\n"))
                .hasMessageContaining("does not end before the next exchange");
    }
}
