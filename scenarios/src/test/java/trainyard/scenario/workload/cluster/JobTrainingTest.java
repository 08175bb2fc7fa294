package trainyard.scenario.workload.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.study.UnusedKeys;

/** {@code jobs.training} and the policy {@code goodput}, in scenarios. */
class JobTrainingTest {

    /** Four GPUs of one node; a step of one GPU takes 64 ms, and with next to endless noise each sample is worth as much. */
    private static final String SCENARIO = """
            trainyard: 1
            name: training
            cluster:
              nodes: 1 node
              node: {preset: dgx-h100, gpus: 4}
            jobs:
              list:
                - {id: net/1, gpus: 1, run: 20 min}
              training:
                net: {alpha-grad: 0 s, beta-grad: 1 ms, noise-scale: 1000000000, initial-batch: 64, most-batch: 64, most-pass: 64}
            scheduler: {policy: goodput}
            """;

    private static final String TWO_PARTS = """
            trainyard: 1
            name: parts
            cluster:
              nodes: 1 node
              node: {preset: dgx-h100, gpus: 4}
            jobs:
              list:
                - {id: net/1, gpus: 1, run: 20 min}
              training:
                net: {alpha-grad: 36 ms, beta-grad: 1 ms, noise-scale: [0, 192], initial-batch: 64, batch: 64, most-batch: 128, most-pass: 128}
            scheduler: {policy: goodput, explore: false}
            """;

    private static double makespan(String scenario) {
        return TestStudies.value(TestStudies.run(scenario), "makespan");
    }

    /** 60 s on one GPU, 60 s on two and 60 s on four are 420 s of 1,200; the rest takes 195 s on four. */
    @Test
    void aJobGrowsByGoodput() {
        assertThat(makespan(SCENARIO)).isCloseTo(375, within(1e-3));
        assertThat(makespan(SCENARIO.replace("goodput}", "goodput, explore: false}")))
                .isCloseTo(300, within(1e-3));
        assertThat(makespan(SCENARIO.replace("goodput}", "goodput, interval: 2 min}")))
                .isCloseTo(120 * 2 + (1200 - 120 * 3) / 4.0, within(1e-3));
        assertThat(makespan(SCENARIO.replace("goodput}", "fifo}").replace(" most-batch: 64,", "")))
                .isCloseTo(1200, within(1e-3));
    }

    /**
     * One GPU, no exchange. The owner's batch of 64 takes 100 ms, so 640 samples a second in both parts, of 10 min each. Of the first part more samples are
     * worth nothing; in the second one 128 take 164 ms and are worth (192 + 64) / (192 + 128) = 0.8 each: 624 a second, less than 640. With a
     * pass of four GPUs 16 samples take 52 ms, so 1,231 a second; 32 take 68 ms, 1,882 samples that are worth 1,506, so 256 ms of the first
     * part become 133 and of the second 109.
     */
    @Test
    void theBatchGrowsWithTheNoise() {
        assertThat(makespan(TWO_PARTS))
                .isCloseTo(600 * 640 / (64 / 0.052) + 600 * 640 / (128 / 0.068 * 0.8), within(0.1));
        assertThat(makespan(TWO_PARTS.replace("most-batch: 128", "most-batch: 64")))
                .isCloseTo(1200 * 640 / (64 / 0.052), within(0.1));
    }

    @Test
    void jobsOnSeveralNodesAreSlowerUnderAnyPolicy() {
        String slow = SCENARIO.replace("gpus: 1, run", "gpus: 8, run")
                .replace("1 node\n", "2 nodes\n")
                .replace("most-batch: 64,", "alpha-node: 8 ms,")
                .replace("policy: goodput", "policy: fifo, placement: any");

        // On eight GPUs of two nodes, which are as few as hold it, the run time holds.
        assertThat(makespan(slow)).isCloseTo(1200, within(1e-3));
        String spread = slow.replace("gpus: 8, run", "gpus: 4, run").replace("placement: any", "placement: spread");
        // 16 ms for 64 samples of four GPUs on one node, 24 ms on two.
        assertThat(makespan(spread)).isCloseTo(1200 * 24 / 16.0, within(1e-3));
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        String many = SCENARIO.replace(
                "- {id: net/1, gpus: 1, run: 20 min}",
                "- {id: net/1, gpus: 1, run: 20 min}\n    - {id: net/2, gpus: 2, run: 30 min}\n    - {id: net/3, gpus: 4, submit: 2 min, run: 9 min}");
        StudyResult first = TestStudies.run(many);

        assertThat(TestStudies.value(first, "jobs.done")).isEqualTo(3);
        assertThat(TestStudies.run(many).cells().get(0).outcomes())
                .isEqualTo(first.cells().get(0).outcomes());
    }

    @Test
    void whatCannotBeIsRefusedWithItsPlace() {
        assertThat(problem(SCENARIO.replace("    net: {", "    nett: {")))
                .contains("line=10")
                .contains("there is no class of jobs 'nett'")
                .contains("did you mean 'net'");
        assertThat(problem(SCENARIO.replace("most-batch: 64", "most-batch: 32")))
                .contains("below the owner's 64");
        assertThat(problem(SCENARIO.replace("most-batch: 64", "batch: 32"))).contains("below the initial one of 64");
        assertThat(problem(SCENARIO.replace("most-pass: 64", "most-pass: 64, least-pass: 65")))
                .contains("65 samples at least and 64 at most");
        assertThat(problem(SCENARIO.replace("most-pass: 64", "most-pass: 64, least-pass: 64")
                        .replace("gpus: 1, run", "gpus: 2, run")))
                .contains("job net/1 wants 2 GPUs, and can use 1 at most");
        assertThat(problem(SCENARIO.replace("beta-grad: 1 ms", "beta-grad: 0 ms")))
                .contains("beta-grad");
        assertThat(problem(SCENARIO.replace("goodput}", "goodput, interval: 0.5 s}")))
                .contains("at least 1 s");
    }

    @Test
    void keysThatCountForNothingAreRefused() {
        UnusedKeys.check(TestStudies.study(SCENARIO).scenario());
        assertThat(unused(SCENARIO.replace("goodput}", "fifo}"))).contains("most-batch");
        assertThat(unused(SCENARIO.replace("goodput}", "goodput, placement: best-fit}")))
                .contains("placement");
        assertThat(unused(SCENARIO.replace("goodput}", "las, fairness: 0}"))).contains("fairness");
        assertThat(unused(SCENARIO.replace("scheduler:", "  locality: {rack: 0.5}\nscheduler:")))
                .contains("training");
        assertThat(problem(SCENARIO.replace("  list:", "  pools: {a: 1 node}\n  list:")
                        .replace("nodes: 1 node", "nodes: 2 nodes")
                        .replace("{a: 1 node}", "{a: 1 node, b: 1 node}")))
                .contains("without a look at pools");
    }

    private static String unused(String scenario) {
        return catchThrowableOfType(
                        () -> UnusedKeys.check(TestStudies.study(scenario).scenario()), ScenarioException.class)
                .problems()
                .toString();
    }

    private static String problem(String scenario) {
        return TestStudies.refusal(scenario).problems().toString();
    }
}
