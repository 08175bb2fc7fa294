package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.report.figure.BoxFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.OccupancyFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.StepFigure;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.answer.Preflight;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

/** Two jobs on eight GPUs: the first waits for nothing, the second an hour for the four GPUs of the first. */
class ZerosTest {

    private static final String JOBS = """
            trainyard: 1
            name: zeros
            cluster: {nodes: 1 node, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {list: [{id: a, gpus: 4, run: 1 h}, {id: b, gpus: 8, run: 1 h}]}
            report: {headline: wait.mean, charts: [CHART]}
            """;

    /** Of one job nobody waits at all. */
    private static final String ALONE = JOBS.replace(", {id: b, gpus: 8, run: 1 h}", "");

    private static List<Figure> figures(String scenario, String chart) {
        StudyResult result = TestStudies.run(scenario.replace("CHART", chart));
        return Charts.of(result, TestStudies.metric(result, "wait.mean"));
    }

    /** Half of the waits are 0: the curve starts at 50 % where the other half begins, 60 minutes. */
    @Test
    void aDistributionOnALogAxisStartsAtTheShareOfZeros() {
        StepFigure cdf =
                (StepFigure) figures(JOBS, "{kind: cdf, y: wait, x-scale: log}").get(0);
        List<Point> points = cdf.series().get(0).points();
        assertThat(points.get(0).y().value()).isEqualTo(50);
        assertThat(points.get(points.size() - 1).y().value()).isEqualTo(100);
        assertThat(points).allSatisfy(point -> assertThat(point.x()).isCloseTo(60, within(1e-3)));
        assertThat(cdf.text().caption())
                .contains("1 value at 0 or below is left out")
                .contains("share at which a curve starts");
    }

    /** On two nodes nobody waits, so that all waits are at most the hour that the other design is drawn to. */
    @Test
    void aDistributionGoesOnToTheGreatestValueOfTheOthers() {
        String both = JOBS.replace("report:", "variants: {both: {}, two nodes: {cluster.nodes: 2 nodes}}\nreport:");
        StepFigure cdf =
                (StepFigure) figures(both, "{kind: cdf, y: wait, by: variant}").get(0);
        assertThat(cdf.series()).hasSize(2).allSatisfy(curve -> {
            Point last = curve.points().get(curve.points().size() - 1);
            assertThat(last.x()).isCloseTo(60, within(1e-3));
            assertThat(last.y().value()).isEqualTo(100);
        });
    }

    /** The second job waits while the first runs; nothing waits in the second hour, which is a gap. */
    @Test
    void aCurveOverTimeHasGapsWhereItIsZero() {
        StepFigure waiting = (StepFigure) figures(JOBS, "{kind: over-time, y: waiting-jobs, y-scale: log}")
                .get(0);
        assertThat(waiting.series()).singleElement().satisfies(series -> {
            Point last = series.points().get(series.points().size() - 1);
            assertThat(last.y().value()).isEqualTo(1);
            assertThat(last.x()).isCloseTo(60, within(0.1));
        });
        assertThat(waiting.text().caption()).contains("left out, for which a logarithmic axis has no place");
    }

    /** Of three jobs two wait for nothing: the median is 0, which lies at the edge, and not the hour of the third. */
    @Test
    void boxesOnALogAxisAreOfAllValues() {
        String three = JOBS.replace("{id: b,", "{id: c, gpus: 2, run: 1 h}, {id: b,");
        BoxFigure boxes =
                (BoxFigure) figures(three, "{kind: box, y: wait, y-scale: log}").get(0);
        assertThat(boxes.boxes().get(0).median()).isZero();
        assertThat(boxes.boxes().get(0).mean()).isCloseTo(20, within(1e-3));
        assertThat(boxes.text().caption()).contains("What is 0 or below lies at the left edge");
    }

    /** A chart of nothing but zeros is a table that says why; the other charts are drawn. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: cdf, y: wait, x-scale: log}",
                "{kind: box, y: wait, y-scale: log}",
                "{kind: over-time, y: waiting-jobs, y-scale: log}"
            })
    void aChartThatCannotBeDrawnTakesNothingElseWithIt(String chart) {
        List<Figure> figures = figures(ALONE, chart + ", {kind: gantt}");
        assertThat(figures).hasSize(2);
        assertThat(figures.get(0)).isInstanceOf(TableFigure.class);
        assertThat(Charts.missing(figures))
                .singleElement()
                .asString()
                .startsWith("Not drawn, ")
                .endsWith("place");
        assertThat(figures.get(1)).isNotInstanceOf(TableFigure.class);
    }

    @Test
    void aLineThatStartsAtZeroHasNoShareOfItsStart() {
        String swept = JOBS.replace("report:", "sweep: {cluster.nodes: [2 nodes, 1 node]}\nreport:");
        List<Figure> relative = figures(swept, "{kind: line, x: cluster.nodes, y: wait.mean, relative: true}");
        assertThat(relative.get(0).text().title()).startsWith("Mean wait over");
        List<Figure> zero = figures(
                ALONE.replace("report:", "sweep: {cluster.nodes: [2 nodes, 1 node]}\nreport:"),
                "{kind: line, x: cluster.nodes, y: wait.mean, relative: true}");
        assertThat(Charts.missing(zero)).hasSize(1);
        assertThat(Charts.missing(zero).get(0)).contains("is 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{kind: occupancy}", "{kind: occupancy, y: used-gpus}", "{kind: occupancy, y: team-gpus}"})
    void occupancyIsDrawnOfWholesToo(String chart) {
        OccupancyFigure figure = (OccupancyFigure) figures(JOBS, chart).get(0);
        assertThat(figure.rows()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tornado", "memory", "topology", "utilization", "causes"})
    void kindsThatShowNothingOfThisWorkloadAreRefused(String kind) {
        String scenario = JOBS.replace("CHART", "{kind: " + kind + "}");
        assertThatThrownBy(() -> Preflight.check(TestStudies.study(scenario)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("a chart of kind " + kind)
                .hasMessageContaining("this scenario has nothing of it");
    }
}
