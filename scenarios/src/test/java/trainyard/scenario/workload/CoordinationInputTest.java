package trainyard.scenario.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.Study;

/** Programs and controllers that cannot be meant are refused where they stand. */
class CoordinationInputTest {

    private static Workload workload(String section) {
        String text = "trainyard: 1\nname: wrong\n" + section;
        Study study = Study.of(Scenario.of(new SourceText("wrong.yaml", text), Path.of(""), List.of()), false);
        return study.workload(study.cells().get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [receive x], b: [compute 1 s] | no other process answers with 'send x'",
                "a: [send x], b: [send x] | no other process answers with 'receive x'",
                "a: [send x, receive x], b: [compute 1 s] | no other process answers with 'receive x'",
                "a: [send x], b: [barrier x] | no other process answers with 'receive x'",
                "a: [barrier x], b: [all-reduce x] | calls 'barrier x', another 'all-reduce x'",
                "a: [all-reduce x], b: [compute 1 s] | no other process takes part in",
                "a: [unlock x, lock x], b: [compute 1 s] | without holding that lock",
            })
    void programsThatCannotBeMeant(String programs, String message) {
        ScenarioException refused = catchThrowableOfType(
                () -> workload("processes: {programs: {" + programs + "}}\n"), ScenarioException.class);
        Problem problem = refused.problems().get(0);
        assertThat(problem.message()).contains(message);
        assertThat(problem.position().orElseThrow().line()).isEqualTo(3);
        assertThat(problem.kind().exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void programsThatMeetAreAccepted() {
        for (String programs : List.of(
                "a: [send x, receive y], b: [receive x, send y]", "a: [lock x, unlock x, barrier y], b: [barrier y]")) {
            Workload accepted = workload("processes: {programs: {" + programs + "}}\n");
            assertThatNoException().as(programs).isThrownBy(accepted::run);
        }
    }

    /** What helps depends on who waits for whom. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: [lock x, lock x], b: [compute 1 s] | it holds what it waits for: unlock it first",
                "a: [lock x, compute 1 s, lock y], b: [lock y, compute 1 s, lock x] | in one order everywhere",
                "a: [barrier x, barrier x], b: [barrier x] | are dead or have ended",
            })
    void theHintFitsTheDeadlock(String programs, String hint) {
        ScenarioException deadlock = catchThrowableOfType(
                () -> workload("processes: {programs: {" + programs + "}}\n").run(), ScenarioException.class);
        assertThat(deadlock.problems().get(0).kind()).isEqualTo(Problem.Kind.DEADLOCK);
        assertThat(deadlock.problems().get(0).hint()).contains(hint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{heartbeat: 2 s, timeout-low: 1 s} | each leader is deposed",
                "{heartbeat: 1 s, timeout-low: 1 s} | each leader is deposed",
                "{outage: {at: 30 min, lasts: 1 min}} | not before the end of the watch",
                "{horizon: 5 min, cut: {at: 5 min, lasts: 1 min}} | not before the end of the watch",
            })
    void controllersThatCannotWork(String controllers, String message) {
        assertThatThrownBy(() -> workload("controllers: " + controllers + "\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }

    @Test
    void workersThatDieWithoutEndAreALimit() {
        ScenarioException endless = catchThrowableOfType(
                () -> workload("coordinator: {steps: 24, step-time: 12 min, checkpoint-every: 8, mtbf: 2 min}\n")
                        .run(),
                ScenarioException.class);
        assertThat(endless.problems().get(0).kind()).isEqualTo(Problem.Kind.LIMIT);
        assertThat(endless).hasMessageContaining("workers died 100000 times");
    }
}
