package trainyard.faults.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected once a day; incidents come each two hours. */
class AdaptiveIntervalTest {

    private static final long HOUR = 3600L * 1_000_000_000;

    private static double hours(AdaptiveInterval rule, ObservedIncidents incidents, long hour) {
        return rule.mtbfSeconds(incidents, hour * HOUR) / 3600;
    }

    @Test
    void theExpectedRateCountsAsOneIncidentUntilEnoughAreSeen() {
        AdaptiveInterval rule = new AdaptiveInterval(24 * 3600, 4);
        ObservedIncidents incidents = new ObservedIncidents(4);
        assertThat(hours(rule, incidents, 0)).isEqualTo(24);
        incidents.add(2 * HOUR);
        assertThat(hours(rule, incidents, 2)).isCloseTo((24 + 2) / 2.0, within(1e-9));
        incidents.add(4 * HOUR);
        incidents.add(6 * HOUR);
        assertThat(hours(rule, incidents, 6)).isCloseTo((24 + 6) / 4.0, within(1e-9));
        incidents.add(8 * HOUR);
        assertThat(hours(rule, incidents, 8)).isCloseTo(2, within(1e-9));
    }

    /** An hour after the last of the incidents at 4, 6, 8 and 10 h there were three in the seven hours since the oldest. */
    @Test
    void whatIsForgottenNoLongerCounts() {
        AdaptiveInterval rule = new AdaptiveInterval(24 * 3600, 4);
        ObservedIncidents incidents = new ObservedIncidents(4);
        for (int hour = 2; hour <= 10; hour += 2) {
            incidents.add(hour * HOUR);
        }
        assertThat(hours(rule, incidents, 11)).isCloseTo(7 / 3.0, within(1e-9));
    }

    /** With one incident remembered there is no time between two. */
    @Test
    void oneIncidentNeverReplacesWhatIsExpected() {
        AdaptiveInterval rule = new AdaptiveInterval(24 * 3600, 1);
        ObservedIncidents incidents = new ObservedIncidents(1);
        incidents.add(2 * HOUR);
        incidents.add(4 * HOUR);
        assertThat(hours(rule, incidents, 5)).isCloseTo(24 + 1, within(1e-9));
    }
}
