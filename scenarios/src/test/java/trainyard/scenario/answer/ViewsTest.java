package trainyard.scenario.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.scenario.study.TestStudies;

/**
 * Without noise w falls by (1 - rate) an update, and the loss w^2 / 2 from 0.5 to 0.005 in ln(10) / -ln(1 - rate) of them: 22 at a
 * rate of 0.1 and 11 at 0.2.
 */
class ViewsTest {

    private static final String QUADRATIC = """
            trainyard: 1
            name: quadratic
            sgd:
              problem: {kind: quadratic, noise: 0}
              workers: 4
              batch: 1
              compute: {time: 1 s, law: fixed, stagger: true}
              optimizer: {rate: 0.1}
              target: 0.005
              horizon: 100 s
              shown: 1000
            cost: {price: 3600 USD/GPU-hour}
            variants:
            """;

    private static Answer answer(String variants) {
        return Answer.of(TestStudies.run(QUADRATIC + variants));
    }

    /** One worker takes 22 s, 22 examples and 22 dollars; four at a rate of 0.2 take 11 s, 44 examples and 44 dollars. */
    @Test
    void secondsAndExamplesNameDifferentDesigns() {
        String views = answer("  one: {sgd.workers: 1}\n  four: {sgd.optimizer.rate: 0.2}\n")
                .disagreement()
                .orElseThrow();

        assertThat(views)
                .matches("four is best by time to target \\(1\\d.* s\\); one is best by cost to target"
                        + " \\(2\\d.* USD\\) and examples to target \\(2\\d.*\\)");
    }

    @Test
    void nothingIsSaidWhereOneDesignIsBestByAll() {
        assertThat(answer("  slow: {}\n  fast: {sgd.optimizer.rate: 0.2}\n").disagreement())
                .isEmpty();
    }
}
