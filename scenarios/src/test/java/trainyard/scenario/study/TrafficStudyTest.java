package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void ranksInStepAndFewerRanksAreNot() {
        assertThat(workload(8, 47, "all-reduce").metrics()).isNotEmpty();
        assertThat(workload(8, 28, "all-to-all").metrics()).isNotEmpty();
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
}
