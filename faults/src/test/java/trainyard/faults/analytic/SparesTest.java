package trainyard.faults.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SparesTest {

    /** ByteRobust, table 5: 2, 2, 3, 4 machines; one daily chance of a failure gives all four. */
    @Test
    void oneFailureProbabilityGivesAllStandbyCountsOfByteRobust() {
        assertThat(SpareNodes.quantile(128, 1.2e-3, 0.99)).isEqualTo(2);
        assertThat(SpareNodes.quantile(256, 1.2e-3, 0.99)).isEqualTo(2);
        assertThat(SpareNodes.quantile(512, 1.2e-3, 0.99)).isEqualTo(3);
        assertThat(SpareNodes.quantile(1_024, 1.2e-3, 0.99)).isEqualTo(4);
    }

    /** Without spares, hot and cold are the same pool of independent nodes. */
    @Test
    void withoutSparesThePoolIsBinomial() {
        ColdSpares cold = new ColdSpares(50, 0, ColdSpares.UNLIMITED_CREWS, 1_000, 20);
        assertThat(cold.fullyStaffed()).isCloseTo(SpareNodes.hotFullyStaffed(50, 0, 1_000, 20), within(1e-12));
        assertThat(cold.meanShortfall()).isCloseTo(50 * 20.0 / 1_020, within(1e-12));
    }

    /** One node, one spare, one crew by hand: weights 1, a, a^2 with a = MTTR / MTTF. */
    @Test
    void oneNodeAndOneSpareByHand() {
        double a = 0.25;
        ColdSpares cold = new ColdSpares(1, 1, 1, 4, 1);
        assertThat(cold.fullyStaffed()).isCloseTo((1 + a) / (1 + a + a * a), within(1e-15));
        assertThat(cold.meanShortfall()).isCloseTo(a * a / (1 + a + a * a), within(1e-15));
    }

    @Test
    void moreCrewsAndMoreSparesNeverHurt() {
        double before = 0;
        for (int crews = 1; crews < 40; crews++) {
            double now = new ColdSpares(400, 10, crews, 5_736, 132.84).fullyStaffed();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(new ColdSpares(400, 11, 39, 5_736, 132.84).fullyStaffed()).isGreaterThan(before);
    }

    /** 8 replicas of which 7 must be up: 7/8 C(8,7) A^7 (1 - A) + A^8. */
    @Test
    void aQuorumCountsOnlyWhatIsUp() {
        double a = 0.9;
        assertThat(QuorumGoodput.goodput(8, 7, a))
                .isCloseTo(7 * Math.pow(a, 7) * (1 - a) + Math.pow(a, 8), within(1e-12));
        assertThat(QuorumGoodput.goodput(8, 1, a)).isCloseTo(a, within(1e-12));
        assertThatThrownBy(() -> QuorumGoodput.goodput(8, 9, a)).hasMessageContaining("quorum (9)");
    }

    @Test
    void theTwoConventionsOfAStallDiffer() {
        assertThat(StallConvention.stallWithin(18, 10)).isCloseTo(0.444, within(5e-4));
        assertThat(StallConvention.alternatingRenewal(18, 10)).isCloseTo(0.643, within(5e-4));
    }

    @Test
    void survivalIsThatOfNodesInSeries() {
        JobMttf job = new JobMttf(2_048, 6.5e-3);
        assertThat(job.seconds() / 3_600).isCloseTo(1.803, within(1e-3));
        assertThat(job.survival(job.seconds())).isCloseTo(Math.exp(-1), within(1e-12));
    }
}
