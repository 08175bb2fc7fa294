package trainyard.scheduler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;

class FreeGpusTest {

    @Test
    void aNodeThatIsNotUpGivesNothingAndTakesBack() {
        FreeGpus free = FreeGpus.equal(2, 8);
        free.take(0, 3);
        free.setStatus(0, NodeStatus.DRAINING);

        assertEquals(8, free.free());
        assertEquals(5, free.free(NodeStatus.DRAINING));
        assertEquals(8, free.capacity(NodeStatus.DRAINING));
        assertEquals(FreeGpus.NONE, free.withExactly(5, 0));

        free.give(0, 2);
        assertEquals(7, free.free(NodeStatus.DRAINING));
        assertEquals(FreeGpus.NONE, free.withExactly(7, 0));

        free.setStatus(0, NodeStatus.UP);
        assertEquals(15, free.free());
        assertEquals(0, free.withExactly(7, 0));
    }

    @Test
    void groupsAreThereOnlyWhereTheyHoldMoreThanANode() {
        FreeGpus plain = FreeGpus.equal(4, 8);
        FreeGpus racks = ClusterLayout.of(List.of(NodePool.of("a", 4, 8).withDomains(1, 2)))
                .free();

        assertFalse(plain.hasGroups(DomainLevel.RACK));
        assertTrue(racks.hasGroups(DomainLevel.RACK));
        assertFalse(racks.hasGroups(DomainLevel.ISLAND));
        assertThrows(IllegalArgumentException.class, () -> plain.groups(DomainLevel.RACK));
    }

    /** Each group holds what a count over its nodes gives, after random changes. */
    @Test
    void groupsFollowTheirNodes() {
        ClusterLayout layout = ClusterLayout.of(List.of(
                NodePool.of("a", 6, 8).withDomains(2, 4), NodePool.of("b", 5, 4).withDomains(1, 2)));
        FreeGpus free = layout.free();
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            int node = random.nextInt(layout.nodes());
            if (random.nextInt(5) == 0) {
                free.setStatus(node, NodeStatus.values()[random.nextInt(NodeStatus.values().length)]);
            } else if (random.nextBoolean()) {
                free.take(node, random.nextInt(free.free(node) + 1));
            } else {
                free.give(node, random.nextInt(layout.gpus(node) - free.free(node) + 1));
            }
            assertFollows(layout, free, DomainLevel.RACK);
            assertFollows(layout, free, DomainLevel.POOL);
            assertBucketsFollow(free);
        }
    }

    /** Nodes with so many free GPUs are as many, and the first one is that, as a look at every node says. */
    private static void assertBucketsFollow(FreeGpus free) {
        for (int gpus = 0; gpus <= free.largestNode() + 1; gpus++) {
            int wanted = gpus;
            int[] nodes = IntStream.range(0, free.nodes())
                    .filter(node -> free.status(node) == NodeStatus.UP && free.free(node) == wanted)
                    .toArray();
            assertEquals(nodes.length, free.nodesWithExactly(gpus));
            assertEquals(nodes.length == 0 ? FreeGpus.NONE : nodes[0], free.withExactly(gpus, 0));
        }
    }

    private static void assertFollows(ClusterLayout layout, FreeGpus free, DomainLevel level) {
        NodeGroups groups = free.groups(level);
        int[] expected = new int[groups.count()];
        int all = 0;
        for (int node = 0; node < layout.nodes(); node++) {
            int up = free.status(node) == NodeStatus.UP ? free.free(node) : 0;
            expected[layout.domain(level, node)] += up;
            all += up;
        }
        for (int group = 0; group < groups.count(); group++) {
            assertEquals(expected[group], groups.part(group).free());
        }
        assertEquals(all, free.free());
    }

    @Test
    void placementsPassOverNodesThatAreNotUp() {
        FreeGpus free = FreeGpus.equal(3, 8);
        free.setStatus(0, NodeStatus.DOWN);
        NodeShares chosen = new NodeShares();
        Placement placement = new Consolidate(Consolidate.Choice.FIRST_FIT);

        assertTrue(placement.choose(free, 16, chosen));
        assertEquals(1, chosen.node(0));
        assertFalse(placement.choose(free, 17, chosen));
    }
}
