package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterleavedChunksTest {

    private static final String STEP = """
            trainyard: 1
            name: step
            cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 32 sequences, micro: 1 sequence, sequence-length: 2048 tokens}
              parallel: {pipeline: 4, data: 2, schedule: SCHEDULE}
            """;

    /** (p - 1) / (v m) of the ideal with 4 stages and 16 micro-batches: interleaving alone means two chunks, not 1F1B. */
    @ParameterizedTest
    @CsvSource({"1f1b, 0.1875", "interleaved-1f1b, 0.09375", "'interleaved-1f1b, virtual-stages: 4', 0.046875"})
    void interleavingMeansTwoChunksUnlessStated(String schedule, double bubble) {
        StudyResult result = TestStudies.run(STEP.replace("SCHEDULE", schedule));

        assertThat(TestStudies.value(result, "bubble-ratio.closed-form")).isEqualTo(bubble);
    }
}
