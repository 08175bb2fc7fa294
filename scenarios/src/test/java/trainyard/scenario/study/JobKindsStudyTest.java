package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Kinds of jobs, nodes that go and return, and what jobs use beside GPUs, in cases worked out by hand. */
class JobKindsStudyTest {

    private static final String HEAD = """
            trainyard: 1
            name: kinds
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            """;

    private static String scenario(String scheduler, String jobs) {
        return HEAD + "scheduler: {" + scheduler + "}\njobs:\n" + jobs.indent(2);
    }

    private static AbstractStringAssert<?> assertRefused(String scenario) {
        return assertThat(firstProblem(scenario).message());
    }

    private static Problem firstProblem(String scenario) {
        return refusal(scenario).problems().get(0);
    }

    private static final String ELASTIC_AND_RIGID = """
            list:
              - {id: elastic, gpus: 4, run: 100 s, size: elastic, least-gpus: 2, most-gpus: 8}
              - {id: rigid, gpus: 4, run: 20 s, submit: 30 s}
            """;

    /**
     * On 2 GPUs to 10 (5 of 100 done), on 4 to 20 (15), on 8 to 30 (35); then the other one takes 4 and it has 2 until 40 (40), gets 2
     * more until 50 (50), and on 8 it needs 25 s for the rest.
     */
    @Test
    void anElasticJobGrowsAndGivesWay() {
        StudyResult result = run(scenario("policy: elastic-fifo, rest: 10 s", ELASTIC_AND_RIGID));

        assertThat(value(result, "jct.mean")).isCloseTo((75 + 20) / 2.0, within(1e-9));
        assertThat(value(result, "gpu-hours")).isCloseTo(4 * 100 + 4 * 20, within(1e-9));
    }

    /** Each gets half of 8 GPUs, twice what it wants: with S(g) = 1 / (s + (1 - s) / g) it is S(4) / S(2) as fast. */
    @ParameterizedTest
    @CsvSource({"0, 20", "0.5, 33.3333333333", "1, 40"})
    void twoMoldableJobsShareTheCluster(double serial, double seconds) {
        StudyResult result = run(scenario("policy: elastic-fifo", """
                serial-share: SERIAL
                list:
                  - {id: a, gpus: 2, run: 40 s, size: moldable, most-gpus: 8}
                  - {id: b, gpus: 2, run: 40 s, size: moldable, most-gpus: 8}
                """.replace("SERIAL", "" + serial)));

        assertThat(value(result, "jct.mean")).isCloseTo(seconds, within(1e-6));
        assertThat(value(result, "gpus.most")).isEqualTo(8);
    }

    @Test
    void aSizeThatNobodyChoosesOrThatContradictsItselfIsRefused() {
        Scenario fifo = Scenario.of(
                new SourceText("test.yaml", scenario("policy: fifo", ELASTIC_AND_RIGID)), Path.of(""), List.of());

        assertThatThrownBy(() -> UnusedKeys.check(fifo))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("size");
        Problem narrow = firstProblem(
                scenario("policy: elastic-fifo", ELASTIC_AND_RIGID.replace("most-gpus: 8", "most-gpus: 3")));
        assertThat(narrow.message()).isEqualTo("it cannot want 4 and use 3 GPUs at most");
        assertThat(narrow.position().orElseThrow().line()).isEqualTo(7);
        assertRefused(scenario("policy: elastic-fifo", ELASTIC_AND_RIGID.replace("least-gpus: 2", "least-gpus: 5")))
                .isEqualTo("it cannot want 4 and run on 5 GPUs at least");
    }

    private static final String CHAIN = """
            list:
              - {id: train, gpus: 8, run: 10 s}
              - {id: test, gpus: 1, run: 5 s, after: train}
              - {id: report, gpus: 1, run: 1 s, after: [train, test]}
            """;

    /** They run one after the other: 10, 15 and 16 s after their submission, of which they wait none in the queue. */
    @Test
    void jobsWaitForOthersWithoutQueueing() {
        StudyResult result = run(scenario("policy: fifo", CHAIN));

        assertThat(value(result, "jct.mean")).isCloseTo((10 + 15 + 16) / 3.0, within(1e-9));
        assertThat(value(result, "jct.before")).isCloseTo((10 + 15) / 3.0, within(1e-9));
        assertThat(value(result, "wait.mean")).isZero();
        assertThat(value(result, "queue-length")).isZero();
        assertThat(value(result, "time-to-result.mean")).isEqualTo(16);
    }

    @Test
    void anImpossibleOrderIsRefused() {
        assertRefused(scenario("policy: fifo", CHAIN.replace("after: train}", "after: trian}")))
                .isEqualTo("job test waits for trian, which is not there");
        Problem cycle = firstProblem(scenario("policy: fifo", CHAIN.replace("after: train}", "after: report}")));
        assertThat(cycle.message()).isEqualTo("job test waits for itself");
        assertThat(cycle.position().orElseThrow().line()).isEqualTo(8);
    }

