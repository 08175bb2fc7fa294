package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.Workload;

class TrafficStudyTest {

    private static Workload workload(int jobs, int gpus, String operation) {
        String scenario = """
                trainyard: 1
                name: traffic
                cluster: {nodes: 32, node: {preset: dgx-h100, gpus: GPUS}}
                traffic: {operation: OPERATION, size: 1 MiB, jobs: JOBS}
                """.replace("GPUS", Integer.toString(gpus))
                .replace("JOBS", Integer.toString(jobs))
                .replace("OPERATION", operation);
        Study study = Study.of(Scenario.of(new SourceText("test.yaml", scenario), Path.of(""), List.of()), false);
        return study.workload(study.cells().get(0));
    }

    /** 8 jobs x 188 ranks x 187 messages each, 1504 at a time. */
    @Test
    void anAllToAllOfTooManyMessagesIsRefusedBeforeItRuns() {
        assertThatThrownBy(() -> workload(8, 47, "all-to-all"))
                .isInstanceOfSatisfying(ScenarioException.class, refused -> {
                    Problem problem = refused.problems().get(0);
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.LIMIT);
                    assertThat(problem.message())
                            .isEqualTo("2.81e+05 messages, 1504 at a time, are more than can be followed one by one");
                });
    }

    /** A chain of 512 KiB chunks: 200 x 2048 of them to each of 31 other ranks. */
    @Test
    void moreMessagesThanMayBeAreRefusedBeforeTheyAreSent() {
        Problem refused = TestStudies.refusal("""
                trainyard: 1
                name: test
                cluster: {nodes: 4, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
                traffic: {operation: broadcast, size: 200 GiB}
                """).problems().get(0);
        assertThat(refused.message())
                .isEqualTo("12697600 messages are more than the 10000000 that can be followed one by one");
        assertThat(refused.position())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(4));
    }

    /**
     * 8 jobs x 116 ranks x 115 messages, 928 at a time, are 0.99e8 changes of rates, 8 x 120 x 119 with 960 at a time 1.10e8; ranks
     * that stay in step change none.
     */
    @Test
    void ranksInStepAndFewerRanksAreNot() {
        assertThatCode(() -> workload(8, 47, "all-reduce")).doesNotThrowAnyException();
        assertThatCode(() -> workload(8, 29, "all-to-all")).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload(8, 30, "all-to-all"))
                .hasMessageContaining("1.14e+05 messages, 960 at a time");
    }

    /** Eight rings of 2 x 2879 messages for each of 2,880 ranks, on links that 64 ports share. */
    @Test
    void aStepWhoseExchangesTakeTooManyMessagesIsRefusedWhereTheyAreAskedFor() {
        Problem refused = TestStudies.refusal("""
                trainyard: 1
                name: test
                cluster:
                  node: {preset: dgx-h100}
                  network: {preset: ib-ndr, oversubscription: 64, collectives: flow}
                job:
                  model: {preset: llama3-8b}
                  batch: {micro: 1 sequence, accumulation: 1, sequence-length: 8192 tokens}
                  parallel: {data: 2880}
                  recompute: full
                """).problems().get(0);
        assertThat(refused.kind()).isEqualTo(Problem.Kind.LIMIT);
        assertThat(refused.message())
                .isEqualTo(
                        "an exchange among 2880 GPUs: 132664320 messages are more than the 10000000 that can be followed"
                                + " one by one");
        assertThat(refused.position())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(5));
    }

    private static StudyResult crossing(String condition) {
        return TestStudies.run("""
                trainyard: 1
                name: test
                cluster:
                  nodes: 8
                  node: {preset: dgx-h100, gpus: 1, nics: 1}
                  network: {preset: ib-ndr, kind: fat-tree, nodes-per-leaf: 4}
                CONDITION
                traffic: {operation: all-to-all, size: 256 MiB, jobs: 4, placement: interleaved, load-balancing: sprayed}
                """.replace("CONDITION", condition));
    }

    /** Each of four jobs has a node on each of two leaves, so all it sends comes through the uplinks, which are as fast as the ports. */
    @Test
    void halfOfTheUplinksTakesTwiceAsLong() {
        double healthy = TestStudies.value(crossing(""), "time");
        double half = TestStudies.value(
                crossing("  condition: {slow-links: [{link: uplinks, nodes: 2, share: 0.5}]}"), "time");
        double quarter = TestStudies.value(
                crossing(
                        "  condition: {slow-links: [{link: uplinks, nodes: 2-3, share: 0.5}, {link: uplinks, nodes: 7, share: 0.25}]}"),
                "time");
        assertThat(half / healthy).isBetween(1.99, 2.01);
        assertThat(quarter / healthy).isBetween(3.97, 4.03);
    }

    private static StudyResult pair(String condition) {
        return TestStudies.run("""
                trainyard: 1
                name: test
                cluster:
                  nodes: 2
                  node: {preset: dgx-h100, gpus: 2, nics: 2}
                  network: {preset: ib-ndr}
                CONDITION
                traffic: {operation: all-to-all, size: 256 MiB}
                """.replace("CONDITION", condition));
    }

    /** Four messages of 64 MiB leave the node, and all of them come through the port of 0.96 x 50 GB/s that is left. */
    @Test
    void theOtherPortCarriesTheTrafficOfOneThatIsDown() {
        double down = TestStudies.value(pair("  condition: {slow-links: [{link: port, nodes: 1, share: 0}]}"), "time");
        assertThat(down).isCloseTo(4 * 64 * 1024 * 1024 / (0.96 * 50e9), withinPercentage(0.1));
        assertThat(TestStudies.value(pair(""), "time")).isLessThan(down);
    }

    /** Routes do not leave a port that is slow, so what crosses it waits: half a port costs more than one that is down. */
    @Test
    void aSlowPortHoldsUpWhatCrossesIt() {
        double down = TestStudies.value(pair("  condition: {slow-links: [{link: port, nodes: 1, share: 0}]}"), "time");
        double slow =
                TestStudies.value(pair("  condition: {slow-links: [{link: port, nodes: 1, share: 0.5}]}"), "time");
        assertThat(slow).isGreaterThan(1.3 * down);
    }

    @Test
    void linksThatAreNotThereAndConditionsOfGpusAreRefused() {
        assertThat(refusedCondition("{slow-links: [{link: port, nodes: 0, share: 0}]}"))
                .isEqualTo("with nothing left of its links a job does not go on");
        assertThat(refusedCondition("{slow-links: [{link: uplinks, nodes: 0, share: 0.5}]}"))
                .isEqualTo("these nodes have no links of kind uplinks in a network of kind torus");
        assertThat(refusedCondition("{stragglers: [{count: 1, speed: 0.5}]}"))
                .isEqualTo("'stragglers' counts for the step of a job only");
    }

    private static String refusedCondition(String condition) {
        return TestStudies.refusal("""
                trainyard: 1
                name: test
                cluster:
                  nodes: 4
                  node: {preset: dgx-h100, gpus: 1, nics: 1}
                  network: {preset: ib-ndr, kind: torus}
                  condition: CONDITION
                traffic: {operation: all-to-all, size: 1 MiB}
                """.replace("CONDITION", condition))
                .problems()
                .get(0)
                .message();
    }
}
