package trainyard.scheduler.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is renewed node by node is what all nodes have at that moment. */
class ScoredNodesTest {

    private static final int NODES = 6;
    private static final NodeScore.Scale SCALE = new NodeScore.Scale(96_000, 8_000);

    private record Put(int node, PodDemand pod, long which) {}

    private static PodDemand pod(Random random) {
        int gpus = random.nextInt(3) > 0 ? 1 : 1 << random.nextInt(4);
        int milli = gpus == 1 && random.nextBoolean() ? 100 * random.nextInt(1, 10) : PodDemand.WHOLE;
        return new PodDemand(1000L * random.nextInt(1, 12), 0, gpus, milli, Set.of());
    }

    @ParameterizedTest
    @EnumSource
    void theBestNodeIsTheBestOfAll(NodeScore score) {
        Random random = new Random(7);
        List<PodDemand> mix = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            mix.add(pod(random));
        }
        Fragmentation fragmentation = Fragmentation.of(mix, 0.95);
        List<GpuNode> empty = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            empty.add(new GpuNode("", 96_000, 1 << 20, 8));
        }
        ScoredNodes nodes = new ScoredNodes(empty, score, SCALE, fragmentation);
        List<Put> puts = new ArrayList<>();
        int placed = 0;
        for (int step = 0; step < 4_000; step++) {
            PodDemand pod = mix.get(random.nextInt(mix.size()));
            assertEquals(
                    best(nodes, score, pod, fragmentation), nodes.scores(pod).best(), "step " + step);
            int node = nodes.scores(pod).best();
            if (random.nextInt(20) == 0) {
                nodes.setAway(random.nextInt(NODES), random.nextInt(3) == 0);
            } else if (node != NodeTree.UNFIT && random.nextInt(3) > 0) {
                long which = nodes.node(node).gpusFor(pod, nodes.gpu(node, pod));
                nodes.take(node, pod, which);
                puts.add(new Put(node, pod, which));
                placed++;
            } else if (!puts.isEmpty()) {
                Put put = puts.remove(random.nextInt(puts.size()));
                nodes.give(put.node, put.pod, put.which);
            }
            double sum = 0;
            for (int i = 0; i < NODES; i++) {
                sum += nodes.isAway(i) ? 0 : fragmentation.of(nodes.node(i));
            }
            assertEquals(sum, nodes.fragmentedMilli(), 1e-6);
        }
        assertTrue(placed > 500, "placed: " + placed);
        for (Put put : puts) {
            nodes.give(put.node, put.pod, put.which);
        }
        for (int node = 0; node < NODES; node++) {
            assertEquals(8, nodes.node(node).wholeGpus());
            assertEquals(96_000, nodes.node(node).cpuMilli());
            assertEquals(0, nodes.node(node).kinds());
        }
    }

    private static int best(ScoredNodes nodes, NodeScore score, PodDemand pod, Fragmentation fragmentation) {
        int best = NodeTree.UNFIT;
        int most = -1;
        for (int node = 0; node < NODES; node++) {
            GpuNode one = nodes.node(node);
            if (!nodes.isAway(node) && one.fits(pod)) {
                int of = score.of(one, pod, SCALE, fragmentation, fragmentation.of(one));
                if (of > most) {
                    best = node;
                    most = of;
                }
            }
        }
        return best;
    }
}
