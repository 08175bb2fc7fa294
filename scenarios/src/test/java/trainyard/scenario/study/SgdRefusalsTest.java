package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                    compute: {time: 1 us}; x; x; 'a run of 10 s is up to 40,000,000 gradients, each computed for real, and at most 10,000,000 are'
                    """)
    void areRefused(String more, String old, String changed, String message) {
        String scenario = SOFTMAX.replace(old, changed) + "  " + more + "\n";
        Problem problem = TestStudies.refusal(scenario).problems().get(0);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.toString()).contains("write ");
    }

    /** Ten million gradients would be too many; a run that ends after 3,200 examples computes a hundred. */
    @Test
    void aRunThatEndsByItsExamplesMayHaveALongHorizon() {
        String scenario = SOFTMAX.replace("10 s", "1000 days") + "  problem: {kind: softmax}\n  examples: 3200\n";
        assertThat(TestStudies.value(TestStudies.run(scenario), "examples")).isEqualTo(3200);
    }
}
