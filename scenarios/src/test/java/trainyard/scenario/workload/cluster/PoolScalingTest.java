package trainyard.scenario.workload.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.detail.TimeSeries;

/** Pools of nodes that are each scaled for themselves, and the GPUs that fragments lose. */
class PoolScalingTest {

    private static final String POOLS = """
            trainyard: 1
            name: pools
            cluster:
              nodes: 3 nodes
              node: {preset: dgx-h100}
            jobs:
              list:
                - {id: b/1, gpus: 8, run: 1 h, gpu-type: b}
                - {id: a/1, gpus: 8, submit: 2 h, run: 1 h, gpu-type: a}
                - {id: x/1, gpus: 8, submit: 5 h, run: 1 h}
              pools: {a: 2 nodes, b: 1 node}
              autoscaler: {provision: 10 min, look-every: 1 min}
            scheduler: {policy: fifo}
            """;

    /** Each job orders one node, in its own pool, and waits for it; what needs no type counts for the first pool. */
    @Test
    void eachPoolIsScaledForItsJobs() {
        StudyResult result = TestStudies.run(POOLS);

        assertThat(TestStudies.value(result, "scaling.orders")).isEqualTo(3);
        assertThat(TestStudies.value(result, "class.b.wait.mean")).isCloseTo(600, within(1e-6));
        assertThat(TestStudies.value(result, "class.a.wait.mean")).isCloseTo(600, within(1e-6));
        assertThat(TestStudies.value(result, "class.x.wait.mean")).isCloseTo(600, within(1e-6));
    }

    @Test
    void whatPoolsCannotHaveIsRefused() {
        assertThat(refusal(POOLS.replace("look-every: 1 min", "least-nodes: 2 nodes")))
                .contains("2 nodes cannot stay of 1");
        assertThat(refusal(POOLS.replace("look-every: 1 min", "rule: scheduled, steps: [{from: 0 s, nodes: 1 node}]")))
                .contains("2 pools cannot keep one timetable");
    }

    private static String refusal(String scenario) {
        return TestStudies.refusal(scenario).problems().toString();
    }

    /** Half of each node is free for two hours, of which a job that comes after a minute wants eight GPUs on one. */
    @Test
    void freeGpusOfNoUseAreCountedAsLongAsTheyAre() {
        StudyResult result = TestStudies.run("""
                trainyard: 1
                name: fragments
                cluster:
                  nodes: 2 nodes
                  node: {preset: dgx-h100}
                jobs:
                  list:
                    - {id: a, gpus: 4, run: 2 h}
                    - {id: b, gpus: 4, run: 2 h}
                    - {id: c, gpus: 8, submit: 1 min, run: 1 h}
                scheduler: {policy: fifo, placement: worst-fit}
                """);

        TimeSeries lost = result.study()
                .workload(result.cells().get(0).cell())
                .details()
                .series(ClusterSeries.FRAGMENTED)
                .get(0);
        assertThat(lost.value(30)).hasValue(0);
        assertThat(lost.mean(60, 7_200)).isEqualTo(8);
        assertThat(lost.mean(0, 10_800)).isCloseTo(8 * 119 / 180.0, within(1e-9));
        assertThat(lost.mean(0, 10_800) / 16).isCloseTo(TestStudies.value(result, "share.fragmented"), within(1e-9));
    }
}
