package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import trainyard.Goldens;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.RadarFigure;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.Series;
import trainyard.report.figure.SmallMultiplesFigure;
import trainyard.report.figure.SmallMultiplesFigure.Panel;
import trainyard.report.figure.StepFigure;
import trainyard.report.figure.WaterfallFigure;
import trainyard.report.figure.WaterfallFigure.Step;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.step.StepMetrics;

/** Charts that compare designs over several metrics, and those of parties over time. */
class ClusterChartsTest {

    private static final String LIFE = """
            trainyard: 1
            name: life
            replications: 6
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
              step-time: 1 s
              spares: 64 nodes
              faults:
                causes:
                  node: {scope: node, mtbf: 400 h, damage: node, repair: 10 h}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            variants:
              slow start: {}
              fast start: {life.recovery.initialise: 10 s}
              fast start and save: {life.recovery.initialise: 10 s, life.checkpoint.write: 1 s}
            report:
              headline: ettr
              charts:
                - CHART
            """;

    /** Whole replicas hold the smaller model only, sharded ones both. */
    private static final String PRESETS = """
            trainyard: 1
            name: presets
            cluster: {nodes: 1, node: {preset: dgx-a100}}
            job:
              model: {preset: gpt3-1.3b}
              batch: {global: 16 sequences, micro: 1 sequence, sequence-length: 2048 tokens}
              recompute: full
              software: megatron-2022
            variants:
              whole: {job.parallel.zero: 0}
              sharded: {job.parallel.zero: 3, job.software: deepspeed-zero3}
            sweep:
              job.model.preset: [gpt3-1.3b, gpt3-6.7b]
            report:
              charts:
                - CHART
            """;

    private static StudyResult run(String chart) {
        return TestStudies.run(LIFE.replace("CHART", chart));
    }

    private static Figure figure(StudyResult result) {
        List<Figure> figures = Charts.of(result, LifeMetrics.ETTR);
        assertThat(figures).hasSize(1);
        return figures.get(0);
    }

    /** A bar per statistic of one metric, in the order of the columns, each as the cell states it. */
    @Test
    void barsOfSeveralStatistics() {
        StudyResult result = run("{kind: bar, x: variant, columns: [ettr.min, ettr, ettr.p95]}");
        BarFigure bars = (BarFigure) figure(result);
        assertThat(bars.series()).extracting(one -> one.name()).containsExactly("min", "mean", "p95");
        double mean = bars.series().get(1).values().get(0).orElseThrow().value();
        assertThat(mean)
                .isCloseTo(100 * result.cells().get(0).mean(LifeMetrics.ETTR).orElseThrow(), within(1e-9));
        assertThat(bars.series().get(0).values().get(0).orElseThrow().value()).isLessThan(mean);
        assertThat(bars.series().get(2).values().get(0).orElseThrow().value()).isGreaterThan(mean);
    }

    @Test
    void barsOfMetricsThatShareNoAxisAreRefused() {
        StudyResult result = run("{kind: bar, x: variant, columns: [ettr, incidents]}");
        assertThatThrownBy(() -> Charts.of(result, LifeMetrics.ETTR))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'incidents' and 'ettr' share no axis");
    }

    /**
     * Each sweep runs four trials for an hour and the better two for another. The window opens amid the last of the first sweep, which
     * ends at 6 h, and closes amid the first of the second sweep.
     */
    @Test
    void stagesOfTrialsAreListedByTheirNumber() {
        String sweeps = """
                trainyard: 1
                name: stages
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs:
                  sweeps:
                    first: {trials: 4, gpus: 8, train: 2 h, method: successive-halving, rungs: 2, eta: 2}
                    second: {trials: 4, gpus: 8, train: 2 h, method: successive-halving, rungs: 2, eta: 2, submit: 270 min}
                report: {charts: [{kind: gantt, from: 330 min, to: 390 min}]}
                """;
        StudyResult result = TestStudies.run(sweeps);
        GanttFigure gantt = (GanttFigure)
                Charts.of(result, TestStudies.metric(result, "wait.mean")).get(0);

        assertThat(gantt.rows().get(0).intervals())
                .extracting(GanttFigure.Interval::state)
                .containsExactly("rung 1", "rung 0");
        assertThat(gantt.states()).containsExactly("rung 0", "rung 1");
    }

