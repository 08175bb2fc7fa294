package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.sgd.SgdMetrics;

class HistogramChartTest {

    /** Exponential times of three workers: by the law one gradient in 500 is more than 14 updates late; few are seen at all. */
    private static final String SHORT = """
            trainyard: 1
            name: late
            sgd:
              problem: {kind: quadratic}
              workers: 3
              horizon: 20 s
              rule: {kind: async}
              compute: {law: exponential}
              optimizer: {rate: 0.01}
            report: {charts: [{kind: histogram, y: staleness}]}
            """;

    @Test
    void theLastBarSaysThatItHoldsTheTailOfTheLaw() {
        BarFigure bars = (BarFigure)
                Charts.of(TestStudies.run(SHORT), SgdMetrics.STALENESS).get(0);

        List<String> values = bars.categories();
        assertThat(values.get(0)).isEqualTo("0");
        assertThat(values.get(values.size() - 1)).endsWith("+");
    }
}
