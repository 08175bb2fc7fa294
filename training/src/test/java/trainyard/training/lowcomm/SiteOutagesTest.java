package trainyard.training.lowcomm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Two sites that are up nine hours in ten, with steps of one second whoever is up. */
class SiteOutagesTest {

    private static final double TINY = 1e-12;
    private static final SiteOutages OUTAGES = new SiteOutages(9 * 3600.0, 3600);

    @Test
    void sitesComeAndGoOnTheirOwn() {
        assertThat(OUTAGES.availability()).isCloseTo(0.9, within(TINY));
        assertThat(OUTAGES.share(0, 2)).isCloseTo(0.01, within(TINY));
        assertThat(OUTAGES.share(1, 2)).isCloseTo(0.18, within(TINY));
        assertThat(OUTAGES.share(2, 2)).isCloseTo(0.81, within(TINY));
    }

    /** Each loses 50 steps in ten hours of its own 36,000. */
    @Test
    void theOtherGoesOn() {
        assertThat(OUTAGES.goodputOfOthersGoingOn(2, 100, up -> 1)).isCloseTo(0.9 - 50 / 36_000.0, within(TINY));
        // Alone a site has nobody to wait for, and steps twice as fast.
        assertThat(OUTAGES.goodputOfOthersGoingOn(2, 2, up -> up))
                .isCloseTo(0.81 + 0.18 * 2 / 2 - 1 / 36_000.0 * 2, within(TINY));
    }

    /** Both are up for 0.81 of the time, which either ends twice in nine hours of that. */
    @Test
    void bothWait() {
        assertThat(OUTAGES.goodputOfAllWaiting(2, 100, up -> 1))
                .isCloseTo(0.81 - 0.81 * 2 / 32_400.0 * 50, within(TINY));
    }

    @Test
    void aSiteThatIsNeverUpIsRefused() {
        assertThatThrownBy(() -> new SiteOutages(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new SiteOutages(1, 1).goodputOfAllWaiting(2, 1_000_000, up -> 1))
                .isZero();
    }
}
