package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Series;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.step.StepMetrics;

/** Dashed ideals of a model on 2, 4 and 8 nodes at one global batch. */
class IdealTest {

    private static final String SCENARIO = """
            trainyard: 1
            name: ideal
            cluster: {nodes: 2 nodes, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 256 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 4, zero: 1, sequence-parallel: true}
              recompute: full
            sweep: {cluster.nodes: [2 nodes, 4 nodes, 8 nodes]}
            report: {charts: [{kind: line, x: cluster.nodes, y: METRIC, overlay: linear}]}
            """;

    @Test
    void ofWhatFallsIsInProportionToTheInverse() {
        assertIdeal("step-time", 1.0 / 4);
    }

    @Test
    void ofWhatRisesIsInProportion() {
        assertIdeal("throughput", 4);
    }

    private static void assertIdeal(String metric, double factor) {
        LineFigure figure =
                (LineFigure) Charts.of(TestStudies.run(SCENARIO.replace("METRIC", metric)), StepMetrics.STEP_TIME)
                        .get(0);
        assertThat(figure.series())
                .filteredOn(series -> series.stroke() == Series.Stroke.DASHED)
                .singleElement()
                .satisfies(ideal -> assertThat(ideal.points().get(2).y().value()
                                / ideal.points().get(0).y().value())
                        .isCloseTo(factor, within(1e-9)));
    }
}
