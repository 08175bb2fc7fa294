package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StageMessagesTest {

    private static final double WITHIN = 1e-3;
    private static final double BETWEEN = 3e-3;

    /** Rank by rank: its counterpart of another stage is as many stages on. */
    @Test
    void leavesANodeWhereAnyRankDoes() {
        Random random = new Random(12);
        for (int i = 0; i < 2000; i++) {
            int ranks = 1 + random.nextInt(12);
            int node = 1 + random.nextInt(9);
            int stage = random.nextInt(9);
            int other = random.nextInt(9);
            boolean leaves = false;
            for (int rank = 0; rank < ranks; rank++) {
                leaves |= (stage * ranks + rank) / node != (other * ranks + rank) / node;
            }
            assertThat(StageMessages.leavesNode(stage, other, ranks, node)).isEqualTo(leaves);
        }
    }

    /** Two stages of four ranks on a node of eight: of the three borders of four stages only the second leaves a node. */
    @Test
    void everySecondBorderOfStagesOfHalfANodeLeavesIt() {
        StageMessages messages = new StageMessages(WITHIN, BETWEEN, 4, 8);
        assertThat(messages.seconds(0, 1)).isEqualTo(WITHIN);
        assertThat(messages.seconds(2, 1)).isEqualTo(BETWEEN);
        assertThat(messages.seconds(3, 0)).isEqualTo(BETWEEN);
        assertThat(messages.mean(4)).isCloseTo((2 * WITHIN + BETWEEN) / 3, within(1e-15));
        assertThat(messages.most()).isEqualTo(BETWEEN);
    }

    @Test
    void aSingleStageSendsNothing() {
        assertThat(new StageMessages(WITHIN, BETWEEN, 4, 8).mean(1)).isZero();
        assertThat(StageMessages.NONE.seconds(0, 1)).isZero();
        assertThat(StageMessages.alike(BETWEEN).seconds(0, 1)).isEqualTo(BETWEEN);
    }

    @Test
    void theSlowestOfTwoIsSlowInEach() {
        StageMessages slowest =
                StageMessages.slowest(List.of(new StageMessages(1, 5, 1, 2), new StageMessages(2, 3, 1, 2)));
        assertThat(slowest).isEqualTo(new StageMessages(2, 5, 1, 2));
    }
}
