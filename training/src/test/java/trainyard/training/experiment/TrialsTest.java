package trainyard.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import trainyard.training.rule.Synchronous;
import trainyard.training.run.Designs;
import trainyard.training.run.Limits;
import trainyard.training.run.TrainingDesign;

/** Trial runs on a quadratic with noise: a rate is slower the smaller it is. */
class TrialsTest {

    private static final int RUNS = 3;
    private static final double HORIZON = 400;

    private final AtomicInteger played = new AtomicInteger();

    private Trials trials() {
        TrainingDesign design = Designs.of(
                new Synchronous(Synchronous.Exchange.ALL_REDUCE), 2, Designs.EXPONENTIAL, Limits.ofSeconds(HORIZON));
        return new Trials(
                design,
                streams -> {
                    played.incrementAndGet();
                    return Designs.noisy();
                },
                OptionalDouble.of(0.5),
                Designs.STREAMS,
                RUNS);
    }

    @Test
    void aRateThatMayBeTheBestIsPlayedInFull() {
        Trial alone = trials().at(0.2, Double.POSITIVE_INFINITY);
        assertThat(played).hasValue(RUNS);
        assertThat(alone.seconds()).isLessThan(HORIZON / 2);
        // The same runs behind a best that is a little worse: none of them is given up.
        Trial again = trials().at(0.2, 1.05 * alone.seconds());
        assertThat(again.seconds()).isEqualTo(alone.seconds());
    }

    /** A tenth of the rate takes ten times as long: its first run is given up, and the others are not played. */
    @Test
    void aRateFarBehindIsGivenUpWithItsFirstRun() {
        double best = trials().at(0.2, Double.POSITIVE_INFINITY).seconds();
        played.set(0);
        Trial slow = trials().at(0.02, best);
        assertThat(played).hasValue(1);
        assertThat(slow.seconds()).isCloseTo(HORIZON, within(1e-9));
    }
}