    /** From the first design on the changes add up to the last. */
    @Test
    void aWaterfallOfVariantsAddsUp() {
        StudyResult result = run("{kind: waterfall, x: variant, y: ettr}");
        List<Step> steps = ((WaterfallFigure) figure(result)).steps();
        assertThat(steps)
                .extracting(Step::label)
                .containsExactly("slow start", "fast start", "fast start and save", "all together");
        double last = 100 * result.cells().get(2).mean(LifeMetrics.ETTR).orElseThrow();
        assertThat(steps.get(0).value() + steps.get(1).value() + steps.get(2).value())
                .isCloseTo(last, within(1e-9));
        assertThat(steps.get(1).value()).isPositive();
    }

    /** Two ways to be faster, of which none has the other: two differences from the first, and no sum. */
    @Test
    void alternativesAreDifferencesFromTheFirst() {
        StudyResult result = TestStudies.run(LIFE.replace("CHART", "{kind: waterfall, x: variant, y: ettr}")
                .replace(
                        "{life.recovery.initialise: 10 s, life.checkpoint.write: 1 s}",
                        "{life.checkpoint.write: 1 s}"));
        BarFigure bars = (BarFigure) figure(result);
        assertThat(bars.categories()).containsExactly("fast start", "fast start and save");
        double base = result.cells().get(0).mean(LifeMetrics.ETTR).orElseThrow();
        double other = result.cells().get(2).mean(LifeMetrics.ETTR).orElseThrow();
        assertThat(bars.series().get(0).values().get(1).orElseThrow().value())
                .isCloseTo(100 * (other - base), within(1e-9));
        assertThat(bars.text().caption()).contains("do not add up");
    }

    @Test
    void termsThatDoNotAddUpAreNotDrawn() {
        StudyResult result = run("{kind: waterfall, columns: [share.useful, share.idle], y: ettr}");
        assertThat(Charts.missing(List.of(figure(result))))
                .singleElement()
                .asString()
                .contains("terms add up to");
    }

    /** The best of each metric reaches the ring, others in proportion, those better low by the inverse. */
    @Test
    void aRadarShowsRatiosToTheBest() {
        StudyResult result = run("{kind: radar, columns: [ettr, incidents, share.useful, lost-per-incident]}");
        RadarFigure radar = (RadarFigure) figure(result);
        assertThat(radar.spokes()).hasSize(4);
        for (int spoke = 0; spoke < 4; spoke++) {
            int at = spoke;
            assertThat(radar.shapes().stream()
                            .mapToDouble(shape -> shape.shares().get(at).orElse(0))
                            .max())
                    .isEqualTo(OptionalDouble.of(1));
        }
        double slow = result.cells().get(0).mean(LifeMetrics.ETTR).orElseThrow();
        double best = result.cells().get(2).mean(LifeMetrics.ETTR).orElseThrow();
        assertThat(radar.shapes().get(0).shares().get(0).getAsDouble()).isCloseTo(slow / best, within(1e-9));
    }

    /** The largest of all cells of a candidate, whatever is shown of them. */
    @Test
    void aRadarShowsTheLargestThatFits() {
        String chart =
                "{kind: radar, at: {job.model.preset: gpt3-1.3b}, columns: [step-time, memory.peak], largest: billion-parameters}";
        StudyResult result = TestStudies.run(PRESETS.replace("CHART", chart));
        RadarFigure radar =
                (RadarFigure) Charts.of(result, StepMetrics.STEP_TIME).get(0);
        assertThat(radar.spokes()).hasSize(3);
        assertThat(radar.spokes().get(2).label()).isEqualTo("Billion parameters");
        double small =
                result.cells().get(0).mean(StepMetrics.BILLION_PARAMETERS).orElseThrow();
        double large = result.feasible().stream()
                .mapToDouble(cell -> cell.mean(StepMetrics.BILLION_PARAMETERS).orElseThrow())
                .max()
                .orElseThrow();
        assertThat(large).isGreaterThan(4 * small);
        assertThat(radar.shapes()).extracting(RadarFigure.Shape::name).containsExactly("whole", "sharded");
        assertThat(radar.shapes().get(0).shares().get(2).getAsDouble()).isCloseTo(small / large, within(1e-9));
        assertThat(radar.shapes().get(1).shares().get(2)).isEqualTo(OptionalDouble.of(1));
    }

    @Test
    void aRadarNeedsThreeMetrics() {
        StudyResult result = run("{kind: radar, columns: [ettr, incidents]}");
        assertThatThrownBy(() -> Charts.of(result, LifeMetrics.ETTR))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("at least 3 metrics");
    }

    /** A panel of each variant, in the order of the variants. */
    @Test
    void panelsShowTheCurvesOfOneReplication() {
        SmallMultiplesFigure panels =
                (SmallMultiplesFigure) figure(run("{kind: over-time, y: nodes-held, panels: true}"));
        assertThat(panels.panels())
                .extracting(Panel::name)
                .containsExactly("slow start", "fast start", "fast start and save");
        assertThat(panels.panels())
                .allSatisfy(panel -> assertThat(panel.points())
                        .allMatch(point -> point.y().value() >= 0 && point.y().value() <= 32)
                        .anyMatch(point -> point.y().value() == 32));
    }

