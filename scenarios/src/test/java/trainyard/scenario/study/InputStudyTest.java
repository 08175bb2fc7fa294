package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.scenario.source.Problem;

/** Scenarios with {@code input}. */
class InputStudyTest {

    /** 2048 samples of a petabyte a step at 10 GB/s are 6.5 years, and there are 100 such steps. */
    @Test
    void samplesThatTakeYearsAreRefused() {
        Problem refused = TestStudies.refusal("""
                trainyard: 1
                name: input
                cluster: {node: {preset: dgx-a100}}
                job:
                  model: {preset: resnet-50}
                  batch: {global: 2048 sequences, micro: 256 sequences, sequence-length: 1 token}
                  parallel: {data: 8}
                input:
                  data: {kind: images, sample: 1000000 GB}
                  storage: {bandwidth: 10 GB/s}
                  steps: 100 steps
                """).problems().get(0);
        assertThat(refused.kind()).isEqualTo(Problem.Kind.LIMIT);
        assertThat(refused.message()).contains("loading may take", "years, more than the 10 that can be simulated");
        assertThat(refused.position())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(11));
    }
}
