package trainyard.scenario.workload.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationUnitTest {

    private static final Metric STEP = Metrics.seconds("step-time", Metric.Better.LOWER, "Time of a step.");
    private static final Metric DONE = Metrics.hours("jct", Metric.Better.LOWER, "Time to completion.");

    @ParameterizedTest
    @CsvSource({
        "2e-7, us",
        "9.99e-4, us",
        "1e-3, ms",
        "0.00187, ms",
        "0.999, ms",
        "1, s",
        "180, s",
        "181, min",
        "10800, min",
        "10801, h",
        "259200, h",
        "259201, d",
        "1e9, d",
        "0, s",
        "-1, s",
        "NaN, s",
        "Infinity, s"
    })
    void theUnitFollowsTheMagnitude(double seconds, String symbol) {
        assertThat(DurationUnit.upTo(seconds).symbol()).isEqualTo(symbol);
    }

    @Test
    void aMetricKeepsItsUnitWhereItCanBeRead() {
        assertThat(STEP.shownUpTo(1).unit()).isEqualTo("s");
        assertThat(STEP.shownUpTo(999).unit()).isEqualTo("s");
        assertThat(DONE.shownUpTo(90 * 3600).unit()).isEqualTo("h");
    }

    @Test
    void aMetricChangesItWhereItCannot() {
        assertThat(STEP.shownUpTo(0.00187).unit()).isEqualTo("ms");
        assertThat(STEP.shownUpTo(0.00187).inUnit(0.00187)).isCloseTo(1.87, within(1e-12));
        assertThat(STEP.shownUpTo(1000).unit()).isEqualTo("min");
        assertThat(DONE.shownUpTo(600).unit()).isEqualTo("min");
        assertThat(DONE.shownUpTo(1000 * 3600).unit()).isEqualTo("d");
    }

    @Test
    void whatSaysNothingOfAUnitChangesNone() {
        assertThat(STEP.shownUpTo(0)).isSameAs(STEP);
        assertThat(STEP.shownUpTo(Double.NaN)).isSameAs(STEP);
        assertThat(STEP.shownUpTo(Double.POSITIVE_INFINITY)).isSameAs(STEP);
        Metric count = Metrics.count("updates", Metric.Better.NEITHER, "Updates.");
        assertThat(count.shownUpTo(0.001)).isSameAs(count);
    }

    @Test
    void theUnitIsNoPartOfWhatAMetricIs() {
        Metric shown = STEP.shownUpTo(1e-3);
        assertThat(shown).isEqualTo(STEP).hasSameHashCodeAs(STEP);
        assertThat(shown).isNotEqualTo(DONE);
        assertThat(DONE.like(shown).unit()).isEqualTo("ms");
    }
}
