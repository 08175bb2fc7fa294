package trainyard.scenario.solving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

class SolverTest {

    private static final String LIFE = """
            trainyard: 1
            name: life
            replications: 30
            cluster:
              node: {preset: dgx-h100}
              network: {preset: ib-ndr}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 32, sequence-parallel: true, zero: 1}
              recompute: full
              software: megatron-core-2024
            life:
              horizon: 60 days
              step-time: 1 s
              spares: 4 nodes
              faults: {causes: {node: {scope: node, mtbf: 400 h, damage: node, repair: 40 h}}}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            """;

    /** A quick look tries the middle too, and says how many values its answer rests on. */
    @Test
    void aQuickLookDoesNotSpeakOfValuesThatItHasNotTried() {
        Scenario scenario = Scenario.of(new SourceText("life.yaml", LIFE), Path.of(""), List.of());
        SolveQuestion question = SolveQuestion.of(
                scenario,
                new SolveQuestion.Options(
                        "life.checkpoint.interval", "ettr >= 99.9%", "5 min", "10 h", 0.01, true, List.of()));
        Solution solution = new Solver(question, 2, done -> {}).solve();

        assertThat(solution.sentence())
                .startsWith(
                        "None of the " + solution.tried().size()
                                + " values of life.checkpoint.interval that were tried from 5 min to 10 h meets ettr >= 99.9%; ");
        assertThat(question.grid()).hasSize(3);
        assertThat(question.domain().value(question.grid().get(1))).isCloseTo(55 * 60, within(60.0));
    }

    private static Solution solve(String text, String path, String until, String from, String to) {
        Scenario scenario = Scenario.of(new SourceText("life.yaml", text), Path.of(""), List.of());
        SolveQuestion question =
                SolveQuestion.of(scenario, new SolveQuestion.Options(path, until, from, to, 0.01, false, List.of()));
        return new Solver(question, 2, done -> {}).solve();
    }

    /** Whole numbers: the answer and the number below it are both simulated, and only one meets the target. */
    @Test
    void findsTheFewestSparesThatKeepTheJobAtWork() {
        Solution solution = solve(LIFE, "life.spares", "ettr >= 90%", "0 nodes", "40 nodes");
        Trial answer = solution.answer().orElseThrow();
        Trial beyond = solution.beyond().orElseThrow();

        assertThat(solution.kind()).isEqualTo("smallest");
        assertThat(answer.index() - beyond.index()).isEqualTo(1);
        assertThat(answer.meets()).isTrue();
        assertThat(beyond.meets()).isFalse();
        assertThat(answer.estimate(solution.question().metric()).orElseThrow().value())
                .isGreaterThanOrEqualTo(90);
        assertThat(beyond.estimate(solution.question().metric()).orElseThrow().value())
                .isLessThan(90);
        assertThat(solution.isMonotone()).isTrue();
    }

    /**
     * Of the degrees 1, 4, 6, 9, 11, 14 and 16 that are tried first none can run: 22 G parameters of 18 bytes are 100 GB on each of
     * 4 GPUs, and the others do not divide 8 heads; 8 does and is the answer.
     */
    @Test
    void degreesThatDivideNothingDoNotHideThoseThatDo() {
        String step = LIFE.substring(0, LIFE.indexOf("life:"))
                .replace("preset: llama3-8b", "layers: 12, hidden: 12288, heads: 8, vocabulary: 51200")
                .replace("replications: 30\n", "")
                .replace("tensor: 8, data: 32, sequence-parallel: true, zero: 1", "data: 4");
        Solution solution = solve(step, "job.parallel.tensor", "memory.peak <= 80 GiB", "1", "16");

        assertThat(solution.answer().orElseThrow().value()).isEqualTo(8);
        // One run without chance leaves nothing open.
        assertThat(solution.isOpen(solution.answer().get())).isFalse();
        assertThat(solution.cannotRun().orElseThrow()).contains(" of them cannot run, such as 1: ");
    }

    /** Neighbours of 0.2 % differ in the second decimal of their ETTR alone; paired lives tell them apart. */
    @Test
    void neighboursAreToldInDigitsThatDiffer() {
        String text = LIFE.replace("spares: 4 nodes", "spares: 64 nodes").replace("repair: 40 h", "repair: 10 h");
        Scenario scenario = Scenario.of(new SourceText("life.yaml", text), Path.of(""), List.of());
        SolveQuestion question = SolveQuestion.of(
                scenario,
                new SolveQuestion.Options(
                        "life.recovery.detect", "ettr >= 80%", "10 s", "4 h", 0.002, false, List.of()));
        Solution solution = new Solver(question, 2, done -> {}).solve();

        assertThat(solution.answer().orElseThrow().found(question.metric())).startsWith("80.0 % (");
        assertThat(solution.beyond().orElseThrow().found(question.metric())).startsWith("80.0 % (");
        assertThat(solution.foundAnswer()).startsWith("80.0").doesNotStartWith("80.0 ");
        assertThat(solution.foundBeyond()).startsWith("79.9");
        assertThat(solution.sentence()).contains(solution.foundAnswer(), solution.foundBeyond());
        assertThat(solution.isTie()).isFalse();
    }

