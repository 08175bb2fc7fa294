package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.LineFigure;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.step.StepMetrics;

class BreakEvensTest {

    private static final String SCENARIO = """
            trainyard: 1
            name: ports
            cluster: {nodes: 8 nodes, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
            sweep: {cluster.node.nic-bandwidth: [5 Gb/s, 50 Gb/s, 400 Gb/s]}
            variants:
              layers: {job.parallel.tensor: 8, job.parallel.sequence-parallel: true, job.parallel.zero: 1}
              shards: {job.parallel.zero: 3, job.recompute: full}
            report: {charts: [{kind: line, x: cluster.node.nic-bandwidth, y: step-time, by: variant, x-scale: log, crossings: true}]}
            """;

    /** Of nine designs beside the first one alone breaks even with it, the last: it is told first, four others and how many are left. */
    @Test
    void ofManyPairsThoseThatBreakEvenAreTold() {
        StringBuilder variants = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            variants.append("  slower ").append(i).append(": {<<: 0}\n");
        }
        String layers = "{job.parallel.tensor: 8, job.parallel.sequence-parallel: true, job.parallel.zero: 1";
        String slower = variants.toString().replace("{<<: 0}", layers + ", job.recompute: full}");
        String shards = "  shards:";
        StudyResult result = TestStudies.run(SCENARIO.replace(shards, slower + shards));

        List<String> told = BreakEvens.told(result, StepMetrics.STEP_TIME);
        assertThat(BreakEvens.sentences(result, StepMetrics.STEP_TIME)).hasSize(9);
        assertThat(told).hasSize(5);
        assertThat(told.get(0)).startsWith("layers and shards: break-even at");
        assertThat(told.get(1)).startsWith("layers and slower 0: none, layers is better");
        assertThat(BreakEvens.rest(result, StepMetrics.STEP_TIME))
                .hasValue("4 more pairs: 4 have no break-even; run --json lists each");
    }

    /** Ports are sold in bits: a place among 50 Gb/s and 400 Gb/s in bytes would have to be converted by the reader. */
    @Test
    void ratesThatAreSweptInBitsStayBits() {
        StudyResult result = TestStudies.run(SCENARIO);
        LineFigure figure =
                (LineFigure) Charts.of(result, StepMetrics.STEP_TIME).get(0);

        assertThat(BreakEvens.sentences(result, StepMetrics.STEP_TIME))
                .singleElement()
                .asString()
                .matches(".*break-even at NIC bandwidth [0-9.]+ Gb/s, below it layers");
        assertThat(figure.xAxis().unit()).isEqualTo("Gb/s");
        assertThat(figure.series().get(0).points().get(1).x()).isEqualTo(50);
        assertThat(figure.annotations())
                .allSatisfy(mark -> assertThat(mark.label()).matches("equal at [0-9.]+ Gb/s"));
    }
}
