package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an error of memory proposes has to fit. */
class MemoryRemedyTest {

    private static final String LLAMA_70B = """
            trainyard: 1
            name: step
            cluster: {nodes: 64, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-70b}
              batch: {global: 1024 sequences, micro: 1 sequence, sequence-length: 2048 tokens}
              parallel: {PLAN}
              recompute: full
            """;

    private static String hint(String plan, String more) {
        return TestStudies.refusal(LLAMA_70B.replace("PLAN", plan) + more)
                .problems()
                .get(0)
                .hint();
    }

    /** 70.6 G weights of 2 bytes are 131 GiB on every GPU under ZeRO-2, and 0.26 GiB on each of 512 under ZeRO-3. */
    @Test
    void weightsThatDoNotFitAreSharded() {
        assertThat(hint("zero: 2, offload-optimizer: cpu", "")).contains("zero: 3");
    }

    /**
     * Fused attention keeps its inputs, so computing it again saves nothing: 41.5 GiB stay too much for the nodes of 40 GiB,
     * however well they fit the others of 80.
     */
    @Test
    void whatDoesNotFitTheSmallestGpuIsNotProposed() {
        String mixed = LLAMA_70B
                .replace("nodes: 64", "nodes: 128")
                .replace("  recompute: full\n", "")
                .replace("2048 tokens", "8192 tokens")
                .replace(
                        "{preset: ib-ndr}}",
                        "{preset: ib-ndr}, condition: {other-nodes: [{preset: aws-p4d.24xlarge, nodes: 0-3}]}}")
                .replace(
                        "PLAN",
                        "tensor: 8, pipeline: 4, data: 32, sequence-parallel: true, zero: 1, schedule: interleaved-1f1b,"
                                + " virtual-stages: 5");

        assertThat(TestStudies.refusal(mixed).problems().get(0).hint())
                .contains("recompute: full")
                .doesNotContain("recompute: selective");
    }
}
