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

    @Test
    void ranksInStepAndFewerRanksAreNot() {
        assertThat(workload(8, 47, "all-reduce").metrics()).isNotEmpty();
        assertThat(workload(8, 28, "all-to-all").metrics()).isNotEmpty();
    }
}
