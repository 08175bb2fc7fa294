package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.step.StepMetrics;

/** On eight A100, 6.7 billion parameters fit with ZeRO 3 and not without; 1.3 billion fit either way. */
class FixedAxesTest {

    private static final String STEP = """
            trainyard: 1
            name: fixed
            cluster: {nodes: 1, node: {preset: dgx-a100}}
            job:
              model: {preset: gpt3-6.7b}
              batch: {global: 64 sequences, micro: 1 sequence, sequence-length: 2048 tokens}
              parallel: {zero: 3}
              recompute: full
              software: deepspeed-zero3
            """;

    private static final String SWEEP = STEP + """
            sweep:
              job.batch.micro: [1 sequence, 2 sequences]
              job.parallel.zero: [0, 3]
              job.recompute: [full, none]
            report: {headline: step-time, charts: [CHART]}
            """;

    private static List<Figure> figures(String scenario, String chart) {
        StudyResult result = TestStudies.run(scenario.replace("CHART", chart));
        return Charts.of(result, StepMetrics.STEP_TIME);
    }

    /** The first value of ZeRO cannot run: the map is hatched, no cell of ZeRO 3 stands in its place. */
    @Test
    void aCellThatCannotRunIsNotReplacedByOneOfAnotherValue() {
        HeatMapFigure map = (HeatMapFigure) figures(SWEEP, "{kind: heatmap, x: job.batch.micro, z: job.recompute}")
                .get(0);
        assertThat(map.cells())
                .allSatisfy(row -> assertThat(row)
                        .allSatisfy(cell -> assertThat(cell).isInstanceOf(HeatMapFigure.Infeasible.class)));
        assertThat(map.text().title()).endsWith(" at zero 0");
    }

    @Test
    void aChartOfNothingThatRunsSaysWhereItLooked() {
        List<Figure> figures = figures(SWEEP, "{kind: line, x: job.batch.micro}");
        assertThat(figures.get(0)).isInstanceOf(TableFigure.class);
        assertThat(Charts.missing(figures).get(0))
                .contains("zero 0, recompute full no cell can run; name other values under at");
    }

    /** The best of all designs is without recomputation; the bars are of those with it, and so is what is said of them. */
    @Test
    void captionsSpeakOfWhatIsDrawn() {
        String small = SWEEP.replace("gpt3-6.7b", "gpt3-1.3b");
        BarFigure bars = (BarFigure) figures(small, "{kind: bar, x: job.batch.micro, at: {job.parallel.zero: 3}}")
                .get(0);
        assertThat(bars.text().caption()).contains("recompute full").doesNotContain("recompute none");
        assertThat(bars.text().title()).endsWith(" at zero 3, recompute full");
        BarFigure named = (BarFigure) figures(
                        small,
                        "{kind: bar, x: job.batch.micro, at: {job.parallel.zero: 3, job.recompute: none}, title: Steps}")
                .get(0);
        assertThat(named.text().title()).isEqualTo("Steps");
    }

    /** A title that the scenario writes names the value that was asked for; a first look leaves that out. */
    @Test
    void aValueThatAFirstLookLeavesOutIsSaidToBeAnother() {
        String scenario = STEP.replace("gpt3-6.7b", "gpt3-1.3b") + """
                sweep:
                  job.batch.micro: [1 sequence, 2 sequences, 4 sequences, 8 sequences]
                  job.recompute: [full, none]
                report:
                  charts:
                    - {kind: bar, x: job.recompute, y: step-time, at: {job.batch.micro: 2 sequences}, title: With two, caption: Bars.}
                """;
        StudyResult quick = TestStudies.runQuick(scenario);
        StudyResult whole = TestStudies.run(scenario);
        assertThat(Charts.of(quick, StepMetrics.STEP_TIME).get(0).text().caption())
                .matches(
                        "Bars\\. Shown at micro-batch [14] sequences? in place of 2 sequences, which this run leaves out\\.");
        assertThat(Charts.of(whole, StepMetrics.STEP_TIME).get(0).text().caption())
                .isEqualTo("Bars.");
    }

    /** The title names the best design, and what is fixed is a part of its name already, in words or as a key. */
    @Test
    void aTitleSaysNothingTwice() {
        String steps = STEP.replace("gpt3-6.7b", "gpt3-1.3b") + """
                variants: {plain: {}, sharded: {job.parallel.zero: 1}}
                sweep: {cluster.node.nic-bandwidth: [100 Gb/s, 200 Gb/s]}
                report: {headline: step-time, charts: [CHART]}
                """;
        assertThat(figures(steps, "{kind: waterfall, at: {variant: sharded}}")
                        .get(0)
                        .text()
                        .title())
                .endsWith(" goes, sharded: nic-bandwidth 100 Gb/s");
        assertThat(figures(steps, "{kind: breakdown, x: stage, at: {variant: sharded}}")
                        .get(0)
                        .text()
                        .title())
                .endsWith(" in a step, sharded: nic-bandwidth 100 Gb/s");
    }

    /** Of three values of ZeRO the middle one alone cannot run in this batch: no line goes across it. */
    @Test
    void aLineHasAGapWhereACellCannotRun() {
        String gap = STEP.replace("gpt3-6.7b", "gpt3-1.3b") + """
                sweep:
                  job.batch.micro: [1 sequence, 3 sequences, 4 sequences]
                report: {headline: step-time, charts: [{kind: line, x: job.batch.micro}]}
                """;
        LineFigure line = (LineFigure) figures(gap, "").get(0);
        assertThat(line.series()).hasSize(2);
        assertThat(line.series()).extracting(series -> series.name()).containsOnly("step time");
        assertThat(line.xAxis().whole()).isTrue();
    }

