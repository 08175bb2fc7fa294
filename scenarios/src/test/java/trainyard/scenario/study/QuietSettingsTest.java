package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.workload.step.StepRemarks;

/** Settings of a step that change less, or more, than their writer may expect are remarked on. */
class QuietSettingsTest {

    private static boolean remarked(String network, String parallel, String begin) {
        StudyResult result = TestStudies.run("""
                trainyard: 1
                name: test
                cluster:
                  nodes: 16
                  node: {preset: dgx-h100}
                  network: {preset: ib-ndr, kind: fat-tree, NETWORK}
                job:
                  model: {preset: gpt3-1.3b}
                  batch: {global: 256, micro: 1, sequence-length: 2048}
                  parallel: {PARALLEL}
                """.replace("NETWORK", network).replace("PARALLEL", parallel));
        return StepRemarks.of(result.grid().get(0).outcomes()).stream().anyMatch(words -> words.startsWith(begin));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oversubscription: 4 | true",
                "oversubscription: 1 | false",
                "efficiency: 0.9 | false",
                "oversubscription: 4, collectives: flow | false",
                "oversubscription: 4, nodes-per-leaf: 16 | false",
            })
    void uplinksThatNoFormulaKnowsOf(String network, boolean remarked) {
        assertThat(remarked(network, "tensor: 8, zero: 1", "oversubscription changes nothing here"))
                .isEqualTo(remarked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pipeline: 4, tensor: 8, zero: 2 | true",
                "pipeline: 4, tensor: 8, zero: 2, reduce-each-micro-batch: true | false",
                "pipeline: 4, tensor: 8, zero: 2, reduce-each-micro-batch: false | false",
                "pipeline: 4, tensor: 8, zero: 1 | false",
                "tensor: 8, zero: 2 | false",
            })
    void sumsThatThePassesOfAPipelineWaitFor(String parallel, boolean remarked) {
        assertThat(remarked("efficiency: 0.9", parallel, "zero 2 sums gradients after each of"))
                .isEqualTo(remarked);
    }
}
