package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.scenario.source.Problem;

/** Scenarios with {@code jobs.locality}. */
class LocalityStudyTest {

    /** A V100 has no rate for the bf16 in which jobs of a model train. */
    @Test
    void aModelThatTheGpusCannotTrainIsRefused() {
        Problem refused = TestStudies.refusal("""
                trainyard: 1
                name: locality
                cluster: {nodes: 4, node: {preset: dgx-1-v100}}
                jobs:
                  list:
                    - {id: a, gpus: 8, run: 1 h}
                  locality:
                    model: gpt3-350m
                scheduler: {policy: fifo}
                """).problems().get(0);
        assertThat(refused.message()).startsWith("jobs train in bf16: ");
        assertThat(refused.position())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(8));
    }
}
