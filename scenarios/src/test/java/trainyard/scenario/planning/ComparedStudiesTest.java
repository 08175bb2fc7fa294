package trainyard.scenario.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.study.TestStudies;

class ComparedStudiesTest {

    private static final String STEP = """
            trainyard: 1
            name: small
            cluster: {nodes: 1 node, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 16 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, sequence-parallel: true}
            variants: {a: {}, b: {job.batch.global: 32 sequences}, c: {job.batch.global: 64 sequences}}
            """;

    /** Three designs of one scenario and three of another are six of six in the end, and never fewer than before. */
    @Test
    void tellsHowManyOfAllDesignsAreDone() {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Scenario scenario = TestStudies.study(STEP).scenario();
        Comparison.of(List.of(scenario, scenario), 1, (done, all) -> told.add(done + "/" + all));

        assertThat(told).containsExactly("1/6", "2/6", "3/6", "4/6", "5/6", "6/6");
    }
}