    @Test
    void whoeverWaitsForAJobThatIsLeftOutIsLeftOutToo() {
        StudyResult result = run(scenario(
                "policy: fifo",
                "too-large: drop\n" + CHAIN.replace("gpus: 8", "gpus: 9") + "  - {id: other, gpus: 1, run: 1 s}\n"));

        assertThat(value(result, "jobs.dropped")).isEqualTo(3);
        assertThat(value(result, "jobs.done")).isEqualTo(1);
    }

    /** Each tuning takes a minute, then two evaluations take half a minute side by side: 90 s to the result. */
    @Test
    void evaluationsFollowTunings() {
        StudyResult result = run("""
                trainyard: 1
                name: tunings
                cluster: {nodes: 100, node: {preset: dgx-h100}}
                cost: {price: 36 USD/GPU-hour}
                scheduler: {policy: fifo}
                jobs:
                  arrivals:
                    horizon: 10 h
                    classes:
                      lora:
                        {every: 10 min, gpus: 2, run: 60 s, form: fixed, team-count: 3, then: {jobs: 2, run: 30 s, form: fixed}}
                """);
        double tunings = value(result, "class.lora.jobs");

        assertThat(tunings).isBetween(30.0, 90.0);
        assertThat(value(result, "class.lora-evaluation.jobs")).isEqualTo(2 * tunings);
        assertThat(value(result, "class.lora.jct.p99")).isEqualTo(60);
        assertThat(value(result, "class.lora-evaluation.jct.p50")).isEqualTo(90);
        assertThat(value(result, "class.lora.time-to-result.mean")).isEqualTo(90);
        // 120 GPU-seconds at a cent each.
        assertThat(value(result, "class.lora.cost-per-job")).isCloseTo(1.2, within(1e-9));
        assertThat(value(result, "class.lora-evaluation.cost-per-job")).isCloseTo(0.3, within(1e-9));
    }

    /** One a microsecond for 11 s. */
    @Test
    void moreArrivalsThanARunHoldsAreRefused() {
        assertRefused(scenario("policy: fifo", """
                arrivals:
                  horizon: 11 s
                  classes:
                    a: {every: 1 us, gpus: 1, run: 1 h}
                """)).isEqualTo("up to 11,000,000 jobs would come, more than 2,000,000");
    }

    @Test
    void whatFollowsHasANameOfItsOwn() {
        assertRefused(scenario("policy: fifo", """
                arrivals:
                  horizon: 1 h
                  classes:
                    a: {every: 1 h, gpus: 1, run: 1 h, then: {name: b, run: 1 h}}
                    a-b: {every: 1 h, gpus: 1, run: 1 h}
                """)).isEqualTo("class a-b appears twice");
    }

    private static final String SPOT = """
            spot: {nodes: 1, up: 100 s, notice: 10 s, away: 50 s, form: fixed}
            checkpoint: {write: 5 s}
            list: [{id: a, gpus: 8, run: 150 s}]
            """;

    /** Told at 100, it saves from 105 to 110, when the node goes; back at 160 it loads for 5 s and has 45 s left. */
    @Test
    void aSpotNodeGoesWithANoticeAndReturns() {
        StudyResult result = run(scenario("policy: fifo", SPOT));

        assertThat(value(result, "jct.mean")).isEqualTo(210);
        assertThat(value(result, "preemptions")).isEqualTo(1);
        assertThat(value(result, "share.off")).isCloseTo(50 / 210.0, within(1e-9));
        assertThat(value(result, "share.checkpoint")).isCloseTo(5 / 210.0, within(1e-9));
        assertThat(value(result, "share.lost")).isZero();
    }

    /** It takes longer to save than it is told before: each time it begins anew, and never ends. */
    @Test
    void aJobThatALenderStopsAgainAndAgainIsRefused() {
        assertRefused(scenario("policy: fifo", SPOT.replace("write: 5 s", "write: 20 s")))
                .contains("nodes broke or left 100000 times");
        assertRefused(scenario("policy: fifo", SPOT.replace("nodes: 1", "nodes: 2")))
                .isEqualTo("2 nodes cannot be lent of 1");
    }

