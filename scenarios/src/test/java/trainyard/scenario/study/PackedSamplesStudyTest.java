package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.run;

import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.step.StepMetrics;

/** A step on samples packed into sequences. */
class PackedSamplesStudyTest {

    private static final String WHOLE = """
            trainyard: 1
            name: packed
            cluster: {nodes: 1 node, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 32 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 2, data: 4, sequence-parallel: true, zero: 1}
              software: megatron-core-2024
            """;

    private static String packed(String tokens) {
        return WHOLE.replace("8192 tokens", "8192 tokens, packed-length: " + tokens);
    }

    private static double seconds(String text) {
        return run(text, 1).cells().get(0).mean(StepMetrics.STEP_TIME).orElseThrow();
    }

    /** Four samples of 2,048 tokens in a sequence cost what four sequences of 2,048 tokens do, and one of 8,192 what a sequence does. */
    @Test
    void samplesCostWhatSequencesOfTheirLengthDo() {
        String four = WHOLE.replace("global: 32", "global: 128")
                .replace("micro: 1 sequence", "micro: 4 sequences")
                .replace("8192", "2048");

        assertThat(seconds(packed("2048 tokens"))).isCloseTo(seconds(four), within(1e-9));
        assertThat(seconds(packed("8192 tokens"))).isCloseTo(seconds(WHOLE), within(1e-9));
        assertThat(seconds(four)).isLessThan(0.95 * seconds(WHOLE));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThat(obstacle(packed("9000 tokens"))).contains("longer than the 8192 tokens of a sequence");
        assertThat(obstacle(packed("600 tokens").replace("megatron-core-2024", "megatron-2021")))
                .contains("keeps whole score matrices");
    }

    private static String obstacle(String text) {
        Outcome outcome = run(text, 1).cells().get(0).outcomes().get(0);
        return outcome.infeasible().orElseThrow().message();
    }
}