    /** Within a 500th of the target, thirty lives leave open on which side of it the answer is; far from it they do not. */
    @Test
    void anIntervalThatContainsTheTargetIsSpokenOf() {
        String text = LIFE.replace("spares: 4 nodes", "spares: 64 nodes").replace("repair: 40 h", "repair: 10 h");
        Solution close = solve(text, "life.recovery.detect", "ettr >= 80%", "10 s", "4 h");
        assertThat(close.isOpen(close.answer().orElseThrow())).isTrue();
        assertThat(close.foundAnswer()).endsWith("), an interval that contains the target");

        Trial farthest = close.tried().get(close.tried().size() - 1);
        assertThat(farthest.meets()).isFalse();
        assertThat(close.isOpen(farthest)).isFalse();
    }

    /** A quantity: the answer lies within a percent of the next value, on the other side of the closed form. */
    @Test
    void findsTheLongestWriteThatLosesFivePercent() {
        String plenty = LIFE.replace("spares: 4 nodes", "spares: 64 nodes");
        Solution solution = solve(plenty, "life.checkpoint.write", "share.checkpoint <= 4%", "1 s", "5 min");
        Trial answer = solution.answer().orElseThrow();
        Trial beyond = solution.beyond().orElseThrow();

        assertThat(solution.kind()).isEqualTo("largest");
        assertThat(beyond.value() / answer.value()).isBetween(1.0, 1.0101);
        assertThat(solution.tried().size()).isLessThan(20);
        assertThat(solve(plenty, "life.checkpoint.write", "share.checkpoint <= 4%", "1 s", "5 min")
                        .sentence())
                .isEqualTo(solution.sentence());
    }

    /** The share of useful time rises with the interval and falls again: it meets the target in the middle only. */
    @Test
    void saysThatATargetIsMetInAMiddleRangeOnly() {
        Solution solution = solve(LIFE, "life.checkpoint.interval", "share.useful >= 66%", "30 s", "20 h");

        assertThat(solution.answer()).isPresent();
        assertThat(solution.isMonotone()).isFalse();
        assertThat(solution.changes()).hasSize(2);
    }

    @Test
    void saysThatATargetIsOutOfReach() {
        Solution solution = solve(LIFE, "life.spares", "ettr >= 99.9%", "0 nodes", "8 nodes");

        assertThat(solution.answer()).isEmpty();
        assertThat(solution.sentence())
                .startsWith("None of the 7 values of life.spares that were tried from 0 to 8 meets ettr >= 99.9%; 8"
                        + " comes nearest: ");
        assertThat(solution.nearest().orElseThrow().value()).isEqualTo(8);
        assertThat(solution.nearest().orElseThrow().missedBy().orElseThrow())
                .isCloseTo(
                        0.999
                                - solution.nearest()
                                                .orElseThrow()
                                                .estimate(solution.question().metric())
                                                .orElseThrow()
                                                .value()
                                        / 100,
                        within(1e-12));
    }

    /**
     * Faults of the job every 10 h, 20 s a save: the best interval is about sqrt(2 x 20 s x 10 h) = 20 min. The seven values that are
     * tried first lie a factor of 3.3 apart, none of them near enough to it.
     */
    @Test
    void looksForAMiddleRangeWhereNoValueOfTheGridMeetsTheTarget() {
        String crashes = LIFE.replace(
                "node: {scope: node, mtbf: 400 h, damage: node, repair: 40 h}", "crash: {scope: job, mtbf: 10 h}");
        Solution solution = solve(crashes, "life.checkpoint.interval", "ettr >= 95.93%", "1 min", "22 h");

        assertThat(solution.answer()).isPresent();
        assertThat(solution.answer().orElseThrow().value()).isBetween(8.0 * 60, 40.0 * 60);
        assertThat(solution.changes()).hasSize(2);
        assertThat(solution.tried())
                .filteredOn(trial -> solution.question().grid().contains(trial.index()))
                .hasSize(7)
                .noneMatch(Trial::meets);

        Solution none = solve(crashes, "life.checkpoint.interval", "ettr >= 99%", "1 min", "22 h");
        assertThat(none.answer()).isEmpty();
        assertThat(none.nearest().orElseThrow().value()).isBetween(8.0 * 60, 40.0 * 60);
        assertThat(none.tried().size()).isLessThan(30);
    }

    @Test
    void valuesThatCannotRunArePassedOver() {
        Solution solution = solve(
                LIFE.replace("step-time: 1 s\n", "step-time: auto\n").replace("data: 32", "data: auto"),
                "cluster.nodes",
                "step-time <= 3 s",
                "4 nodes",
                "64 nodes");

        assertThat(solution.answer().orElseThrow().isFeasible()).isTrue();
        assertThat(solution.beyond().orElseThrow().isFeasible()).isTrue();
        assertThat(128 % Math.round(solution.answer().orElseThrow().value())).isZero();
        assertThat(solution.tried()).anyMatch(trial -> !trial.isFeasible());
    }

    @Test
    void wrongQuestionsAreNamed() {
        assertThatThrownBy(() -> solve(LIFE, "life.spares", "ettr >= 90%", "", ""))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("the range of life.spares is open");
        assertThatThrownBy(() -> solve(LIFE, "life.recovery.policy", "ettr >= 90%", "1", "2"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("is not a number");
        assertThatThrownBy(() -> solve(LIFE, "life.spares", "ettr", "1 nodes", "2 nodes"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("is no target");
        assertThatThrownBy(() -> solve(LIFE, "life.spares", "at(life.spares=1).ettr >= 3%", "1 nodes", "2 nodes"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("a target compares one metric");
    }
}
