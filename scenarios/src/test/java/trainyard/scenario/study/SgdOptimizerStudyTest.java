package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.sgd.SgdMetrics;

/** Optimizers and schedules on half the square of one parameter that starts at 1, without noise, by four workers together. */
class SgdOptimizerStudyTest {

    private static final String QUADRATIC = """
            trainyard: 1
            name: quadratic
            replications: 1
            sgd:
              problem: {kind: quadratic, noise: 0}
              workers: 4
              batch: 1
              compute: {time: 1 s, law: fixed}
              horizon: 100 s
              examples: 4 examples
              optimizer: {rate: 0.1}
            """;

    private static String with(String optimizer) {
        return QUADRATIC.replace("{rate: 0.1}", "{rate: 0.1, " + optimizer + "}");
    }

    private static double mean(String scenario, Metric metric) {
        return TestStudies.run(scenario).cells().get(0).mean(metric).orElseThrow();
    }

    private static double loss(String optimizer, int updates) {
        return mean(
                with(optimizer).replace("  examples: 4 examples", "  examples: " + 4 * updates + " examples"),
                SgdMetrics.LOSS);
    }

    /** From 1 by the rate to 0.9, whatever the gradient; AdamW of a decay of 0.5 begins at 0.95. */
    @Test
    void theFirstStepOfAdamIsTheRate() {
        assertThat(loss("kind: adam", 1)).isCloseTo(0.9 * 0.9 / 2, within(1e-7));
        assertThat(loss("kind: adamw, weight-decay: 0.5", 1)).isCloseTo(0.85 * 0.85 / 2, within(1e-7));
        assertThat(loss("kind: adam, weight-decay: 0.5", 1)).isCloseTo(0.9 * 0.9 / 2, within(1e-7));
    }

    /** Steps of sign alone where nothing is kept: 1, 0.9, 0.8, 0.7. */
    @Test
    void constantsOfAdamAreThoseOfTheScenario() {
        assertThat(loss("kind: adam, beta1: 0, beta2: 0", 3)).isCloseTo(0.7 * 0.7 / 2, within(1e-7));
        assertThat(loss("kind: adam, epsilon: 1", 1)).isCloseTo(0.95 * 0.95 / 2, within(1e-12));
    }

    /** Four examples an update: rates of 0, 0.05 and 0.1 under a warm-up of 8; of 0.1, 0.05 and 0 under a cosine until 8. */
    @Test
    void schedulesFollowExamples() {
        assertThat(loss("schedule: {warm-up: 8 examples}", 3)).isCloseTo(square(0.95 * 0.9), within(1e-12));
        assertThat(loss("schedule: {kind: cosine, end: 8 examples}", 3)).isCloseTo(square(0.9 * 0.95), within(1e-12));
        assertThat(loss("schedule: {kind: step, at: [4 examples], factor: 0.5}", 2))
                .isCloseTo(square(0.9 * 0.95), within(1e-12));
        // 0 and 0.1, 0.1 sqrt(4/8).
        assertThat(loss("schedule: {kind: inverse-sqrt, warm-up: 4 examples}", 3))
                .isCloseTo(square(0.9 * (1 - 0.1 * Math.sqrt(0.5))), within(1e-12));
    }

    private static double square(double parameter) {
        return parameter * parameter / 2;
    }

    /** Of a schedule that ends with the run at no rate, the search finds the base. */
    @Test
    void theBestRateIsFoundUnderItsSchedule() {
        String auto = QUADRATIC
                .replace("4 examples", "32 examples")
                .replace("rate: 0.1", "kind: adam, schedule: {kind: cosine, end: 32 examples}");
        assertThat(mean(auto, SgdMetrics.RATE_INSIDE)).isEqualTo(1);
        assertThat(mean(auto, SgdMetrics.LOSS))
                .isLessThan(loss("kind: adam, schedule: {kind: cosine, end: 32 examples}", 8));
    }

    /** How a client weighs: alike weights are none, others pull to the minimum of the heavier. */
    @Test
    void clientsWeighAsStated() {
        String spread = QUADRATIC.replace("noise: 0", "noise: 0, spread: 1").replace("4 examples", "800 examples")
                + "  rule: {kind: federated, steps: 5 steps";
        double alike = mean(spread + "}\n", SgdMetrics.LOSS);
        assertThat(mean(spread + ", weights: [2, 2]}\n", SgdMetrics.LOSS)).isCloseTo(alike, within(1e-12));
        assertThat(mean(spread + ", weights: [1, 2, 3, 4]}\n", SgdMetrics.LOSS)).isNotCloseTo(alike, within(1e-3));
    }

    /** Stable rates of Adam and of Nesterov's momentum are not known; those of a schedule are of its greatest rate. */
    @Test
    void limitsAreTheSteps() {
        assertThat(beforehand("kind: adam")).isEmpty();
        assertThat(beforehand("momentum: 0.9, nesterov: true")).isEmpty();
        assertThat(beforehand("schedule: {kind: cosine, end: 8 examples}")).contains("end at 2 for");
    }

    private static String beforehand(String optimizer) {
        Study study = TestStudies.study(with(optimizer));
        return study.workload(study.cells().get(0)).beforehand().orElse("");
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedWhereItStands() {
        assertRefused("schedule: {kind: cosine}", "11:", "needs the examples at which it ends");
        assertRefused("schedule: {kind: cosine, end: 8 examples, warm-up: 8 examples}", "11:", "over with the warm-up");
        assertRefused("schedule: {kind: step}", "11:", "steps need the examples");
        assertRefused("schedule: {kind: inverse-sqrt}", "11:", "no scale without a warm-up");
    }

    @Test
    void keysOfAnotherOptimizerAreRefusedWhereTheyStand() {
        assertThat(unused("kind: adam, momentum: 0.9")).contains("11:38", "'momentum' has no effect with kind adam");
        assertThat(unused("kind: adamw, momentum-correction: true")).contains("'momentum-correction' has no effect");
        assertThat(unused("kind: adam, nesterov: true")).contains("'nesterov' has no effect");
        assertThat(unused("beta1: 0.5")).contains("11:26", "'beta1' has no effect with kind sgd");
        assertThat(unused("schedule: {end: 8 examples}")).contains("11:37", "'end' has no effect with kind constant");
    }

    private static String unused(String optimizer) {
        Scenario scenario = Scenario.of(new SourceText("test.yaml", with(optimizer)), Path.of(""), List.of());
        ScenarioException refused = catchThrowableOfType(ScenarioException.class, () -> UnusedKeys.check(scenario));
        return refused.problems().get(0).position().orElseThrow().label() + " " + refused.getMessage();
    }

    /** Processes that were recorded took plain steps. */
    @Test
    void recordedRunsAreOfPlainSteps() {
        String recorded = QUADRATIC + "  recording: run.csv\n";
        for (String other : new String[] {
            "kind: adam", "momentum: 0.9", "weight-decay: 0.1", "late: inverse", "schedule: {warm-up: 8 examples}"
        }) {
            assertRefusedAt(
                    recorded.replace("rate: 0.1", "rate: 0.1, " + other), "11:", "take plain steps of one rate");
        }
    }

    private static void assertRefused(String optimizer, String at, String what) {
        assertRefusedAt(with(optimizer), at, what);
    }

    private static void assertRefusedAt(String scenario, String at, String what) {
        ScenarioException refused = TestStudies.refusal(scenario);
        assertThat(refused.getMessage()).contains(what);
        assertThat(refused.problems().get(0).position().orElseThrow().label()).contains(":" + at);
    }
}
