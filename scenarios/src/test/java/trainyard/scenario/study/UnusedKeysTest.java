package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static trainyard.scenario.study.LifeOfKeys.LIFE;
import static trainyard.scenario.study.LifeOfKeys.problems;
import static trainyard.scenario.study.LifeOfKeys.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** A key that nothing reads is refused; one that some cell reads is not. */
class UnusedKeysTest {

    @Test
    void theKeyOfAnotherPolicyIsNamedWhereItStands() {
        String text = LIFE + "  recovery: {policy: requeue, least-replicas: 4}\n";
        ScenarioException refused =
                catchThrowableOfType(() -> UnusedKeys.check(scenario(text)), ScenarioException.class);
        Problem problem = refused.problems().get(0);
        assertThat(refused.problems()).hasSize(1);
        assertThat(problem.position().orElseThrow().label()).isEqualTo("life.yaml:12:31");
        assertThat(problem.message()).isEqualTo("'least-replicas' has no effect with policy requeue");
        assertThat(problem.notes()).containsExactly("it counts only with policy elastic or quorum");
        assertThat(problem.kind().exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(problems(scenario(text.replace("requeue", "elastic")))).isEmpty();
    }

    /** What one cell reads is no mistake in another, in a quick run neither. */
    @Test
    void oneOfManyCellsIsEnough() {
        String standbys = LIFE + "  recovery: {standbys: 1 node}\n";
        String swept = standbys + "sweep: {life.recovery.policy: [requeue, hot-spare, replace, drain]}\n";
        assertThat(problems(scenario(swept))).isEmpty();
        assertThat(problems(scenario(standbys + "variants: {a: {life.recovery.policy: warm-standby}, b: {}}\n")))
                .isEmpty();
        assertThat(problems(scenario(standbys + "variants: {a: {life.recovery.policy: elastic}, b: {}}\n")))
                .hasSize(1);
    }

    @Test
    void aSweepOverNothingIsRefusedOnce() {
        String text = LIFE + "sweep: {life.recovery.least-replicas: [1, 2, 4]}\n";
        assertThat(problems(scenario(text)))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.position().orElseThrow().line()).isEqualTo(12));
    }

    /** Nor can it be solved for, unless some cell reads it. */
    @Test
    void whatIsSolvedForHasToCount() {
        Assignment least = Assignment.parse("life.recovery.least-replicas=4");
        assertThatThrownBy(() -> UnusedKeys.check(scenario(LIFE), least))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'least-replicas' has no effect with policy replace");
        UnusedKeys.check(scenario(LIFE, "life.recovery.policy=quorum"), least);
    }

    /** A choice laid over a file leaves its keys without use, which is said but is no mistake of the file. */
    @Test
    void whatIsOverruledIsToldNotRefused(@TempDir Path folder) throws IOException {
        String text = LIFE + "  recovery: {policy: elastic, least-replicas: 4}\n";
        Scenario overruled = scenario(text, "life.recovery.policy=replace");
        assertThat(UnusedKeys.check(overruled))
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("'least-replicas' has no effect with policy replace");

        Files.writeString(folder.resolve("base.yaml"), text);
        Path child = folder.resolve("child.yaml");
        Files.writeString(child, "extends: base.yaml\nlife: {recovery: {policy: requeue}}\n");
        assertThat(UnusedKeys.check(Scenario.read(child, List.of()))).hasSize(1);
        // A key laid over a choice that does not read it is a mistake of its own.
        Files.writeString(child, "extends: base.yaml\nlife: {recovery: {standbys: 2 nodes}}\n");
        assertThatThrownBy(() -> UnusedKeys.check(Scenario.read(child, List.of())))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("'standbys' has no effect with policy elastic");
    }

    /** Sections other than {@code life}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detector: {heartbeat: {}, window: 50} | window",
                "retry: {outage-cv: 1} | outage-cv",
                "work-queue: {tasks: 9, workers: 2, task-time: 1 s, restart: 1 min} | restart",
                "work-queue: {tasks: 9, workers: 2, task-time: 1 s, delivery: at-most-once, visibility-timeout: 1 h}"
                        + " | visibility-timeout",
                "coordinator: {steps: 9, step-time: 1 s, checkpoint-every: 3, detect: 1 s} | detect",
                "controllers: {network: {burst: 1 ms}} | burst",
                "controllers: {jobs: {step-time: 1 s}} | step-time",
            })
    void keysOfOtherStudies(String section, String key) {
        List<Problem> problems = problems(scenario("trainyard: 1\nname: other\n" + section + "\n"));
        assertThat(problems)
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .startsWith("'" + key + "' has no effect");
    }

    /** The scenario as written has no backups, and the variant that has some says itself how many. */
    @Test
    void saysThatTheCellsInWhichAKeyCountsHaveTheirOwn() {
        String sgd = """
                trainyard: 1
                name: sgd
                sgd:
                  problem: {kind: softmax, data: digits}
                  workers: 8
                  compute: {time: 1 s}
                  horizon: 1 min
                """;
        String variants = sgd + "variants: {sync: {}, b: {sgd.rule.kind: backup, sgd.rule.backups: 1}}\n";

        assertThat(problems(scenario(variants, "sgd.rule.backups=3")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .isEqualTo(
                                    "'backups' has no effect with kind sync; where it counts variant 'b' has a value of"
                                            + " its own");
                    assertThat(problem.hint()).contains("--set 'variants.b.sgd.rule.backups=VALUE'");
                });
        assertThat(problems(scenario(variants, "variants.b.sgd.rule.backups=3")))
                .isEmpty();
        assertThat(problems(scenario(sgd, "sgd.rule.backups=3")))
                .extracting(Problem::message)
                .containsExactly("'backups' has no effect with kind sync");
    }
}
