package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.sim.collective.GroupShape;

/** Shapes of the groups against ranks laid out one by one. */
class RankPlacementTest {

    private static final int GPUS_PER_NODE = 8;

    @Test
    void groupsOfRanksLaidOutOneByOne() {
        Random random = new Random(11);
        for (int i = 0; i < 400; i++) {
            int tensor = 1 << random.nextInt(4);
            int context = 1 << random.nextInt(4);
            int data = 1 << random.nextInt(4);
            int ranks = tensor * context * data;
            int expert = 1 << random.nextInt(Integer.numberOfTrailingZeros(ranks) + 1);
            Degrees degrees = new Degrees(tensor, context, 2, data, expert);
            ParallelPlan plan =
                    new ParallelPlan(degrees, Pipelining.PLAIN, Sharding.zero(1), tensor > 1, Recompute.NONE);
            RankPlacement placement = new RankPlacement(plan, GPUS_PER_NODE);
            List<Integer> stage = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                stage.add(rank);
            }
            check(placement.contextGroup(), stage, rank -> rank % tensor + 1000 * (rank / (tensor * context)));
            check(placement.shardGroup(), stage, rank -> rank % tensor);
            if (expert > 1) {
                check(placement.expertGroup(), stage, rank -> rank / expert);
                check(placement.expertShardGroup(), stage, rank -> rank % expert);
            }
        }
    }

    private interface GroupOf {
        int group(int rank);
    }

    private static void check(GroupShape shape, List<Integer> stage, GroupOf of) {
        Map<Integer, Map<Integer, Integer>> ranksByGroupAndNode = new TreeMap<>();
        for (int rank : stage) {
            ranksByGroupAndNode
                    .computeIfAbsent(of.group(rank), group -> new TreeMap<>())
                    .merge(rank / GPUS_PER_NODE, 1, Integer::sum);
        }
        long onFirstNode = ranksByGroupAndNode.values().stream()
                .filter(nodes -> nodes.containsKey(0))
                .count();
        for (Map<Integer, Integer> nodes : ranksByGroupAndNode.values()) {
            assertThat(nodes).hasSize(shape.nodes());
            assertThat(nodes.values()).allMatch(ranks -> ranks == shape.ranksPerNode());
        }
        assertThat(onFirstNode).isEqualTo(shape.groupsPerNode());
    }

    @Test
    void expertRanksFitWholeIntoNodes() {
        ParallelPlan plan = ParallelPlan.of(new Degrees(1, 1, 1, 24, 12));
        assertThatThrownBy(() -> new RankPlacement(plan, GPUS_PER_NODE))
                .isInstanceOf(PlanException.class)
                .hasMessage("expert 12 does not fit whole into nodes of 8 GPUs; choose a divisor or a multiple of 8");
    }

    @Test
    void tensorRanksWithExpertsOfTheirOwnSplitTheSequence() {
        assertThatThrownBy(() -> ParallelPlan.of(new Degrees(2, 1, 1, 4, 8)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("needs sequence-parallel: true");
    }
}
