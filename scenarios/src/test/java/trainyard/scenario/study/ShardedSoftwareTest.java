package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.workload.step.StepRemarks;

/** How sharded weights are priced depends on the software more than on much else, so what was never compared is said. */
class ShardedSoftwareTest {

    @ParameterizedTest
    @CsvSource({
        "3, megatron-core-2024, true",
        "3, deepspeed-zero3-2022, true",
        "3, composer-fsdp, false",
        "1, megatron-core-2024, false"
    })
    void weightsThatMegatronShardsAreRemarkedOn(int stage, String software, boolean remarked) {
        StudyResult result =
                TestStudies.run("""
                trainyard: 1
                name: test
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                job:
                  model: {preset: gpt3-1.3b}
                  batch: {micro: 1 sequence, accumulation: 1, sequence-length: 2048 tokens}
                  parallel: {data: 8, zero: STAGE}
                  software: SOFTWARE
                """.replace("STAGE", Integer.toString(stage)).replace("SOFTWARE", software));
        assertThat(StepRemarks.of(result.grid().get(0).outcomes()).stream()
                        .anyMatch(words -> words.startsWith(
                                "no published run that shards weights was compared with software " + software)))
                .isEqualTo(remarked);
    }
}
