package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.step.StepMetrics;

class BreakdownChartTest {

    private static final String SCENARIO = """
            trainyard: 1
            name: parts
            cluster: {nodes: 4 nodes, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 512 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 4, zero: 1, sequence-parallel: true}
              recompute: full
            variants:
              sharded: {}
              whole: {job.parallel.tensor: 1, job.parallel.zero: 0, job.batch.micro: 16 sequences, job.recompute: none}
            report: {charts: [{kind: breakdown, x: variant}]}
            """;

    private static final StudyResult RESULT = TestStudies.run(SCENARIO);
    private static final BarFigure FIGURE =
            (BarFigure) Charts.of(RESULT, StepMetrics.STEP_TIME).get(0);

    @Test
    void partsTooSmallToSeeAreInTheSumAllTheSame() {
        double step = RESULT.grid().get(0).mean(StepMetrics.STEP_TIME).orElseThrow();
        double sum = FIGURE.series().stream()
                .mapToDouble(part -> part.values().get(0).orElseThrow().value())
                .sum();
        assertThat(sum).isCloseTo(step, within(1e-6 * step));
        assertThat(FIGURE.series()).extracting(BarSeries::name).last().isEqualTo("other");
        assertThat(FIGURE.text().caption()).contains("Other: ").contains("optimizer");
    }

    @Test
    void aDesignThatCannotRunKeepsItsPlaceAndSaysSo() {
        assertThat(FIGURE.categories()).containsExactly("sharded", "whole: cannot run");
        assertThat(FIGURE.series())
                .allSatisfy(part -> assertThat(part.values().get(1)).isEmpty());
    }
}