    @Test
    void bareNumbersInALegendSayOfWhat() {
        LineFigure line = (LineFigure) figures(SWEEP, "{kind: line, x: job.batch.micro, by: job.parallel.zero}")
                .get(0);
        assertThat(line.series()).extracting(series -> series.name()).containsExactly("Zero 0", "Zero 3");
        assertThat(line.series().get(0).points()).isEmpty();
    }

    @Test
    void theReasonWhyADesignCannotRunIsSaid() {
        StudyResult result = TestStudies.run(SWEEP.replace("CHART", "{kind: table}"));
        Answer answer = Answer.of(result);
        assertThat(answer.obstacles())
                .isNotEmpty()
                .allSatisfy(obstacle -> assertThat(obstacle).contains("zero 0").contains(" GiB, a GPU has 80 GiB"));
        BarFigure bars =
                (BarFigure) figures(SWEEP, "{kind: bar, x: job.parallel.zero, at: {job.batch.micro: 1 sequence}}")
                        .get(0);
        assertThat(bars.categories()).containsExactly("0: cannot run", "3");
    }

    /** Of many designs those on the front have their names. */
    @Test
    void theFrontOfManyDesignsIsLabelled() {
        String many = SWEEP.replace("[0, 3]", "[3]")
                .replace("[1 sequence, 2 sequences]", "[1 sequence, 2 sequences, 4 sequences, 8 sequences]")
                .replace("gpt3-6.7b", "gpt3-1.3b")
                .replace("[full, none]", "[full, selective, none]")
                .replace("sweep:", "variants: {a: {}, b: {job.batch.global: 128 sequences}}\nsweep:");
        ScatterFigure front = (ScatterFigure) figures(many, "{kind: pareto, columns: [step-time, throughput]}")
                .get(0);
        List<ScatterFigure.Mark> marks = front.series().get(0).points();
        assertThat(marks).hasSizeGreaterThan(12);
        assertThat(marks)
                .filteredOn(mark -> !mark.label().isEmpty())
                .isNotEmpty()
                .hasSizeLessThan(marks.size());
    }

    /** A value may be written without what it counts. */
    @Test
    void theSameNumberIsInPlaceOfNothing() {
        Figure bars = figures(
                        SWEEP,
                        "{kind: bar, x: job.recompute, caption: Bars., at: {job.batch.micro: 2, job.parallel.zero: 3}}")
                .get(0);
        assertThat(bars.text().caption()).isEqualTo("Bars.");
        assertThat(bars.text().title()).endsWith(" at micro-batch 2 sequences, zero 3");
    }

    /** A word among swept numbers, such as auto, is no nearest one. */
    @Test
    void theNearestOfWordsAndNumbersIsANumber() {
        String sweep = SWEEP.replace("sweep:\n", "sweep:\n  job.parallel.gradient-bucket: [auto, 100 MB]\n");
        Figure bars = figures(
                        sweep,
                        "{kind: bar, x: job.recompute, caption: Bars., at: {job.batch.micro: 2,"
                                + " job.parallel.zero: 3, job.parallel.gradient-bucket: 50 MB}}")
                .get(0);
        assertThat(bars.text().caption())
                .isEqualTo("Bars. Shown at gradient bucket 100 MB in place of 50 MB, which this run leaves out.");
    }

    @Test
    void anAxisSaysWhatItCountsOnce() {
        String sweep = SWEEP.replace("job.recompute: [full, none]", "job.batch.sequence-length: [1024, 2048]");
        assertThat(axis(sweep, "job.batch.sequence-length")).isEqualTo("Sequence length (tokens)");
        assertThat(axis(sweep, "job.batch.micro")).isEqualTo("Micro-batch (sequences)");
        assertThat(axis(STEP + "sweep: {cluster.nodes: [1, 2]}\nreport: {charts: [CHART]}\n", "cluster.nodes"))
                .isEqualTo("Nodes");
    }

    private static String axis(String scenario, String path) {
        String at = scenario.contains("job.parallel.zero: [") ? ", at: {job.parallel.zero: 3}" : "";
        LineFigure line = (LineFigure)
                figures(scenario, "{kind: line, x: " + path + at + "}").get(0);
        return line.xAxis().title();
    }

    @Test
    void aPlaceBetweenCountsIsAPlainNumber() {
        String sweep = SWEEP.replace("job.recompute: [full, none]", "job.batch.sequence-length: [1024, 2048]")
                .replace("CHART", "{kind: table}");
        ChartAxis axis = new ChartAxis(
                "job.batch.sequence-length", TestStudies.run(sweep).study());
        assertThat(axis.format(1119.7)).isEqualTo("1,120");
    }

    @Test
    void aMarkIsCalledInWords() {
        LineFigure line = (LineFigure) figures(
                        STEP + "sweep: {job.parallel.tensor: [1, 2]}\nreport: {charts: [CHART]}\n",
                        "{kind: line, x: job.parallel.tensor, marks: [node-gpus]}")
                .get(0);
        assertThat(line.referenceLines().get(0).label()).isEqualTo("Node GPUs 8");
    }

    /** A bare number says of what it is. */
    @Test
    void theDesignsOfAParetoFrontAreCalledAfterTheirAxis() {
        ScatterFigure points = (ScatterFigure)
                figures(SWEEP, "{kind: pareto, columns: [memory.peak, step-time], by: job.parallel.zero}")
                        .get(0);
        assertThat(points.series()).extracting(ScatterFigure.Group::name).containsExactly("Zero 3");
    }
}