    /** Each team has a panel with its quota; where teams lie on each other only what limits all of them is drawn. */
    @Test
    void quotasBelongToTheirTeams() throws IOException {
        Path file = Goldens.project().resolve("scenarios/gallery/team-quotas.yaml");
        SourceText text = new SourceText(file.toString(), Files.readString(file));
        Study study = Study.of(Scenario.of(text, file.getParent(), List.of()), true);
        List<Figure> figures = Charts.of(
                new StudyRunner(2, done -> {}).run(study), study.metrics().get(0));

        SmallMultiplesFigure panels = (SmallMultiplesFigure) figures.get(0);
        assertThat(panels.panels()).extracting(Panel::name).containsExactly("vision", "speech", "language");
        assertThat(panels.panels())
                .extracting(Panel::limit)
                .containsExactly(OptionalDouble.of(24), OptionalDouble.of(24), OptionalDouble.of(16));
        AreaFigure stacked = (AreaFigure) figures.get(2);
        assertThat(stacked.series()).extracting(Series::name).containsExactly("vision", "speech", "language");
        assertThat(stacked.referenceLines()).extracting(ReferenceLine::label).containsExactly("all GPUs");
    }

    private static final String SHARED = """
            trainyard: 1
            name: shared
            cluster: {nodes: 2, node: {preset: dgx-h100}}
            scheduler: {policy: kueue, teams: {a: {quota: 4}, b: {quota: 8}, c: {quota: 4}}}
            jobs:
              list:
                - {id: A, team: b, gpus: 8, run: 1 h}
                - {id: B, team: b, gpus: 8, run: 1 h}
                - {id: C, team: a, gpus: 4, run: 30 min}
            cost: {price: 2 USD/GPU-hour}
            variants: {now: {}, faster: {cluster.nodes: 3}}
            report: {headline: cost, charts: [CHART]}
            """;

    private static Figure ofShared(String chart) {
        StudyResult result = TestStudies.run(SHARED.replace("CHART", chart));
        return Charts.of(result, TestStudies.metric(result, "cost")).get(0);
    }

    /** What the queue wants is no part of the GPUs: the areas end at all of them. */
    @Test
    void stackedSharesAddUpToAllGpus() {
        AreaFigure shares =
                (AreaFigure) ofShared("{kind: over-time, y: gpu-shares, stacked: true, at: {variant: now}}");

        assertThat(shares.series())
                .extracting(Series::name)
                .containsExactly("held by jobs", "free, of no use to the queue", "free or not there");
        for (int i = 0; i < shares.series().get(0).points().size() - 1; i++) {
            int point = i;
            assertThat(shares.series().stream()
                            .mapToDouble(layer -> layer.points().get(point).y().value())
                            .sum())
                    .isCloseTo(100, within(1e-6));
        }
        assertThat(shares.text().caption()).contains("Not drawn, as no part of the whole: wanted by the queue.");
    }

    /** Kinds with room for one design say which of two they show. */
    @Test
    void aChartOfOneOfTwoDesignsNamesIt() {
        for (String kind : List.of("{kind: over-time, y: gpu-shares, stacked: true}", "{kind: occupancy}")) {
            FigureText text = ofShared(kind).text();
            assertThat(text.title()).endsWith(" over time, now");
            assertThat(text.caption()).contains("Shown is now, the first of 2; at shows another.");
        }
        String named = "{kind: occupancy, title: Nodes, at: {variant: faster}}";
        assertThat(ofShared(named).text().title()).isEqualTo("Nodes");
        assertThat(ofShared(named).text().caption()).doesNotContain("the first of");
    }

    @Test
    void equalQuotasAreOneLineUnderBothNames() {
        StepFigure teams = (StepFigure) ofShared("{kind: over-time, y: team-gpus, at: {variant: now}}");

        assertThat(teams.referenceLines()).extracting(ReferenceLine::label).contains("a, c", "b");
    }

    /** The axis is of what the terms share, not of the first of them. */
    @Test
    void aSumSaysWhatItIsOf() {
        WaterfallFigure sum = (WaterfallFigure)
                ofShared("{kind: waterfall, columns: [cost.used, cost.overhead, cost.idle], at: {variant: faster}}");

        assertThat(sum.valueAxis().label()).isEqualTo("Cost");
        assertThat(sum.text().caption()).contains("the sum of faster");
    }
}
