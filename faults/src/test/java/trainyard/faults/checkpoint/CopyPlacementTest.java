package trainyard.faults.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import trainyard.faults.analytic.PeerPlacement;
import trainyard.faults.checkpoint.PeerCopies.Pattern;

class CopyPlacementTest {

    private static BitSet lost(int... places) {
        BitSet lost = new BitSet();
        for (int place : places) {
            lost.set(place);
        }
        return lost;
    }

    /** Share of all sets of a number of nodes after whose loss every shard has a copy left. */
    private static double survivors(CopyPlacement placement, int nodes, int failed) {
        long left = 0;
        long all = 0;
        for (long set = 0; set < 1L << nodes; set++) {
            if (Long.bitCount(set) == failed) {
                all++;
                left += placement.survives(BitSet.valueOf(new long[] {set})) ? 1 : 0;
            }
        }
        return (double) left / all;
    }

    /** Every set of k lost nodes, counted: the chances of Gemini's closed forms, 14/15 in groups and 13/15 in a ring. */
    @Test
    void countedLossesAreTheClosedForms() {
        assertThat(survivors(new PeerCopies(16, 2, Pattern.GROUP), 16, 2)).isCloseTo(14.0 / 15, within(1e-12));
        assertThat(survivors(new PeerCopies(16, 2, Pattern.RING), 16, 2)).isCloseTo(13.0 / 15, within(1e-12));
        for (int copies = 1; copies <= 4; copies++) {
            if (12 % copies == 0) {
                for (int failed = 0; failed <= 6; failed++) {
                    assertThat(survivors(new PeerCopies(12, copies, Pattern.GROUP), 12, failed))
                            .as("%d copies, %d failed", copies, failed)
                            .isCloseTo(new PeerPlacement(12, copies, failed).groupSurvival(), within(1e-12));
                }
            }
        }
    }

    /** Nodes 0 to 3 are replica 0, 4 to 7 replica 1: losing a whole replica, or one place of all, leaves the copies. */
    @Test
    void peersOutsideAllOwnGroupsSurviveTheLossOfAGroup() {
        CopyPlacement cross = new CrossGroupCopies(2, 4, 2);
        assertThat(cross.survives(lost(0, 1, 2, 3))).isTrue();
        assertThat(cross.survives(lost(1, 5))).isTrue();
        assertThat(cross.survives(lost(0, 5))).isFalse();
        assertThat(new PeerCopies(8, 2, Pattern.GROUP).survives(lost(0, 1, 2, 3)))
                .isFalse();
        assertThatThrownBy(() -> new CrossGroupCopies(1, 4, 2)).hasMessageContaining("outside all parallel groups");
    }

    /** Without sharding over replicas, a shard is gone only once the same place is lost in each. */
    @Test
    void equalReplicasStandInForEachOther() {
        CopyPlacement local = new ReplicatedState(PeerCopies.own(4), 3, 4);
        assertThat(local.survives(lost(0, 4, 1, 10))).isTrue();
        assertThat(local.survives(lost(1, 5, 9))).isFalse();
        assertThat(PeerCopies.own(12).survives(lost(5))).isFalse();
        assertThat(CopyPlacement.OUTSIDE.survives(lost(0, 1, 2))).isTrue();
    }
}
