package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

/** Four jobs of 8 GPUs each take 40 s on one node, 20 s on two and 10 s on four: a straight line on logarithmic axes. */
class PublishedPointsTest {

    private static final String JOBS = """
            trainyard: 1
            name: points
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs:
              list:
                - {id: a, gpus: 8, run: 10 s}
                - {id: b, gpus: 8, run: 10 s}
                - {id: c, gpus: 8, run: 10 s}
                - {id: d, gpus: 8, run: 10 s}
            sweep: {cluster.nodes: [1, 2, 4]}
            report: {headline: makespan, charts: [{kind: line, x: cluster.nodes, y: makespan, MORE}]}
            """;

    private static String caption(String scenario, String more) {
        StudyResult result = TestStudies.run(scenario.replace("MORE", more));
        return Charts.of(result, TestStudies.metric(result, "makespan"))
                .get(0)
                .text()
                .caption();
    }

    /** At 3 nodes the straight line is at 15 s, half more than 10 s. */
    @Test
    void theCurveIsStraightBetweenItsPoints() {
        assertThat(caption(JOBS, "points: [{x: '3', y: 10 s, source: A}, {x: '4', y: 8 s, source: A}]"))
                .endsWith("Curve less published value: A: +50.0 % at 3, +25.0 % at 4.");
    }

    /** On logarithmic axes it is at 40 / 3 s. */
    @Test
    void onLogarithmicAxesItIsStraightThere() {
        assertThat(caption(JOBS, "x-scale: log, y-scale: log, points: [{x: '3', y: 10 s, source: A}]"))
                .endsWith("Curve less published value: A: +33.3 %.");
    }

    @Test
    void anIntervalSaysWhetherTheCurveIsWithin() {
        assertThat(caption(JOBS, "points: [{x: '2', y: 25 s, low: 18 s, high: 30 s, source: A}]"))
                .endsWith("A: -20.0 % (within its interval).");
        assertThat(caption(JOBS, "points: [{x: '2', y: 25 s, low: 24 s, source: A}]"))
                .endsWith("A: -20.0 % (outside its interval).");
    }

    /** Beyond the ends of a curve, and among several curves, there is nothing to hold a value against. */
    @Test
    void nothingIsSaidWhereThereIsNoCurve() {
        assertThat(caption(JOBS, "points: [{x: '8', y: 5 s, source: A}]")).doesNotContain("published");
        String two = JOBS + "variants: {as: {}, slow: {cluster.node.preset: dgx-a100}}\n";
        assertThat(caption(two, "by: variant, points: [{x: '2', y: 10 s, source: A}]"))
                .doesNotContain("published");
        assertThat(caption(two, "by: variant, points: [{x: '2', y: 10 s, of: slow, source: A}]"))
                .endsWith("A: +100.0 %.");
    }

    @Test
    void aCurveThatIsNotThereIsRefused() {
        String two = JOBS + "variants: {as: {}, slow: {cluster.node.preset: dgx-a100}}\n";
        assertThatThrownBy(() -> caption(two, "by: variant, points: [{x: '2', y: 10 s, of: slwo, source: A}]"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'slwo' is no curve of this chart");
        assertThatThrownBy(() -> caption(JOBS, "points: [{x: '2', y: 10 s, of: slow, source: A}]"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'slow' is no curve of this chart");
    }

    /** The axis is percent of the first point then, which no published value is in. */
    @Test
    void aChartOverItsFirstPointHasNone() {
        assertThatThrownBy(() -> caption(JOBS, "relative: true, points: [{x: '2', y: 10 s, source: A}]"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'points' counts for nothing in a chart in percent of its first point");
    }
}
