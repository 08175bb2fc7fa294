package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.model.Operator.ExpertExchange;
import trainyard.parallel.model.TokenRouting;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class ExpertExchangeCostTest {

    private static final int TOKENS = 4096;
    private static final int HIDDEN = 7168;
    private static final int EXPERTS = 256;
    private static final int TOP_K = 8;

    /** One byte a second, whatever the group. */
    private static final CollectiveModel BYTES =
            (operation, bytes, group) -> new CollectiveTime(group.ranks() == 1 ? 0 : bytes, 0, "none", "none");

    /**
     * DeepEP's published combine bandwidths (docs/legacy.md, 2025: H800, 400 Gb/s InfiniBand, 4096 tokens of 7168 16-bit
     * elements, top 8 of 256 experts on at most 4 nodes): one copy a node over InfiniBand between nodes, one a GPU over
     * NVLink inside one.
     */
    @ParameterizedTest
    @CsvSource({"1, 158", "2, 43", "4, 57", "8, 50"})
    void publishedBandwidths(int nodes, double gigabytesPerSecond) {
        HardwareCatalog catalog = HardwareCatalog.load();
        ClusterSpec cluster = new ClusterSpec(catalog.node("DGX H100", "H800-SXM-80"), nodes, catalog.fabric("IB NDR"));
        GroupShape group = new GroupShape(8, nodes, 1);
        ExpertExchange x = new ExpertExchange("combine", TOKENS, EXPERTS, TOP_K, 2.0 * HIDDEN, 4, 1, 2);
        double seconds = new ExpertExchangeCost(ExpertDispatch.DEEPEP, NcclModel.on(cluster), group).seconds(x);
        int met = Math.min(4, nodes);
        double copies = nodes == 1 ? sampledMeetings(8, EXPERTS) : sampledMeetings(met, met * EXPERTS / nodes);
        assertThat(copies * TOKENS * 2.0 * HIDDEN / seconds / 1e9)
                .isCloseTo(gigabytesPerSecond, within(0.2 * gigabytesPerSecond));
    }

    /**
     * Four nodes of eight ranks with eight experts each, 50 GB/s between nodes and 160 GB/s within: a token meets 4 (1 - C(192,
     * 8) / C(256, 8)) nodes and 32 (1 - C(248, 8) / C(256, 8)) ranks; both run at once.
     */
    @ParameterizedTest
    @CsvSource({"50, 160", "50, 60"})
    void theSlowerOfBothWaysDecides(double between, double within) {
        CollectiveModel network = (operation, bytes, group) ->
                new CollectiveTime(bytes / 1e9 / (group.nodes() > 1 ? between : within), 0, "none", "none");
        ExpertExchange x = new ExpertExchange("combine", TOKENS, EXPERTS, TOP_K, 2.0 * HIDDEN, 4, 1, 2);
        double bytes = TOKENS * 2.0 * HIDDEN;
        double ofNodes = 4 * (1 - noneOf(64)) * bytes / 1e9 / between;
        double ofRanks = 32 * (1 - noneOf(8)) * bytes / 1e9 / within;

        assertThat(ofRanks > ofNodes).isEqualTo(within < 100);
        assertThat(new ExpertExchangeCost(ExpertDispatch.DEEPEP, network, new GroupShape(8, 4, 1)).seconds(x))
                .isCloseTo(Math.max(ofNodes, ofRanks), within(1e-12));
    }

    /** Probability that none of eight different experts of 256 is one of the given number. */
    private static double noneOf(int experts) {
        double none = 1;
        for (int i = 0; i < TOP_K; i++) {
            none *= (double) (EXPERTS - experts - i) / (EXPERTS - i);
        }
        return none;
    }

    /** Parts met by the first eight of shuffled experts, counted. */
    private static double sampledMeetings(int parts, int experts) {
        Random random = new Random(7);
        int samples = 20_000;
        long sum = 0;
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, experts).boxed().toList());
        for (int i = 0; i < samples; i++) {
            TreeSet<Integer> met = new TreeSet<>();
            for (int k = 0; k < TOP_K; k++) {
                Collections.swap(shuffled, k, k + random.nextInt(experts - k));
                met.add(shuffled.get(k) * parts / experts);
            }
            sum += met.size();
        }
        return (double) sum / samples;
    }

    @Test
    void bytesOfEachWay() {
        GroupShape group = new GroupShape(8, 4, 1);
        ExpertExchange x = new ExpertExchange("dispatch", 100, EXPERTS, TOP_K, 2, 0, 1, 2);
        assertThat(new ExpertExchangeCost(ExpertDispatch.ALL_TO_ALL, BYTES, group).seconds(x))
                .isEqualTo(100 * TOP_K * 2.0);
        assertThat(new ExpertExchangeCost(ExpertDispatch.ALL_GATHER, BYTES, group).seconds(x))
                .isEqualTo(100 * 32 * 2.0);
        double gpus = sampledMeetings(32, EXPERTS);
        assertThat(new ExpertExchangeCost(ExpertDispatch.DEEPEP, BYTES, group).seconds(x))
                .isCloseTo(100 * gpus * 2.0, within(2.0));
    }

    /** Four different experts of 16 on ranks of one each meet four ranks, as many as there are copies. */
    @Test
    void differentExpertsMeetDifferentRanks() {
        GroupShape group = GroupShape.withinNode(16);
        ExpertExchange x = new ExpertExchange("dispatch", 100, 16, 4, 2, 0, 1, 2);
        assertThat(new ExpertExchangeCost(ExpertDispatch.DEEPEP, BYTES, group).seconds(x))
                .isCloseTo(100 * 4 * 2.0, within(1e-9));
        assertThat(TokenRouting.met(8, 1, 2)).isCloseTo(2, within(1e-12));
        assertThat(TokenRouting.met(2, 4, 8)).isEqualTo(2);
        assertThat(TokenRouting.met(2, 4, 9)).isEqualTo(2);
        assertThat(TokenRouting.met(1, 8, 2)).isEqualTo(1);
    }

    @Test
    void theBusiestRankDecides() {
        GroupShape group = GroupShape.withinNode(8);
        for (ExpertDispatch dispatch : new ExpertDispatch[] {ExpertDispatch.ALL_TO_ALL, ExpertDispatch.DEEPEP}) {
            ExpertExchangeCost cost = new ExpertExchangeCost(dispatch, BYTES, group);
            double balanced = cost.seconds(new ExpertExchange("dispatch", 100, EXPERTS, TOP_K, 2, 0, 1, 2));
            double skewed = cost.seconds(new ExpertExchange("dispatch", 100, EXPERTS, TOP_K, 2, 0, 1.5, 2));
            assertThat(skewed).isCloseTo(1.5 * balanced, within(1e-9));
        }
    }

    @Test
    void oneRankExchangesNothing() {
        ExpertExchange x = new ExpertExchange("dispatch", 100, EXPERTS, TOP_K, 2, 0, 1, 2);
        for (ExpertDispatch dispatch : ExpertDispatch.values()) {
            assertThat(new ExpertExchangeCost(dispatch, BYTES, GroupShape.withinNode(1)).seconds(x))
                    .isZero();
        }
    }

    @Test
    void limitOfNodesLowersTheCopiesBetweenNodes() {
        CollectiveModel network = (operation, bytes, group) -> new CollectiveTime(
                operation == Collective.ALL_TO_ALL && group.nodes() > 1 ? bytes : 0, 0, "none", "none");
        ExpertExchangeCost cost = new ExpertExchangeCost(ExpertDispatch.DEEPEP, network, new GroupShape(8, 8, 1));
        double free = cost.seconds(new ExpertExchange("dispatch", 100, EXPERTS, TOP_K, 2, 0, 1, 2));
        double limited = cost.seconds(new ExpertExchange("dispatch", 100, EXPERTS, TOP_K, 2, 4, 1, 2));
        assertThat(free).isCloseTo(200 * sampledMeetings(8, EXPERTS), within(4.0));
        assertThat(limited).isCloseTo(200 * sampledMeetings(4, EXPERTS / 2), within(4.0));
    }
}
