package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.StepFigure;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

/** Charts by variant of a scenario that has none: it is the only design. */
class OnlyDesignTest {

    private static final String JOBS = """
            trainyard: 1
            name: alone
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {list: [{id: A, gpus: 8, run: 10 s}, {id: B, gpus: 8, run: 10 s}]}
            report: {headline: wait.mean, charts: [CHART]}
            """;

    private static List<Figure> figures(String chart) {
        StudyResult result = TestStudies.run(JOBS.replace("CHART", chart));
        return Charts.of(result, TestStudies.metric(result, "wait.mean"));
    }

    /** The second job waits 10 s for the first, so the mean is 5 s and the 99 % quantile 9.9 s. */
    @Test
    void aBarIsNamedByTheScenario() {
        BarFigure bars =
                (BarFigure) figures("{kind: bar, x: variant, y: wait.mean}").get(0);
        assertThat(bars.categories()).containsExactly("alone");
        double inUnit = bars.series().get(0).values().get(0).orElseThrow().value();
        assertThat(inUnit).isPositive();
        BarFigure several = (BarFigure) figures("{kind: bar, x: variant, columns: [wait.mean, wait.p99]}")
                .get(0);
        assertThat(several.series().get(0).values().get(0).orElseThrow().value())
                .isEqualTo(inUnit);
        assertThat(several.series().get(1).values().get(0).orElseThrow().value())
                .isCloseTo(1.98 * inUnit, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"caption", "title"})
    void emptyWordsAreRefusedWhereTheyStand(String key) {
        assertThatThrownBy(() -> figures("{kind: bar, x: variant, y: wait.mean, " + key + ": ' '}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("' ' is not allowed here");
    }

    @Test
    void curvesAndMarksAreNamedByTheScenario() {
        StepFigure curves =
                (StepFigure) figures("{kind: cdf, y: jct, by: variant}").get(0);
        assertThat(curves.series()).extracting(one -> one.name()).containsExactly("alone");
        ScatterFigure marks = (ScatterFigure) figures("{kind: pareto, by: variant, columns: [wait.mean, utilization]}")
                .get(0);
        assertThat(marks.series()).extracting(one -> one.name()).containsExactly("alone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: box, y: jct, by: variant}",
                "{kind: over-time, y: used-gpus, by: variant}",
                "{kind: gantt, by: variant}",
                "{kind: waterfall, by: variant}",
                "{kind: radar, by: variant, columns: [wait.mean, utilization, makespan]}"
            })
    void everyKindDrawsIt(String chart) {
        assertThat(figures(chart)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"line", "states"})
    void whatGoesAlongNumbersIsRefused(String kind) {
        assertThatThrownBy(() -> figures("{kind: " + kind + ", x: variant}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("a chart of kind " + kind + " goes along a number that is swept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"heatmap", "winner"})
    void aMapNeedsTwoAxes(String kind) {
        assertThatThrownBy(() -> figures("{kind: " + kind + ", x: variant, z: variant, by: variant, y: wait.mean}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("both axes of the map are variant");
    }

    /** What is named in place of layers along numbers. */
    @Test
    void sharesOfTheOnlyDesignAreStackedInABar() {
        BarFigure bars =
                (BarFigure) figures("{kind: bar, x: variant, columns: [share.useful, share.free], stacked: true}")
                        .get(0);
        assertThat(bars.categories()).containsExactly("alone");
        assertThat(bars.series()).hasSize(2);
    }
}
