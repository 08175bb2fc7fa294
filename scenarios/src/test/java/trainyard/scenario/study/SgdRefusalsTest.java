package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.Problem;

/** What a section {@code sgd} cannot ask for, each with the place and the fix. */
class SgdRefusalsTest {

    private static final String SOFTMAX = """
            trainyard: 1
            name: softmax
            sgd:
              workers: 4
              batch: 32
              horizon: 10 s
              optimizer: {rate: 0.1}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    problem: {kind: softmax}; workers: 4; workers: 1438; 1437 examples cannot be split among 1438 workers
                    problem: {kind: quadratic, curvature: []}; x; x; without a direction there is nothing to train
                    problem: {kind: least-squares, rows: 3, features: 4}; x; x; 3 rows do not determine 4 features
                    compute: {slow-workers: 5}; x; x; 5 slow workers do not fit 4 workers
                    links: {up: 1 Gb/s, slow-workers: 5}; x; x; 5 slow workers do not fit 4 workers
                    problem: {kind: softmax}; batch: 32; batch: 360; 'a batch of 360 examples is more than the 359 that a worker has of 1437 among 4'
                    problem: {kind: least-squares, rows: 30}; x; x; a batch of 32 examples is more than the 30 examples that there are
                    problem: {kind: quadratic} | rule: {kind: streaming-diloco}; x; x; 1 layer cannot be parted into 2 fragments
                    problem: {kind: mlp, hidden: []}; x; x; 'a perceptron needs hidden layers of at least one unit: []'
                    problem: {kind: transformer, data: markov-text, backend: dl4j, hidden: [33, 2]}; x; x; 2 heads do not divide the width 33
                    problem: {kind: lstm, data: markov-text, backend: dl4j, hidden: [8, 8]}; x; x; 'this network takes 1 size, and 2 are stated'
                    problem: {kind: mlp, data: markov-text}; x; x; no mlp learns from markov-text
                    problem: {kind: lstm, backend: dl4j}; x; x; no lstm learns from digits
                    problem: {kind: softmax, data: markov-text, symbols: 256, entropy: 0.5}; x; x; text of 256 symbols falls apart into few of them below 1.1090355 nats
                    problem: {kind: quadratic}; 10 s; 300 years; 'the clock of a run goes to 100 years, not to 300 years'
                    compute: {time: 1 us}; x; x; 'a run of 10 s is up to 40,000,000 gradients, each computed for real, and at most 10,000,000 are'
                    """)
    void areRefused(String more, String old, String changed, String message) {
        String scenario = SOFTMAX.replace(old, changed) + "  " + more.replace(" | ", "\n  ") + "\n";
        Problem problem = TestStudies.refusal(scenario).problems().get(0);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.toString()).contains("write ");
    }

    /** QSGD has a level beside zero, or more. */
    @Test
    void oneBitHoldsNoLevel() {
        String scenario = SOFTMAX + "  problem: {kind: softmax}\n  gradient: {compression: quantised, bits: %s}\n";
        Problem problem =
                TestStudies.refusal(scenario.formatted("1")).problems().get(0);
        assertThat(problem.hint())
                .endsWith(
                        "from 2 to 16, such as 8 bits; 2 bits are a sign and one level, for signs alone write compression: sign");
        assertThat(TestStudies.value(TestStudies.run(scenario.formatted("2 bits")), "updates"))
                .isPositive();
    }

    /** A worker that is not done when the run ends: nothing was ever learned. */
    @ParameterizedTest
    @ValueSource(strings = {"compute: {time: 1000 years}", "model-size: 1000 TB\n  links: {up: 1 b/s}"})
    void whatTakesLongerThanTheClockGoesNeverEnds(String slow) {
        String scenario = SOFTMAX + "  problem: {kind: quadratic}\n  " + slow + "\n";
        assertThat(TestStudies.value(TestStudies.run(scenario), "updates")).isZero();
    }

    /** Ten million gradients would be too many; a run that ends after 3,200 examples computes a hundred. */
    @Test
    void aRunThatEndsByItsExamplesMayHaveALongHorizon() {
        String scenario = SOFTMAX.replace("10 s", "1000 days") + "  problem: {kind: softmax}\n  examples: 3200\n";
        assertThat(TestStudies.value(TestStudies.run(scenario), "examples")).isEqualTo(3200);
    }
}
