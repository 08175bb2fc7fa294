package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Series;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.life.LifeMetrics;

/** Intervals of 5, 20 and 80 min for jobs of 32 nodes, whose nodes fail once in 400 h or once in 100 h. */
class MapAndMarksTest {

    private static final String LIFE = """
            trainyard: 1
            name: life
            replications: 4
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
              checkpoint: {write: 18 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            sweep:
              life.checkpoint.interval: [5 min, 20 min, 80 min]
              life.faults.causes.node.mtbf: [400 h, 100 h]
            report:
              headline: ettr
              charts:
                - CHART
            """;

    private static Figure figure(String chart) {
        List<Figure> figures = Charts.of(TestStudies.run(LIFE.replace("CHART", chart)), LifeMetrics.ETTR);
        assertThat(figures).hasSize(1);
        return figures.get(0);
    }

    /** The axes take both sweeps, and one design is left at each place: there is nothing to win against. */
    @Test
    void aMapOfWinnersNeedsDesignsToCompare() {
        assertThatThrownBy(() ->
                        figure("{kind: winner, x: life.checkpoint.interval, z: life.faults.causes.node.mtbf, y: ettr}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("x and z leave only one there");
        assertThat(Charts.of(
                        TestStudies.run(LIFE.replace(
                                        "CHART",
                                        "{kind: winner, x: life.checkpoint.interval, z: life.faults.causes.node.mtbf, y: ettr}")
                                .replace("sweep:", "variants: {a: {}, b: {life.spares: 1 nodes}}\nsweep:")),
                        LifeMetrics.ETTR))
                .hasSize(1);
    }

    @Test
    void bothAxesOfAMapCannotBeOne() {
        assertThatThrownBy(() -> figure("{kind: heatmap, x: life.checkpoint.interval, z: life.checkpoint.interval}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("both axes of the map are life.checkpoint.interval");
    }

    /** Young: sqrt(2 x 18 s x 12.5 h) = 21.2 min and half of it; between the columns by ratios. */
    @Test
    void aTrackLiesBetweenTheColumnsOfAMap() {
        HeatMapFigure map = (HeatMapFigure) figure("{kind: heatmap, x: life.checkpoint.interval, z:"
                + " life.faults.causes.node.mtbf, contours: [80%, 90%], track: checkpoint-interval.young}");
        assertThat(map.contours()).containsExactly(80.0, 90.0);
        double minutes = Math.sqrt(2 * 18 * 12.5 * 3600) / 60;
        List<OptionalDouble> columns = map.track().orElseThrow().columns();
        assertThat(columns.get(0).orElseThrow()).isCloseTo(1 + Math.log(minutes / 20) / Math.log(4), within(1e-9));
        assertThat(columns.get(1).orElseThrow()).isCloseTo(Math.log(minutes / 2 / 5) / Math.log(4), within(1e-9));
    }

    @Test
    void marksAndPublishedPointsAreInTheUnitOfTheAxis() {
        LineFigure line = (LineFigure)
                figure(
                        "{kind: line, x: life.checkpoint.interval, marks:"
                                + " [checkpoint-interval.optimum], points: [{x: 10 min, y: 91%, low: 90%, high: 93%, source: a paper}]}");
        assertThat(line.xAxis().unit()).isEqualTo("min");
        assertThat(line.referenceLines().get(0).value()).isBetween(20.0, 22.0);
        assertThat(line.referenceLines().get(0).label()).startsWith("Optimum 21");
        Series published = line.series().get(line.series().size() - 1);
        assertThat(published.name()).isEqualTo("a paper");
        assertThat(published.points().get(0).x()).isCloseTo(10, within(1e-9));
        assertThat(published.points().get(0).y().low()).isCloseTo(90, within(1e-9));
    }

    @Test
    void marksThatMeasureSomethingElseAreRefused() {
        assertThatThrownBy(() -> figure("{kind: line, x: life.checkpoint.interval, marks: [goodput]}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("goodput does not measure what life.checkpoint.interval does");
    }

    @Test
    void causesOfDesignsStandBesideEachOther() {
        BarFigure bars = (BarFigure) figure("{kind: causes, by: life.faults.causes.node.mtbf, runs: 2}");

        assertThat(bars.categories()).hasSizeGreaterThanOrEqualTo(2).allMatch(name -> name.contains(", "));
    }

    /** Each phase of the one cause; nothing of the time without a fault. */
    @Test
    void causesAreSplitIntoPhases() {
        BarFigure bars = (BarFigure) figure("{kind: causes, runs: 4}");
        assertThat(bars.categories()).containsExactly("node");
        assertThat(bars.series())
                .extracting(one -> one.name())
                .contains("detection", "initialisation", "loading", "steps done again")
                .doesNotContain("new steps");
    }

    /** Under the first failure rate nothing fails in ten days: the reason says where that is so. */
    @Test
    void causesOfALifeWithoutFaultsSayWhereNothingHappened() {
        String rare = LIFE.replace("[400 h, 100 h]", "[9000000 h, 100 h]").replace("CHART", "{kind: causes}");
        assertThat(Charts.missing(Charts.of(TestStudies.run(rare), LifeMetrics.ETTR))
                        .get(0))
                .containsIgnoringCase("nothing stopped the job at ")
                .contains("9000000 h")
                .endsWith("; name other values under at");
    }

    /** Of two axes one is held at a value; a number that is not run gives way to the nearest. */
    @Test
    void otherAxesAreHeldAtAValue() {
        LineFigure line = (LineFigure)
                figure("{kind: line, x: life.checkpoint.interval, at: {life.faults.causes.node.mtbf: 110 h}}");
        LineFigure first = (LineFigure) figure("{kind: line, x: life.checkpoint.interval}");
        assertThat(line.series().get(0).points()).hasSize(3);
        assertThat(line.series().get(0).points().get(2).y().value())
                .isLessThan(first.series().get(0).points().get(2).y().value());
        assertThatThrownBy(() -> figure("{kind: line, x: life.checkpoint.interval, at: {life.spares: 3 nodes}}"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no cell is at life.spares 3 nodes");
    }
}
