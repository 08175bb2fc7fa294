package trainyard.training.lowcomm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Schedules small enough to be drawn by hand: passes of one second, one bit per parameter, links of one bit a second. */
class ExchangeScheduleTest {

    private static final double TINY = 1e-9;
    private static final SiteLink LINK = SiteLink.of(1);

    /** Two layers: forward 0, 1; backward 1 by activations, 1 by parameters, 0 by parameters. */
    private static LayeredModel two(double reduceSeconds) {
        return new LayeredModel(2, 2 * reduceSeconds, 5);
    }

    private static ScheduleOutcome play(LayeredModel model, ExchangePlan plan) {
        return ExchangeSchedule.of(model, plan, LINK);
    }

    @Test
    void oneLayerHidesNothing() {
        ScheduleOutcome outcome = play(new LayeredModel(1, 3, 2), ExchangePlan.dataParallel(1, 2));
        assertThat(outcome.stepSeconds()).isCloseTo(5, within(TINY));
        assertThat(outcome.waitingSeconds()).isCloseTo(3, within(TINY));
        assertThat(outcome.utilization()).isCloseTo(0.4, within(TINY));
        assertThat(outcome.linkUtilization()).isCloseTo(0.6, within(TINY));
    }

    /** Layer 1 leaves at 4, layer 0 at 5 or when the link is free; forward 0 waits for it. */
    @Test
    void reductionsHideUnderTheRestOfTheBackwardPass() {
        ExchangePlan plan = ExchangePlan.dataParallel(1, 2);
        assertThat(play(two(1), plan).stepSeconds()).isCloseTo(6, within(TINY));
        assertThat(play(two(3), plan).stepSeconds()).isCloseTo(10, within(TINY));
    }

    /** One layer of two is exchanged: the forward pass of the other goes on in the meantime. */
    @Test
    void aLayerIsNeededOnlyWhenItsForwardPassIsDue() {
        ExchangePlan alternate = new ExchangePlan(2, 1, FragmentPattern.STRIDED, 0, 1, 2);
        // Layer 0 leaves at the end of its step and is waited for 3 s; layer 1 leaves 1 s earlier and is needed 1 s
        // later.
        assertThat(play(two(3), alternate).stepSeconds()).isCloseTo((5 + 3 + 5 + 1) / 2.0, within(TINY));
    }

    @Test
    void aPeriodSpreadsTheWaiting() {
        assertThat(play(two(3), ExchangePlan.periodic(4, 1, 2)).utilization()).isCloseTo(20 / 25.0, within(TINY));
    }

    @Test
    void anOverlapOfOneStepHidesAStepAndNoMore() {
        ExchangePlan plan = new ExchangePlan(4, 1, FragmentPattern.STRIDED, 1, 1, 2);
        assertThat(play(two(3), plan).utilization()).isCloseTo(1, within(TINY));
        // Layer 0 arrives 7 s after its step: 2 s late. Layer 1 leaves a second before the end: 1 s late.
        ScheduleOutcome late = play(two(7), plan);
        assertThat(late.utilization()).isCloseTo(20 / 23.0, within(TINY));
        assertThat(late.linkUtilization()).isCloseTo(14 / 23.0, within(TINY));
    }

    /** A ring of three sends 4/3 of the bits in 4 messages one after the other. */
    @Test
    void moreReplicasSendMoreAndWaitForMoreMessages() {
        ExchangePlan plan = ExchangePlan.dataParallel(1, 3);
        double step = ExchangeSchedule.of(new LayeredModel(1, 3, 2), plan, new SiteLink(1, 0.25))
                .stepSeconds();
        assertThat(step).isCloseTo(2 + 4 + 4 * 0.25, within(TINY));
        assertThat(play(two(3), ExchangePlan.dataParallel(1, 1)).utilization()).isCloseTo(1, within(TINY));
    }

    /** Half the time is computing where the two reductions take from 4 to 10. */
    @Test
    void theLeastBandwidthSolvesTheSchedule() {
        BandwidthGrid range = new BandwidthGrid(1e-3, 1e3, 13);
        BandwidthSearch search = new BandwidthSearch(two(6), ExchangePlan.dataParallel(1, 2), 0);
        assertThat(search.least(0.5, range).getAsDouble()).isCloseTo(2, within(2e-4));
        assertThat(search.firstAbove(0.5, range)).isEqualTo(7);
        assertThat(search.least(0.9999999, new BandwidthGrid(0.1, 10, 3))).isEqualTo(OptionalDouble.empty());
        assertThat(search.least(1e-9, range).getAsDouble()).isCloseTo(1e-3, within(1e-12));
    }

    @Test
    void sequentialFragmentsAreNeighbours() {
        assertThat(FragmentPattern.SEQUENTIAL.fragment(4, 3, 2)).isEqualTo(1);
        assertThat(FragmentPattern.STRIDED.fragment(4, 3, 2)).isZero();
        assertThat(new ExchangePlan(9, 3, FragmentPattern.STRIDED, 0, 1, 2).fragments(7))
                .isEqualTo(3);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new ExchangePlan(4, 1, FragmentPattern.STRIDED, 4, 1, 2))
                .hasMessageContaining("must be less than the period");
        assertThatThrownBy(() -> new LayeredModel(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SiteLink.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BandwidthGrid(2, 1, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
