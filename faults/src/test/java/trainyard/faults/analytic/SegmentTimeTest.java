package trainyard.faults.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import trainyard.sim.stats.Tally;

class SegmentTimeTest {

    private static final int REPLICATIONS = 40_000;

    /** Plays the retries of a segment one by one. */
    @Test
    void theExpectedTimeIsThatOfPlayingIt() {
        SegmentTime segment = new SegmentTime(300, 20, 120, 40, 1_000);
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
        ContinuousSampler failure = ZigguratSampler.Exponential.of(random, segment.mtbfSeconds());
        Tally tally = new Tally();
        for (int i = 0; i < REPLICATIONS; i++) {
            tally.add(play(segment, failure));
        }
        double standardError = tally.standardDeviation() / Math.sqrt(REPLICATIONS);
        assertThat(tally.mean()).isCloseTo(segment.expectedSeconds(), within(4 * standardError));
    }

    private static double play(SegmentTime segment, ContinuousSampler failure) {
        double seconds = 0;
        double attempt = segment.workSeconds() + segment.checkpointSeconds();
        while (true) {
            double next = failure.sample();
            if (next >= attempt) {
                return seconds + attempt;
            }
            seconds += next + restored(segment, failure);
        }
    }

    private static double restored(SegmentTime segment, ContinuousSampler failure) {
        double seconds = segment.downtimeSeconds();
        while (true) {
            double next = failure.sample();
            if (next >= segment.restoreSeconds()) {
                return seconds + segment.restoreSeconds();
            }
            seconds += next + segment.downtimeSeconds();
        }
    }

    @Test
    void firstOrderWasteComesNearTheExactOneWhereFailuresAreRare() {
        SegmentTime segment = new SegmentTime(1_000, 10, 60, 30, 1e6);
        assertThat(segment.wasteFirstOrder()).isCloseTo(segment.waste(), within(1e-4));
        assertThat(segment.wasteProduct()).isCloseTo(segment.waste(), within(1e-4));
    }

    @Test
    void chunksAddUp() {
        SegmentTime whole = new SegmentTime(86_400, 10, 60, 0, 3_600);
        SegmentTime chunk = new SegmentTime(864, 10, 60, 0, 3_600);
        assertThat(Makespan.expectedSeconds(100, whole)).isCloseTo(100 * chunk.expectedSeconds(), within(1e-6));
    }

    @Test
    void theTrainingTimeRatioIsOneLessTheWasteOfItsSegment() {
        EffectiveTrainingTimeRatio ratio = new EffectiveTrainingTimeRatio(1e-4, 300, 1_800, 60, 30);
        assertThat(ratio.exact()).isCloseTo(1 - new SegmentTime(1_800, 30, 300, 60, 1e4).waste(), within(1e-12));
        assertThat(ratio.firstOrder()).isCloseTo(ratio.exact(), within(0.01));
    }
}
