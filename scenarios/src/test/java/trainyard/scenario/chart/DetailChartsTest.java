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
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.report.figure.StepFigure;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.life.LifeDetails;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.sim.stats.Quantiles;

class DetailChartsTest {

    private static final String LIFE = """
            trainyard: 1
            name: life
            replications: 30
            cluster:
              node: {preset: dgx-h100}
              network: {preset: ib-ndr}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 32, sequence-parallel: true, zero: 1}
              recompute: full
              software: megatron-core-2024
            life:
              horizon: 10 days
              steps: 300000 steps
              step-time: 1 s
              spares: 64 nodes
              faults:
                causes:
                  node: {scope: node, mtbf: 400 h, damage: node, repair: 10 h}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            report:
              headline: ettr
              charts:
                - CHART
            """;

    private static StudyResult run(String chart) {
        return run(LIFE, chart);
    }

    private static StudyResult run(String scenario, String chart) {
        return TestStudies.run(scenario.replace("CHART", chart));
    }

    private static Figure figure(StudyResult result) {
        List<Figure> figures = Charts.of(result, LifeMetrics.ETTR);
        assertThat(figures).hasSize(1);
        return figures.get(0);
    }

    /** A row for each stage of the design that is asked for, whichever is best. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void theGanttChartOfAStepIsOfTheCellAskedFor(int stages) {
        String step = """
                trainyard: 1
                name: step
                cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
                job:
                  model: {preset: llama3-8b}
                  batch: {global: 32 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
                  parallel: {tensor: 8, pipeline: 2, data: 2, sequence-parallel: true, zero: 1}
                  software: megatron-core-2024
                sweep: {job.parallel.pipeline: [2, 4]}
                report: {headline: step-time, charts: [CHART]}
                """;
        String chart = "{kind: gantt, at: {job.parallel.pipeline: \"" + stages + "\"}}";
        StudyResult result = run(step, chart);

        GanttFigure gantt = (GanttFigure)
                Charts.of(result, TestStudies.metric(result, "step-time")).get(0);

        assertThat(gantt.rows()).hasSize(stages);
        assertThat(gantt.text().title()).endsWith("of pipeline " + stages);
    }

    /** A share of all replications: jobs that are not done in time leave the curve below 100 %. */
    @Test
    void distributionOfReplicationsCountsThoseWithoutAValue() {
        String chart = "{kind: cdf, y: time-to-train}";
        double[] seconds = run(chart).cells().get(0).outcomes().stream()
                .mapToDouble(outcome -> outcome.value(LifeMetrics.TIME_TO_TRAIN).orElseThrow())
                .toArray();
        String median = (long) new Quantiles(seconds).median() + " s";
        StudyResult result = run(LIFE.replace("10 days", median), chart);
        CellResult cell = result.cells().get(0);
        long done = cell.outcomes().stream()
                .filter(outcome -> outcome.value(LifeMetrics.TIME_TO_TRAIN)
                        .filter(Double::isFinite)
                        .isPresent())
                .count();
        assertThat(done).isEqualTo(15);
        List<Point> points = ((StepFigure) figure(result)).series().get(0).points();
        assertThat(points.get(points.size() - 1).y().value()).isCloseTo(100.0 * done / 30, within(1e-9));
    }

    /** Designs that never get there keep their name, and lie at 0 % under the others. */
    @Test
    void distributionNamesDesignsThatNeverGetThere() {
        String chart = "{kind: cdf, y: time-to-train, by: variant, caption: Of two designs.}";
        String variants = "variants: {cut: {life.horizon: 1 h}, whole: {}}\n";
        StepFigure both = (StepFigure) figure(run(LIFE + variants, chart));
        assertThat(both.series()).extracting(Series::name).containsExactly("cut", "whole");
        List<Point> cut = both.series().get(0).points();
        List<Point> whole = both.series().get(1).points();
        assertThat(cut).extracting(point -> point.y().value()).containsOnly(0.0);
        assertThat(cut.get(0).x()).isEqualTo(whole.get(0).x());
        assertThat(cut.get(1).x()).isEqualTo(whole.get(whole.size() - 1).x());
        assertThat(both.text().caption())
                .isEqualTo("Of two designs. Not reached within the horizon: cut in 30 of 30 replications.");
        BoxFigure boxes = (BoxFigure) figure(run(LIFE + variants, chart.replace("cdf", "box")));
        assertThat(boxes.boxes()).extracting(BoxFigure.Box::name).containsExactly("whole");
        assertThat(boxes.text().caption()).contains("Not reached within the horizon: cut in 30 of 30 replications.");

        Figure none = figure(run(LIFE + variants.replace("whole: {}", "other: {life.horizon: 2 h}"), chart));
        assertThat(none.text().title()).isEqualTo("Not drawn, cdf: time to train");
        assertThat(none.text().caption())
                .contains(
                        "Not reached within the horizon: cut in 30 of 30 replications; other in 30 of 30 replications");
    }

