package trainyard.faults.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DetectionTest {

    /** The wait for m losses in a row: each needs the wait for m - 1, one more beat, and starts over without it. */
    @Test
    void falseAlarmsWaitForARunOfLosses() {
        double p = 0.05;
        double beats = 0;
        for (int m = 1; m <= 6; m++) {
            beats = (beats + 1) / p;
            assertThat(new HeartbeatDetector(2, m, p).meanSecondsBetweenFalseAlarms())
                    .isCloseTo(2 * beats, within(1e-9 * beats));
        }
        assertThat(new HeartbeatDetector(2, 3, 1).meanSecondsBetweenFalseAlarms())
                .isEqualTo(6);
        assertThat(new HeartbeatDetector(2, 3, 0).meanSecondsBetweenFalseAlarms())
                .isInfinite();
        assertThat(new HeartbeatDetector(2, 3, 0).meanDetectionSeconds()).isEqualTo(5);
    }

    @Test
    void phiIsTheTailOfTheNormal() {
        assertThat(PhiAccrual.timeoutSeconds(1, 0.2, -Math.log10(0.5))).isCloseTo(1, within(1e-12));
        assertThat(PhiAccrual.timeoutSeconds(1, 1, 12) - 1 - 7.034483825).isCloseTo(0, within(1e-8));
    }

    @Test
    void theBestTimeoutIsTheLeastOfItsCost() {
        double best = TimeoutChoice.bestSeconds(1e-4, 300, 0.5, 1);
        for (double timeout = 0; timeout < 100; timeout += 0.05) {
            assertThat(cost(timeout)).isGreaterThanOrEqualTo(cost(best) - 1e-12);
        }
        assertThat(TimeoutChoice.bestSeconds(1, 0.1, 0.5, 1)).isZero();
    }

    private static double cost(double timeout) {
        return 1e-4 * timeout + 300 * Math.exp(-0.5 * timeout);
    }

    @Test
    void backoffWithoutACapIsTheLimitOfManyAttempts() {
        Backoff backoff = new Backoff(5, 1.5, 0.5);
        assertThat(backoff.meanUncappedSeconds()).isCloseTo(10, within(1e-12));
        assertThat(backoff.meanCappedSeconds(1e300, 500)).isCloseTo(10, within(1e-9));
        assertThat(backoff.meanUncappedSecondsWithFullJitter()).isCloseTo(5, within(1e-12));
        assertThat(backoff.meanCappedSeconds(6, 3)).isCloseTo(5 * 0.5 + 6 * 0.25, within(1e-12));
        assertThat(new Backoff(1, 2, 0.4).meanUncappedSeconds()).isInfinite();
        assertThat(Backoff.giveUpProbability(0.5, 3)).isEqualTo(0.125);
    }

    @Test
    void screeningFindsABadPartInTheEnd() {
        assertThat(CorruptionScreening.undetected(0.7, 86_400, 86_399)).isEqualTo(1);
        assertThat(CorruptionScreening.undetected(0.7, 86_400, 3 * 86_400)).isCloseTo(0.027, within(1e-12));
        assertThat(CorruptionScreening.undetected(1, 86_400, 86_400)).isZero();
    }

    /** Waste C/W + W (1/Ms + 1/(2 Mf)) + R (1/Ms + 1/Mf), which the interval minimises. */
    @Test
    void theVerifiedIntervalIsTheLeastOfItsWaste() {
        VerifiedCheckpoint verified = new VerifiedCheckpoint(20, 60, 300, 604_800, 10_800);
        double best = verified.bestIntervalSeconds();
        for (double factor = 0.5; factor < 2; factor *= 1.01) {
            assertThat(waste(best * factor)).isGreaterThanOrEqualTo(verified.leastWaste() - 1e-12);
        }
        assertThat(waste(best)).isCloseTo(verified.leastWaste(), within(1e-12));
    }

    private static double waste(double work) {
        return 80 / work + work * (1.0 / 604_800 + 1.0 / 21_600) + 300 * (1.0 / 604_800 + 1.0 / 10_800);
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new HeartbeatDetector(1, 0, 0.1)).hasMessageContaining("misses (0)");
        assertThatThrownBy(() -> new Backoff(1, 0.5, 0.1)).hasMessageContaining("factor (0.5)");
        assertThatThrownBy(() -> new Backoff(1, 2, 0)).hasMessageContaining("successProbability (0.0)");
    }
}
