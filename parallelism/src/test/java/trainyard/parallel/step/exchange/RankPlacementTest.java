package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
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

    /** Any sizes: the group on most nodes, and of these the one with fewest ranks on a node, among those of all stages. */
    @Test
    void theWorstOfGroupsThatLieUnevenly() {
        Random random = new Random(12);
        int uneven = 0;
        for (int i = 0; i < 3000; i++) {
            int node = random.nextInt(4) == 0 ? 6 : GPUS_PER_NODE;
            int tensor = 1 + random.nextInt(8);
            int context = random.nextBoolean() ? 1 : 1 + random.nextInt(9);
            int data = 1 + random.nextInt(24);
            int group = 1 + random.nextInt(3);
            Degrees degrees = new Degrees(tensor, context, 1 + random.nextInt(4), data, 1);
            RankPlacement placement;
            try {
                Sharding sharding = Sharding.zero(1).withGroup(group);
                placement = new RankPlacement(ParallelPlan.of(degrees).with(sharding), node);
            } catch (PlanException doesNotFit) {
                continue;
            }
            check(placement.contextGroup(), degrees.ranks(), context, tensor, node);
            check(placement.shardGroup(), degrees.ranks(), group, tensor, node);
            check(placement.replicaGroup(), degrees.ranks(), context * data / group, tensor * group, node);
            uneven += placement.replicaGroup().even() ? 0 : 1;
        }
        assertThat(uneven).isGreaterThan(300);
    }

    /** So many ranks in a group, every {@code stride}-th, laid out one by one over all stages. */
    private static void check(GroupShape shape, int gpus, int ranks, int stride, int node) {
        Map<Integer, Map<Integer, Integer>> ranksByGroupAndNode = new TreeMap<>();
        for (int rank = 0; rank < gpus; rank++) {
            int group = rank / (ranks * stride) * stride + rank % stride;
            ranksByGroupAndNode.computeIfAbsent(group, any -> new TreeMap<>()).merge(rank / node, 1, Integer::sum);
        }
        int nodes =
                ranksByGroupAndNode.values().stream().mapToInt(Map::size).max().orElseThrow();
        List<Map<Integer, Integer>> widest = ranksByGroupAndNode.values().stream()
                .filter(on -> on.size() == nodes)
                .toList();
        int fewest = widest.stream()
                .mapToInt(on -> Collections.min(on.values()))
                .min()
                .orElseThrow();
        int most = widest.stream()
                .filter(on -> Collections.min(on.values()) == fewest)
                .mapToInt(on -> Collections.max(on.values()))
                .max()
                .orElseThrow();
        String what = gpus + " ranks on nodes of " + node + ", groups of " + ranks + " every " + stride;
        assertThat(shape.ranks()).as(what).isEqualTo(ranks);
        assertThat(shape.nodes()).as(what).isEqualTo(nodes);
        assertThat(shape.fewestPerNode()).as(what).isEqualTo(fewest);
        assertThat(shape.ranksPerNode()).as(what).isEqualTo(most);
        if (nodes > 1) {
            assertThat(shape.groupsPerNode()).as(what).isEqualTo(mostAcross(ranksByGroupAndNode));
        }
    }

    /** The most groups on one node that have ranks on others too. */
    private static int mostAcross(Map<Integer, Map<Integer, Integer>> ranksByGroupAndNode) {
        Map<Integer, Integer> across = new TreeMap<>();
        for (Map<Integer, Integer> nodes : ranksByGroupAndNode.values()) {
            nodes.keySet().stream()
                    .filter(node -> nodes.size() > 1)
                    .forEach(node -> across.merge(node, 1, Integer::sum));
        }
        return Collections.max(across.values());
    }

    /** Stage 1 of three has ranks 6 to 11: its groups {6, 8, 10} and {7, 9, 11} lie on two nodes. */
    @Test
    void aLaterStageMayBeginWithinANode() {
        RankPlacement placement = new RankPlacement(ParallelPlan.of(Degrees.of(2, 3, 3)), GPUS_PER_NODE);

        assertThat(placement.replicaGroup()).isEqualTo(new GroupShape(3, 2, 2, 1, 4));
    }

    @Test
    void tenReplicasLieOnEightAndTwoGpus() {
        RankPlacement placement = new RankPlacement(ParallelPlan.of(Degrees.of(1, 1, 10)), GPUS_PER_NODE);

        assertThat(placement.replicaGroup()).isEqualTo(new GroupShape(10, 2, 8, 2, 1));
    }

    /** 100,000 GPUs in groups of 3 x 11,111 every third rank: no rank is laid out, so thousands take no second. */
    @Test
    void aShapeOfManyRanksTakesNoLongerThanOneOfFew() {
        ParallelPlan plan = ParallelPlan.of(new Degrees(1, 3, 3, 11_111, 1));
        RankPlacement placement = new RankPlacement(plan, GPUS_PER_NODE);
        long before = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            assertThat(placement.replicaGroup().ranks()).isEqualTo(33_333);
        }
        assertThat((System.nanoTime() - before) / 1e9).isLessThan(5);
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