    /** A lone curve has no key, so its caption names the design; a life that ends before its first step has no batch. */
    @Test
    void aLoneCurveOfSeveralDesignsIsNamed() {
        String chart = "{kind: cdf, y: effective-batch, by: variant}";
        String variants = "variants: {barren: {life.horizon: 1 min}, whole: {}}\n";
        assertThat(figure(run(LIFE + variants, chart)).text().caption())
                .contains("The curve is of whole. No value: barren.");
        assertThat(figure(run(LIFE, chart.replace(", by: variant", ""))).text().caption())
                .doesNotContain("The curve is of");
    }

    @Test
    void samplesAreTheIncidentsOfTheFirstReplication() {
        StudyResult result = run("{kind: box, y: stall}");
        CellResult cell = result.cells().get(0);
        Details details = result.study().workload(cell.cell()).details();
        double incidents =
                cell.first().orElseThrow().value(LifeMetrics.INCIDENTS).orElseThrow();
        assertThat((double) details.values(LifeDetails.STALL).length).isEqualTo(incidents);
        BoxFigure.Box box = ((BoxFigure) figure(result)).boxes().get(0);
        // One minute to notice it, two to start, one to load; longer where a fault strikes meanwhile, or no spare is
        // left.
        assertThat(box.median()).isCloseTo(4, within(1e-9));
    }

    /** The lanes show the first failure, the states in the order in which they come. */
    @Test
    void lanesShowTheFirstFailure() {
        GanttFigure figure = (GanttFigure) figure(run("{kind: gantt}"));
        assertThat(figure.states())
                .startsWith("new steps", "detection", "initialisation", "loading", "steps done again");
    }

    /** The cause stands where it strikes, not in each phase that follows from it. */
    @Test
    void aCauseIsNamedOnce() {
        GanttFigure figure = (GanttFigure) figure(run("{kind: gantt}"));
        List<GanttFigure.Interval> job = figure.rows().get(0).intervals();
        assertThat(job)
                .filteredOn(interval -> interval.state().equals("detection"))
                .isNotEmpty()
                .allMatch(interval -> interval.label().equals("node"));
        assertThat(job)
                .filteredOn(interval -> interval.state().equals("steps done again"))
                .isNotEmpty()
                .allMatch(interval -> interval.label().isEmpty());
    }

    @Test
    void throughputIsThatOfTheStory() {
        StepFigure figure = (StepFigure) figure(run("{kind: over-time, y: throughput, to: 12 h}"));
        List<Point> points = figure.series().get(0).points();
        assertThat(points).allMatch(point -> point.y().value() >= 0 && point.y().value() <= 100);
        assertThat(points.get(points.size() - 1).x()).isEqualTo(12);
    }

    /** A fan of several replications holds its median. */
    @Test
    void severalReplicationsMakeAFan() {
        LineFigure figure = (LineFigure) figure(run("{kind: over-time, y: progress, runs: 20}"));
        assertThat(figure.series().get(0).points())
                .hasSize(201)
                .anyMatch(point -> !point.y().isExact());
    }

    @Test
    void unknownQuantitiesAreNamed() {
        StudyResult result = run("{kind: over-time, y: thruput}");
        assertThatThrownBy(() -> Charts.check(result, LifeMetrics.ETTR))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("unknown metric 'thruput'");
    }

    /** A metric of a run is a known name, but of one value. */
    @Test
    void metricsWithoutACourseAreCalledSo() {
        for (String name : List.of("ettr", "ettr.p95")) {
            StudyResult result = run("{kind: over-time, y: " + name + "}");
            assertThatThrownBy(() -> Charts.check(result, LifeMetrics.ETTR))
                    .hasMessageContaining("metric '" + name + "' has one value in each run, and no course over time")
                    .extracting(wrong ->
                            ((ScenarioException) wrong).problems().get(0).hint())
                    .asString()
                    .startsWith("over time are known: throughput ")
                    .contains("progress");
        }
    }

    /** A window that holds nothing is refused before anything runs; one of which only an end is stated is drawn up to it. */
    @Test
    void windowsOfTimeThatEndBeforeTheyStartAreRefused() {
        for (String kind : List.of("gantt", "over-time, y: throughput")) {
            StudyResult result = run("{kind: " + kind + ", from: 5 h, to: 4 h}");
            assertThatThrownBy(() -> Charts.check(new StudyResult(result.study(), List.of()), LifeMetrics.ETTR))
                    .isInstanceOf(ScenarioException.class)
                    .hasMessageContaining("the chart ends before it starts, at 5 h");
        }
        StudyResult step = run(
                LIFE.substring(0, LIFE.indexOf("life:")).replace("replications: 30\n", "")
                        + "report: {headline: step-time, charts: [CHART]}\n",
                "{kind: gantt, to: 1 s}");
        assertThatThrownBy(() -> Charts.check(step, LifeMetrics.ETTR))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'to' counts for nothing in the Gantt chart of a step");
        StudyResult late = run("{kind: over-time, y: throughput, from: 400 days}");
        assertThat(Charts.missing(List.of(figure(late))))
                .singleElement()
                .asString()
                .containsIgnoringCase("nothing is left to draw");
        GanttFigure early = (GanttFigure) figure(run("{kind: gantt, to: 90 s}"));
        assertThat(early.rows())
                .allSatisfy(row -> assertThat(row.intervals())
                        .allSatisfy(interval -> assertThat(interval.end()).isBetween(interval.start(), 90.0)));
    }
}
