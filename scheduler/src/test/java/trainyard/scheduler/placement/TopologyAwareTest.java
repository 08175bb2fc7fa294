package trainyard.scheduler.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;

class TopologyAwareTest {

    private final NodeShares chosen = new NodeShares();

    /** Three racks of four nodes of 8 GPUs; in the first 2 nodes are free, in the second 3, in the third all 4. */
    private static final ClusterLayout RACKS =
            ClusterLayout.of(List.of(NodePool.of("h", 12, 8).withDomains(2, 4)));

    private static FreeGpus free() {
        FreeGpus free = RACKS.free();
        free.take(0, 8);
        free.take(1, 8);
        free.take(4, 6);
        return free;
    }

    private List<String> shares() {
        List<String> shares = new ArrayList<>();
        for (int i = 0; i < chosen.count(); i++) {
            shares.add(chosen.gpus(i) + " on " + chosen.node(i));
        }
        return shares;
    }

    private List<String> choose(Placement placement, FreeGpus free, int gpus) {
        assertTrue(placement.choose(free, gpus, chosen));
        return shares();
    }

    @Test
    void theNarrowestDomainWinsAndOfThoseTheTightest() {
        TopologyAware any = new TopologyAware(DomainLevel.CLUSTER);

        assertEquals(List.of("2 on 4"), choose(any, free(), 2));
        // Islands hold two nodes: 2 and 3 of the first rack are the first of those with 16 free.
        assertEquals(List.of("8 on 2", "8 on 3"), choose(any, free(), 16));
        // Three nodes fit no island; of racks the second has 26 free and the third 32.
        assertEquals(List.of("8 on 5", "8 on 6", "8 on 7"), choose(any, free(), 24));
        assertEquals(List.of("8 on 8", "8 on 9", "8 on 10", "8 on 11"), choose(any, free(), 32));
    }

    @Test
    void aJobThatNoRackHoldsIsSpreadOverAsFewAsPossible() {
        TopologyAware any = new TopologyAware(DomainLevel.CLUSTER);

        // 48 = the whole third rack and two nodes, which the first rack holds most tightly.
        assertEquals(List.of("8 on 8", "8 on 9", "8 on 10", "8 on 11", "8 on 2", "8 on 3"), choose(any, free(), 48));
        assertFalse(any.choose(free(), 75, chosen));
        assertEquals(0, chosen.count());
    }

    @Test
    void aRequiredDomainLetsTheJobWait() {
        assertFalse(new TopologyAware(DomainLevel.RACK).choose(free(), 40, chosen));
        assertFalse(new TopologyAware(DomainLevel.ISLAND).choose(free(), 24, chosen));
        assertTrue(new TopologyAware(DomainLevel.RACK).choose(free(), 32, chosen));
    }

    @Test
    void spreadTakesFromTheEmptiestNodes() {
        FreeGpus free = new FreeGpus(new int[] {8, 8, 4});
        free.take(0, 3);

        // Free 5, 8, 4: three from the second brings it to 5, then 4 and so on in turn.
        assertEquals(List.of("2 on 1"), choose(new Spread(), free, 2));
        assertEquals(List.of("4 on 1", "1 on 0"), choose(new Spread(), free, 5));
        assertEquals(List.of("8 on 1", "5 on 0", "4 on 2"), choose(new Spread(), free, 17));
        assertFalse(new Spread().choose(free, 18, chosen));
    }

    @Test
    void aJobStaysInThePoolOfItsGpuType() {
        ClusterLayout layout = ClusterLayout.of(List.of(
                NodePool.of("old", 2, 8).withGpuType("v100"),
                NodePool.of("new", 4, 8).withGpuType("a100").withDomains(1, 2)));
        InPools placement = new InPools(layout, new TopologyAware(DomainLevel.RACK));
        FreeGpus free = layout.free();
        ClusterJob any = ClusterJob.of("any", 0, 16, 1);
        ClusterJob modern = any.with(JobTraits.NONE.withGpuType("a100"));

        assertTrue(placement.choose(free, any, 16, chosen));
        assertEquals(List.of("8 on 0", "8 on 1"), shares());
        assertTrue(placement.choose(free, modern, 16, chosen));
        assertEquals(List.of("8 on 2", "8 on 3"), shares());
        // The racks of the pool hold two nodes each.
        assertFalse(placement.choose(free, modern, 24, chosen));
    }

    @Test
    void theLayoutKnowsHowFarAJobIsSpread() {
        chosen.add(0, 8);
        chosen.add(1, 8);
        assertEquals(DomainLevel.ISLAND, RACKS.spread(chosen));
        chosen.add(2, 8);
        assertEquals(DomainLevel.RACK, RACKS.spread(chosen));
        chosen.add(4, 8);
        assertEquals(DomainLevel.POOL, RACKS.spread(chosen));
        assertEquals(2, RACKS.domains(DomainLevel.RACK, chosen));
        assertEquals(3, RACKS.domains(DomainLevel.ISLAND, chosen));
    }
}
