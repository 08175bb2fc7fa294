package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** What the command line sets must reach a cell. */
class OverruledChangesTest {

    private static final String STEP = """
            trainyard: 1
            name: step
            cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 16, zero: 1}
            """;

    private static final String SWEEP = STEP + "sweep: {job.batch.global: [128, 256]}\n";
    private static final String VARIANTS = STEP + """
            variants:
              healthy: {}
              slow: {cluster.condition.stragglers: [{speed: 0.8, gpus: 3}]}
            """;

    private static List<Problem> problems(String text, List<String> only, String... changes) {
        List<Assignment> assignments = Stream.of(changes).map(Assignment::parse).toList();
        Scenario scenario = Scenario.of(new SourceText("step.yaml", text), Path.of(""), assignments);
        List<Cell> cells = Study.of(scenario, false).only(only).cells();
        ScenarioException refused = catchThrowableOfType(
                () -> OverruledChanges.check(scenario, cells, assignments), ScenarioException.class);
        return refused == null ? List.of() : refused.problems();
    }

    /** Both cells of the sweep have a batch of their own. */
    @Test
    void aSweptPathIsNotSetInSilence() {
        assertThat(problems(SWEEP, List.of(), "job.batch.global=64"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .isEqualTo("'job.batch.global' has no effect: the sweep has values of its own");
                    assertThat(problem.position().orElseThrow().label()).isEqualTo("--set:1:1");
                });
    }

    /** The sweep itself may be changed, and what it does not vary. */
    @Test
    void whatACellKeepsIsTaken() {
        assertThat(problems(SWEEP, List.of(), "sweep.job.batch.global=[64]")).isEmpty();
        assertThat(problems(SWEEP, List.of(), "job.batch.micro=2", "seed=7")).isEmpty();
        assertThat(problems(STEP, List.of(), "job.batch.global=64")).isEmpty();
    }

    /** The variant healthy keeps the stragglers of the command line; where it is not run, nothing does. */
    @Test
    void whatOneVariantKeepsIsTakenUnlessOnlyOthersRun() {
        String stragglers = "cluster.condition.stragglers=[{speed: 0.5, gpus: 7}]";

        assertThat(problems(VARIANTS, List.of(), stragglers)).isEmpty();
        assertThat(problems(VARIANTS, List.of("slow"), stragglers))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .isEqualTo("'cluster.condition.stragglers' has no effect: the variant has a value of its own"));
    }

    /** Sections are merged key by key, so an empty one changes nothing. */
    @Test
    void anEmptySectionIsRefused() {
        assertThat(problems(SWEEP, List.of(), "sweep={}"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).isEqualTo("'sweep' has no effect: nothing is left of it"));
    }
}
