package trainyard.faults.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

class ThroughputFormsTest {

    private final UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(11);

    @Test
    void bubblesOnlyEverHelpAndNothingIsLostWithoutFailures() {
        for (int i = 0; i < 500; i++) {
            int replicas = random.nextInt(2, 64);
            int failed = random.nextInt(0, replicas);
            PipelineReroute reroute =
                    new PipelineReroute(replicas, random.nextInt(1, 32), random.nextInt(1, 256), failed);
            assertThat(reroute.withAllBubbles()).isBetween(reroute.withoutBubbles() - 1e-12, 1.0);
            assertThat(reroute.withoutBubbles()).isGreaterThanOrEqualTo(reroute.workBound() - 1e-12);
        }
        assertThat(new PipelineReroute(8, 4, 16, 0).withoutBubbles()).isEqualTo(1);
        assertThatThrownBy(() -> new PipelineReroute(8, 4, 16, 8)).hasMessageContaining("failed (8)");
    }

    /** 1024 samples in passes of 2 on 64 replicas: 8 passes, 9 on 60. */
    @Test
    void theCeilingsOfAFixedBatchMakeAStaircase() {
        assertThat(ShrunkThroughput.fixedBatch(1_024, 2, 64, 4)).isCloseTo(8.0 / 9, within(1e-15));
        assertThat(ShrunkThroughput.fixedBatch(1_024, 2, 64, 7)).isCloseTo(8.0 / 9, within(1e-15));
        assertThat(ShrunkThroughput.fixedBatch(1_024, 2, 64, 8)).isCloseTo(8.0 / 10, within(1e-15));
        assertThat(ShrunkThroughput.scaledBatch(64, 4)).isCloseTo(0.9375, within(1e-15));
        assertThat(ShrunkThroughput.cycleAverage(3_600, 14_400, 10, 0, 16)).isCloseTo(0.74722, within(1e-5));
    }

    @Test
    void aWriteThatIsTooSlowIsWaitedFor() {
        AsyncCheckpoint slow = new AsyncCheckpoint(2, 60, 5, 10, 0);
        assertThat(slow.stallSeconds()).isEqualTo(12);
        assertThat(slow.throughputFactor()).isCloseTo(50.0 / 62, within(1e-15));
        assertThat(slow.meanLostSeconds()).isEqualTo(85);
        assertThat(new AsyncCheckpoint(2, 40, 5, 10, 3).stallSeconds()).isZero();
    }

    @Test
    void twoLevelsBeatTheRareOneAloneWhereItIsDear() {
        TwoLevelCheckpoint two = new TwoLevelCheckpoint(
                new TwoLevelCheckpoint.Level(0.5, 30, 3_600), new TwoLevelCheckpoint.Level(200, 900, 86_400));
        assertThat(two.local().bestPeriodSeconds()).isCloseTo(60, within(1e-12));
        assertThat(two.leastWaste()).isLessThan(two.leastWasteOfRemoteAlone());
    }

    @Test
    void withShapeOneAWeibullPlatformIsExponential() {
        WeibullPlatform platform = new WeibullPlatform(1_000, 1, 1e6);
        assertThat(platform.meanFirstFailureSeconds()).isCloseTo(platform.longRunMtbfSeconds(), within(1e-9));
        assertThat(platform.survival(500)).isCloseTo(Math.exp(-0.5), within(1e-12));
        assertThat(platform.conditionalSurvival(500, 1_000)).isCloseTo(platform.survival(500), within(1e-12));
    }

    /** Below shape 1 the platform that starts new fails early and then calms down. */
    @Test
    void belowShapeOneTheStartIsABurst() {
        WeibullPlatform platform = new WeibullPlatform(1_024, 0.7, 5 * 365.25 * 86_400);
        assertThat(platform.meanFirstFailureSeconds() / 3_600).isCloseTo(2.19, within(0.01));
        assertThat(platform.longRunMtbfSeconds() / 3_600).isCloseTo(42.8, within(0.01));
        assertThat(platform.conditionalSurvival(86_400, 172_800)).isGreaterThan(platform.survival(86_400));
    }

    @Test
    void lemonsThatAreLikeTheOthersChangeNothing() {
        LemonNodes plain = new LemonNodes(64, 0.005, 0.3, 1);
        assertThat(plain.failureWithinDay()).isCloseTo(-Math.expm1(-0.32), within(1e-15));
        assertThat(plain.failureWithinDayEvenShare()).isCloseTo(-Math.expm1(-0.32), within(1e-15));
        LemonNodes few = new LemonNodes(64, 0.005, 0.02, 50);
        assertThat(few.failureWithinDay()).isLessThan(few.failureWithinDayEvenShare());
    }

    /** E[max] of 2 standard normals is 1 / sqrt(pi), of 3 it is 3 / (2 sqrt(pi)). */
    @Test
    void theSlowestOfManyWorkers() {
        assertThat(Straggler.meanMaximumOfStandardNormals(1)).isCloseTo(0, within(1e-14));
        assertThat(Straggler.meanMaximumOfStandardNormals(2)).isCloseTo(1 / Math.sqrt(Math.PI), within(1e-13));
        assertThat(Straggler.meanMaximumOfStandardNormals(3)).isCloseTo(1.5 / Math.sqrt(Math.PI), within(1e-13));
        assertThat(Straggler.meanMaximumOfStandardNormals(1_000_000)).isBetween(4.8, 5.0);
        assertThat(Straggler.twoPointFactor(1, 0.5, 3)).isCloseTo(2, within(1e-15));
    }

    /** Prices of p3.2xlarge: 0.91 $ against 3.06 $ an hour. */
    @Test
    void preemptibleNodesStopPayingForLargeJobs() {
        assertThat(new SpotPrice(0.91, 0.61, 16, 30, 120).beats(3.06)).isTrue();
        assertThat(new SpotPrice(0.91, 0.61, 64, 30, 120).beats(3.06)).isFalse();
    }

    @Test
    void aCheckpointOfTheOptimizer() {
        assertThat(CheckpointSize.mixedPrecisionAdamBytes(70e9)).isEqualTo(980e9);
        assertThat(CheckpointSize.writeSeconds(980e9, 25e9)).isCloseTo(39.2, within(1e-12));
        assertThat(PeerPlacement.meanWastedSeconds(480, 1.0 / 1_800, 480)).isCloseTo(1_860, within(1e-9));
    }
}
