package trainyard.faults.life.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobOutagesTest {

    private static final long SECOND = 1_000_000_000;

    private final JobOutages outages = new JobOutages();

    @Test
    void faultsDuringRecoveryLengthenOneOutage() {
        outages.begin(10 * SECOND, 7, SECOND);
        outages.begin(20 * SECOND, 3, SECOND);
        outages.end(50 * SECOND, 5);

        assertThat(outages.count()).isEqualTo(1);
        assertThat(outages.longestSeconds()).isEqualTo(40);
        assertThat(outages.mostWorkSeconds()).isEqualTo(2);
    }

    /** A job that never comes back is not one that is back at once. */
    @Test
    void anOutageThatNeverEndsIsAsLongAsItWasSeen() {
        outages.begin(10 * SECOND, 7, SECOND);
        outages.cut(1_000 * SECOND);

        assertThat(outages.count()).isZero();
        assertThat(outages.longestSeconds()).isEqualTo(990);
    }
}
