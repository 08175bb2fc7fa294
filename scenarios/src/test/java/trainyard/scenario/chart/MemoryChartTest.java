package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
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

    private static final String SWEPT = SCENARIO.substring(0, SCENARIO.indexOf("variants:"))
            + "sweep: {job.parallel.tensor: [TENSOR]}\n"
            + "report: {charts: [{kind: memory, x: job.parallel.tensor}]}\n";

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

    @Test
    void barsOfSweptValuesAreNamedAfterThemAndOnesWithoutAPlanAreTold() {
        BarFigure figure = of(SWEPT.replace("TENSOR", "2, 4, 64"));

        assertThat(figure.categoryTitle()).isEqualTo("Tensor-parallel ranks");
        assertThat(figure.categories()).containsExactly("2", "4");
        assertThat(figure.text().caption())
                .startsWith("Tensor-parallel ranks 2 needs most: ")
                .contains(" Without a plan that can run: tensor-parallel ranks 64.");
    }

    @Test
    void designsThatHaveNoRoomInTheChartAreCounted() {
        String batches =
                IntStream.rangeClosed(1, 30).mapToObj(i -> 8 * i + " sequences").collect(Collectors.joining(", "));
        String scenario = SWEPT.replace("job.parallel.tensor: [TENSOR]", "job.batch.global: [" + batches + "]");

        for (String kind : List.of("memory", "breakdown", "table")) {
            String chart = scenario.replace("kind: memory, x: job.parallel.tensor", "kind: " + kind);
            Figure figure =
                    Charts.of(TestStudies.run(chart), StepMetrics.STEP_TIME).get(0);
            assertThat(figure.text().caption())
                    .as(kind)
                    .contains("The first " + (kind.equals("table") ? 20 : 24) + " of 30 designs are shown.");
        }
    }

    @Test
    void stagesThatHaveNoRoomInTheChartAreCounted() {
        String deep = SCENARIO.substring(0, SCENARIO.indexOf("variants:"))
                .replace("{tensor: 4,", "{tensor: 1, pipeline: 32,")
                .replace("sequence-parallel: true", "sequence-parallel: false");
        BarFigure figure = of(deep + "report: {charts: [{kind: memory}]}\n");

        assertThat(figure.categories()).hasSize(24);
        assertThat(figure.text().caption()).contains("The first 24 of 32 stages are shown.");
    }

    private static BarFigure of(String scenario) {
        return (BarFigure)
                Charts.of(TestStudies.run(scenario), StepMetrics.STEP_TIME).get(0);
    }

    private static BarFigure memory(String other) {
        return of(SCENARIO.replace("OTHER", other));
    }
}
