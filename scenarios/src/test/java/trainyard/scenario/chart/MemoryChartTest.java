package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.step.StepMetrics;

class MemoryChartTest {

    private static final String SCENARIO = """
            trainyard: 1
            name: memory
            cluster: {nodes: 4 nodes, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 64 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 4, zero: 1, sequence-parallel: true}
              recompute: full
            variants:
              one: {}
              other: {OTHER}
            report: {charts: [{kind: memory, x: variant}]}
            """;

    @Test
    void barsOfOneKindOfGpuAreHeldAgainstWhatItHas() {
        BarFigure figure = memory("job.parallel.tensor: 8");

        assertThat(figure.limit()).isPresent();
        assertThat(figure.categories()).containsExactly("one", "other");
    }

    @Test
    void barsOfDifferentGpusNameWhatEachHas() {
        BarFigure figure = memory("cluster.node.preset: dgx-b200");

        assertThat(figure.limit()).isEmpty();
        assertThat(figure.categories()).containsExactly("one (of 79.65 GiB)", "other (of 179.1 GiB)");
    }

    @Test
    void theCaptionNamesTheHighestBarEvenOfADesignThatHasNoRoom() {
        BarFigure figure = memory("job.parallel.zero: 0, job.parallel.tensor: 1, job.recompute: none");

        assertThat(figure.text().caption()).startsWith("Other needs most: ").endsWith(" of 79.65 GiB, on stage 0.");
    }

    private static BarFigure memory(String other) {
        return (BarFigure) Charts.of(TestStudies.run(SCENARIO.replace("OTHER", other)), StepMetrics.STEP_TIME)
                .get(0);
    }
}
