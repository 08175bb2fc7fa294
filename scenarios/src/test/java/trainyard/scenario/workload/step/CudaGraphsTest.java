package trainyard.scenario.workload.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.TestStudies;

/** A mixture with one short sequence a micro-batch, whose kernels are shorter than issuing them, and a dense model that fills its GPUs. */
class CudaGraphsTest {

    private static final String MIXTURE = """
            trainyard: 1
            name: graphs
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            job:
              model: {preset: qwen3-30b-a3b}
              batch: {global: 8 sequences, micro: 1 sequence, sequence-length: 1024 tokens}
              parallel: {data: 8, expert: 8, zero: 1}
              cuda-graphs: GRAPHS
            """;

    private static final String DENSE = MIXTURE.replace("qwen3-30b-a3b", "llama2-7b")
            .replace("sequence-length: 1024", "sequence-length: 4096")
            .replace("data: 8, expert: 8, zero: 1}", "data: 8, zero: 3}\n  recompute: full");

    private static double seconds(String scenario, String graphs) {
        return TestStudies.run(scenario.replace("GRAPHS", graphs))
                .cells()
                .get(0)
                .mean(StepMetrics.STEP_TIME)
                .orElseThrow();
    }

    @Test
    void aHostThatDoesNotKeepUpIsSparedItsLaunches() {
        double none = seconds(MIXTURE, "none");
        double layers = seconds(MIXTURE, "layers");
        double step = seconds(MIXTURE, "step");

        assertThat(layers).isLessThan(0.9 * none);
        assertThat(step).isLessThan(0.9 * layers);
        assertThat(seconds(MIXTURE.replace("  cuda-graphs: GRAPHS\n", ""), "")).isEqualTo(none);
    }

    /** All that is left to gain is what the GPU waits at the start of each pass. */
    @Test
    void oneThatKeepsUpGainsNextToNothing() {
        double none = seconds(DENSE, "none");
        assertThat(seconds(DENSE, "step")).isLessThanOrEqualTo(none).isCloseTo(none, within(0.02 * none));
    }

    @Test
    void launchesThatBlockAreRefused() {
        String blocking = MIXTURE + "  software: megatron-deepspeed-blocking\n";
        assertThatThrownBy(() -> seconds(blocking, "layers"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("CUDA graphs launch kernels together");
    }
}
