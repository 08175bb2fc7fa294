package trainyard.scheduler.policy.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

/** Backfill on nodes that go and come back; nodes of 8 GPUs. */
class BackfillOutagesTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private static ClusterJob job(String id, double submit, int gpus, long seconds) {
        return ClusterJob.of(id, (long) (submit * SECOND), gpus, seconds * SECOND);
    }

    private static List<Long> starts(SchedulingPolicy policy, int nodes, NodeOutage outage, ClusterJob... jobs) {
        RunOptions options = RunOptions.plain().withOutages(NodeOutages.of(List.of(outage)), 1);
        return ClusterSimulation.run(List.of(jobs), FreeGpus.equal(nodes, 8), new AnyGpus(), policy, options)
                .jobs()
                .stream()
                .map(JobOutcome::startNanos)
                .map(nanos -> nanos / SECOND)
                .toList();
    }

    /**
     * Node 0 goes at 50 and x moves to node 2, to end at 100 as before. The head is to have the ends of x, at 100, and y, at 300, so
     * that a job of 200 s fits before it on node 3.
     */
    @Test
    void aJobThatMovesCountsOnce() {
        NodeOutage drain =
                NodeOutage.announced(NodeOutage.Kind.MAINTENANCE, 40 * SECOND, 0, 1, 10 * SECOND, 9_000 * SECOND);
        ClusterJob[] jobs = {job("x", 0, 8, 100), job("y", 0, 8, 300), job("head", 60, 24, 10), job("short", 61, 8, 200)
        };
        assertEquals(List.of(0L, 0L, 300L, 61L), starts(new EasyBackfill(100), 4, drain, jobs));
        assertEquals(List.of(0L, 0L, 300L, 61L), starts(new ConservativeBackfill(100), 4, drain, jobs));
    }

    /**
     * The head wants both nodes, one of which is away until 100; long has the other until 500. The short job waits behind the head and
     * fits once the node is back: the next plan starts it.
     */
    @Test
    void nodesThatComeBackArePlannedWith() {
        NodeOutage away = NodeOutage.announced(NodeOutage.Kind.MAINTENANCE, 0, 1, 2, 0, 100 * SECOND);
        ClusterJob[] jobs = {job("long", 0, 8, 500), job("head", 1, 16, 10), job("short", 2, 8, 50)};
        assertEquals(List.of(0L, 500L, 100L), starts(new EasyBackfill(100), 2, away, jobs));
        assertEquals(List.of(0L, 500L, 100L), starts(new SlurmBackfill(BackfillBounds.SLURM), 2, away, jobs));
    }
}