    /**
     * The first node is away from 30 to 50, the second from 60 to 80, the first again from 90 to 110: a has done 30, then 40, and 30
     * more from 110 on; b 60, and 40 from 80 on, as its node is called again.
     */
    @Test
    void nodesAreServicedInTurn() {
        StudyResult result = run(scenario("policy: fifo", """
                maintenance: {every: 30 s, length: 20 s}
                list: [{id: a/0, gpus: 8, run: 100 s}, {id: b/0, gpus: 8, run: 100 s}]
                """).replace("nodes: 1", "nodes: 2"));

        assertThat(value(result, "class.a.jct.mean")).isEqualTo(140);
        assertThat(value(result, "class.b.jct.mean")).isEqualTo(120);
        assertThat(value(result, "preemptions")).isEqualTo(3);
        // Of 2 x 140 s, but that the second node is called at 120 again.
        assertThat(value(result, "share.down")).isCloseTo((20 + 20 + 20 + 20) / 280.0, within(1e-9));
        assertRefused(scenario("policy: fifo", "maintenance: {every: 1 h, length: 1 h, at-once: 2}\n" + CHAIN))
                .isEqualTo("2 nodes cannot be serviced together of 1");
    }

    private static final String TEN_JOBS = """
            list:
              - {id: "1", submit: 0 min, gpus: 4, run: 6 min}
              - {id: "2", submit: 0 min, gpus: 8, run: 4 min}
              - {id: "3", submit: 1 min, gpus: 2, run: 2 min}
              - {id: "4", submit: 2 min, gpus: 4, run: 10 min}
              - {id: "5", submit: 3 min, gpus: 2, run: 8 min}
              - {id: "6", submit: 5 min, gpus: 1, run: 1 min}
              - {id: "7", submit: 6 min, gpus: 8, run: 2 min}
              - {id: "8", submit: 7 min, gpus: 4, run: 3 min}
              - {id: "9", submit: 9 min, gpus: 2, run: 5 min}
              - {id: "10", submit: 12 min, gpus: 1, run: 2 min}
            """;

    /** The ends 18, 24, 3, 22, 13, 6, 16, 12, 14 and 14 min that were worked out by hand for services of 4, 8, 16 and 32 GPU-min. */
    @Test
    void theGittinsIndexFollowsSamples() {
        StudyResult result = run(scenario(
                "policy: gittins, placement: any, quantum: 8 min, samples: [4 min, 8 min, 16 min, 32 min]", TEN_JOBS));

        assertThat(value(result, "jct.mean") / 60).isCloseTo((142 - 45) / 10.0, within(1e-9));
        assertThat(value(result, "preemptions")).isEqualTo(8);
    }

    /**
     * The example of Ghodsi et al. (NSDI 2011, section 4.1) with one GPU for each task, of which there are enough: tasks of <1 CPU,
     * 4 GB> and <3 CPU, 1 GB> on <9 CPU, 18 GB>. Three and two of them have dominant shares of 2/3.
     */
    private static String ghodsi(String policy, int times) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 9 * times; i++) {
            list.append("  - {id: a/" + i + ", team: a, gpus: 1, run: 1 h, cpus-per-gpu: 1, memory-per-gpu: 4 GB}\n");
            list.append("  - {id: b/" + i + ", team: b, gpus: 1, run: 1 h, cpus-per-gpu: 3, memory-per-gpu: 1 GB}\n");
        }
        return scenario("placement: any, policy: " + policy, "list:\n" + list)
                .replace(
                        "{preset: dgx-h100}",
                        "{preset: dgx-h100, gpus: 512, cpus: " + 9 * times + ", host-memory: " + 18 * times + " GB}");
    }

    @ParameterizedTest
    @CsvSource({"drf, 1, 3, 2", "drf, 10, 30, 20"})
    void dominantSharesAreThoseOfTheExample(String policy, int times, int ofA, int ofB) {
        assertThat(firstHour(ghodsi(policy, times), "a")).isEqualTo(ofA);
        assertThat(firstHour(ghodsi(policy, times), "b")).isEqualTo(ofB);
    }

    /** Jobs of a team that start at once. */
    private static double firstHour(String scenario, String team) {
        StudyResult result = run(scenario);
        double[] waits = result.study()
                .details(result.cells().get(0).cell(), 0)
                .values(TestStudies.metric(result, "team." + team + ".wait"));
        return Arrays.stream(waits).filter(wait -> wait == 0).count();
    }

    /** By GPUs alone both hold as many until no processors are left for b, and a has the rest. */
    @Test
    void fairnessOfGpusAloneIsAnother() {
        assertThat(firstHour(ghodsi("max-min", 10), "b")).isEqualTo(22);
        assertThat(firstHour(ghodsi("max-min", 10), "a")).isEqualTo(24);
    }

    @Test
    void processorsAndMemoryAreCountedForWholeJobsAlone() {
        assertRefused(ghodsi("pod-by-pod", 1)).contains("not counted for jobs that are placed pod by pod");
        assertRefused(ghodsi("drf", 1).replace("cpus-per-gpu: 3", "cpus-per-gpu: 10"))
                .contains("job b/0 wants 1 GPU")
                .contains("10 processors");
    }
}
