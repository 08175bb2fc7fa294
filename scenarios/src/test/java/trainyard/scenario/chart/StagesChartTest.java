package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

/** Bars of the pipeline stages of one design. */
class StagesChartTest {

    /** The head of the last stage is as heavy as two layers. */
    private static final String STEP = """
            trainyard: 1
            name: stages
            cluster: {nodes: 1, node: {preset: dgx-a100}, network: {preset: ib-hdr}}
            job:
              model: {preset: llama3-8b}
              precision: bf16
              batch: {global: 16 sequences, micro: 1 sequence, sequence-length: 4096 tokens}
              parallel: {tensor: 1, pipeline: 4, data: 2, zero: 1, schedule: 1f1b}
              recompute: full
              software: megatron-core-2024
            variants:
              equal: {job.parallel.layer-split: equal}
              balanced: {job.parallel.layer-split: balanced}
            report: {headline: step-time, charts: [CHART]}
            """;

    private static List<Figure> figures(StudyResult result) {
        return Charts.of(result, TestStudies.metric(result, "step-time"));
    }

    private static double of(BarFigure bars, String state, int stage) {
        return bars.series().stream()
                .filter(series -> series.name().equals(state))
                .mapToDouble(series -> series.values().get(stage).orElseThrow().value())
                .sum();
    }

    @Test
    void eachBarIsTheStepAndTheHeaviestStageWaitsLeast() {
        StudyResult result = TestStudies.run(
                STEP.replace(
                        "CHART",
                        "{kind: breakdown, x: stage, at: {variant: equal}}, {kind: breakdown, x: stage, at: {variant: balanced}}"));
        BarFigure equal = (BarFigure) figures(result).get(0);
        BarFigure balanced = (BarFigure) figures(result).get(1);
        assertThat(equal.categories()).containsExactly("0", "1", "2", "3");
        double step = result.grid()
                .get(0)
                .mean(TestStudies.metric(result, "step-time"))
                .orElseThrow();
        for (int stage = 0; stage < 4; stage++) {
            int bar = stage;
            double sum = equal.series().stream()
                    .mapToDouble(
                            series -> series.values().get(bar).orElseThrow().value())
                    .sum();
            assertThat(sum).isCloseTo(step, within(1e-6 * step));
        }
        assertThat(of(equal, "pipeline bubble", 3)).isLessThan(of(equal, "pipeline bubble", 0) / 1.5);
        assertThat(of(equal, "useful compute", 3)).isGreaterThan(of(equal, "useful compute", 0));
        assertThat(of(balanced, "useful compute", 3)).isLessThan(of(equal, "useful compute", 3));
    }

    @Test
    void otherKindsHaveNoStages() {
        StudyResult result = TestStudies.run(STEP.replace("CHART", "{kind: bar, x: stage, y: step-time}"));
        assertThatThrownBy(() -> figures(result))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'stage' is not swept, so it is no axis");
    }
}
