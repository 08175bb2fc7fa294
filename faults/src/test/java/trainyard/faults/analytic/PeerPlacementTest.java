package trainyard.faults.analytic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntPredicate;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import trainyard.sim.stats.Tally;

class PeerPlacementTest {

    /** Tries every set of failed nodes. */
    @Test
    void groupsAndRingsAreThoseOfCountingAllFailures() {
        for (int failed = 0; failed <= 12; failed++) {
            for (int copies : new int[] {1, 2, 3, 4}) {
                int groups = 12 / copies;
                int size = copies;
                double counted = share(12, failed, mask -> survives(mask, groups, size));
                assertThat(new PeerPlacement(12, copies, failed).groupSurvival())
                        .isCloseTo(counted, within(1e-15));
            }
        }
        double ring = share(12, 2, mask -> (mask & (mask << 1 | mask >> 11)) == 0);
        assertThat(new PeerPlacement(12, 2, 2).ringSurvival()).isCloseTo(ring, within(1e-15));
    }

    private static boolean survives(int mask, int groups, int size) {
        for (int group = 0; group < groups; group++) {
            int all = ((1 << size) - 1) << (group * size);
            if ((mask & all) == all) {
                return false;
            }
        }
        return true;
    }

    private static double share(int nodes, int failed, IntPredicate survives) {
        int ways = 0;
        int good = 0;
        for (int mask = 0; mask < 1 << nodes; mask++) {
            if (Integer.bitCount(mask) == failed) {
                ways++;
                good += survives.test(mask) ? 1 : 0;
            }
        }
        return (double) good / ways;
    }

    @Test
    void theBoundLiesBelow() {
        for (int failed = 2; failed <= 20; failed++) {
            PeerPlacement placement = new PeerPlacement(64, 2, failed);
            assertThat(placement.groupSurvivalBound()).isLessThanOrEqualTo(placement.groupSurvival() + 1e-15);
        }
    }

    @Test
    void formsThatDoNotHoldAreRefused() {
        assertThatThrownBy(() -> new PeerPlacement(15, 2, 2).groupSurvival()).hasMessageContaining("multiple");
        assertThatThrownBy(() -> new PeerPlacement(16, 2, 3).ringSurvival()).hasMessageContaining("2 failed nodes");
        assertThatThrownBy(() -> new PeerPlacement(16, 17, 3)).hasMessageContaining("copies (17)");
    }

    /** Failures strike live processes of three pairs until both of one are dead. */
    @Test
    void pairsLastAsLongAsWhenPlayed() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        Tally tally = new Tally();
        for (int i = 0; i < 40_000; i++) {
            tally.add(failuresUntilAPairIsDead(random, 3));
        }
        double standardError = tally.standardDeviation() / Math.sqrt(tally.count());
        assertThat(Replication.meanFailuresOfTheLiving(3)).isCloseTo(tally.mean(), within(4 * standardError));
        assertThat(Replication.meanFailuresOfTheLiving(1)).isCloseTo(2, within(1e-14));
        assertThat(Replication.meanFailuresOfAll(1)).isCloseTo(3, within(1e-14));
    }

    private static int failuresUntilAPairIsDead(UniformRandomProvider random, int pairs) {
        boolean[] half = new boolean[pairs];
        for (int failures = 1; ; failures++) {
            int dead = failures - 1;
            // of the 2 b - dead live processes, those of broken pairs come first
            int struck = random.nextInt(2 * pairs - dead);
            if (struck < dead) {
                return failures;
            }
            int pair = 0;
            for (int i = 0; i <= (struck - dead) / 2; pair++) {
                i += half[pair] ? 0 : 1;
            }
            half[pair - 1] = true;
        }
    }

    @Test
    void shardsKeepAnOwner() {
        assertThat(ShardRedundancy.meanMaskedFailures(600, 1)).isCloseTo(1, within(1e-14));
        assertThat(ShardRedundancy.meanMaskedFailures(600, 8))
                .isGreaterThan(ShardRedundancy.meanMaskedFailures(600, 3));
        assertThat(ShardRedundancy.bestRedundancy(600)).isEqualTo(10);
        assertThat(ShardRedundancy.stacks(200, 0)).isEqualTo(1);
        assertThat(ShardRedundancy.stacks(200, 150)).isEqualTo(4);
        assertThat(ShardRedundancy.stacks(200, 151)).isEqualTo(5);
    }
}
