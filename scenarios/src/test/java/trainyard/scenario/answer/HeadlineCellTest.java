package trainyard.scenario.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.TestStudies;

/** One job of 8 GPUs that runs for 10 s or for 20 s on one node or two, which are no alternatives. */
class HeadlineCellTest {

    private static final String SCENARIO = """
            trainyard: 1
            name: two-lists
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {list: [{id: A, gpus: 8, run: 10 s}]}
            variants:
              short: {}
              long: {jobs.list: [{id: A, gpus: 8, run: 20 s}]}
            """;
    private static final String SWEEP = "sweep: {cluster.nodes: [1, 2]}\n";

    private static String sentence(String report) {
        return Answer.of(TestStudies.run(SCENARIO + report)).sentence();
    }

    @Test
    void aNamedCellIsNotTheBest() {
        assertThat(sentence("report: {headline: makespan}\n"))
                .isEqualTo("Best makespan 10 s at short, among all 2 designs");
        assertThat(sentence("report: {headline: makespan, headline-of: {variant: long}}\n"))
                .isEqualTo("Makespan 20 s at long");
        assertThat(sentence(
                        SWEEP + "report: {headline: makespan, headline-of: {variant: long, cluster.nodes: \"2\"}}\n"))
                .isEqualTo("Makespan 20 s at long: nodes 2");
    }

    /** One run has no interval. */
    @Test
    void aNamedCellIsHeldAgainstAnother() {
        assertThat(
                        sentence(
                                "report: {headline: makespan, headline-of: {variant: long}, headline-against: {variant: short}}\n"))
                .isEqualTo("Makespan 20 s at long, +10 s, +100.0 %, against short");
        assertThatThrownBy(
                        () -> HeadlineCell.check(
                                TestStudies.study(
                                        SCENARIO
                                                + "report: {headline: makespan, headline-of: {variant: long}, headline-against: {variant: longer}}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no cell is at variant longer");
    }

    @Test
    void severalCellsAndCellsThatAreNotThereAreRefused() {
        assertThatThrownBy(() -> HeadlineCell.check(
                        TestStudies.study(SCENARIO + "report: {headline: makespan, headline-of: {variant: longer}}\n")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no cell is at variant longer")
                .satisfies(refused -> assertThat(((ScenarioException) refused)
                                .problems()
                                .get(0)
                                .position()
                                .orElseThrow()
                                .line())
                        .isEqualTo(9));
        assertThatThrownBy(() -> sentence(SWEEP + "report: {headline: makespan, headline-of: {variant: long}}\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("the headline names one cell, and 2 are there: long: nodes 1; long: nodes 2");
        assertThatThrownBy(() -> sentence("report: {headline: makespan, headline-of: {variant: longer}}\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no cell is at variant longer");
        assertThatThrownBy(() -> sentence("report: {headline: makespan, headline-of: {cluster.nodes: \"2\"}}\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("no cell is at cluster.nodes 2");
    }
}
