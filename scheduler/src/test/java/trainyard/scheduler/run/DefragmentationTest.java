package trainyard.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.placement.FragmentationMeasure;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.placement.WithHost;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;

class DefragmentationTest {

    private static ClusterOutcome run(
            List<ClusterJob> jobs, FreeGpus cluster, Placement placement, RunOptions options) {
        return ClusterSimulation.run(
                jobs,
                cluster,
                placement,
                new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE),
                options.withAccounts());
    }

    private static RunOptions options(Defragmentation defragmentation) {
        JobCosts costs = new JobCosts(3, 2, CheckpointCycle.NONE, 4, OnStop.SAVES);
        return RunOptions.plain().withCosts((job, gpus) -> costs).withDefragmentation(defragmentation);
    }

    /** Two jobs of 1 and two of 3 GPUs fill two nodes; when the large ones are done, a job of 4 finds 3 and 3 free. */
    private static List<ClusterJob> scattered() {
        return List.of(
                ClusterJob.of("a", 0, 3, 10),
                ClusterJob.of("b", 0, 1, 100),
                ClusterJob.of("c", 0, 3, 10),
                ClusterJob.of("d", 0, 1, 100),
                ClusterJob.of("wide", 1, 4, 10));
    }

    private static final Placement BEST_FIT = new Consolidate(Choice.BEST_FIT);

    @Test
    void aMoveMakesPlaceAndCostsItsJob() {
        ClusterOutcome outcome = run(scattered(), FreeGpus.equal(2, 4), BEST_FIT, options(new Defragmentation(1, 0)));

        // All work from 3 on. At 13 b goes to the node of d and saves until 17, starts until 20, loads until 22 and has
        // 90 left.
        // The wide one gets the node that b leaves, begins at 17 and works from 20 to 30.
        assertEquals(1, outcome.moves());
        assertEquals(30, outcome.jobs().get(4).endNanos());
        assertEquals(112, outcome.jobs().get(1).endNanos());
        assertEquals(103, outcome.jobs().get(3).endNanos());
        assertEquals(0, outcome.preemptions());
        assertEquals(BigInteger.valueOf(112 * 8), outcome.ledger().orElseThrow().total());
        assertEquals(
                0, outcome.ledger().orElseThrow().gpuNanos(GpuUse.FRAGMENTED).signum());
    }

    @Test
    void withoutMovesTheJobWaits() {
        ClusterOutcome outcome = run(scattered(), FreeGpus.equal(2, 4), BEST_FIT, RunOptions.plain());

        assertEquals(110, outcome.jobs().get(4).endNanos());
        assertEquals(
                4 * 90,
                outcome.ledger().orElseThrow().gpuNanos(GpuUse.FRAGMENTED).longValueExact());
    }

    /** Moves never break anything: all jobs end, all GPUs are accounted for, and waits are shorter where moves are free. */
    @Test
    void movesKeepTheBooks() {
        long fragmented = 0;
        long moved = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<ClusterJob> jobs = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                jobs.add(ClusterJob.of(
                        "j" + i,
                        random.nextInt(3_000),
                        random.nextInt(4) == 0 ? 16 : 1 + random.nextInt(5),
                        1 + random.nextInt(200)));
            }
            ClusterOutcome still = run(jobs, FreeGpus.equal(6, 8), BEST_FIT, RunOptions.plain());
            ClusterOutcome moving = run(
                    jobs,
                    FreeGpus.equal(6, 8),
                    BEST_FIT,
                    RunOptions.plain().withDefragmentation(new Defragmentation(8, 0)));
            assertTrue(moving.jobs().stream().allMatch(JobOutcome::isDone));
            assertEquals(
                    BigInteger.valueOf(moving.endNanos() * 48),
                    moving.ledger().orElseThrow().total());
            fragmented +=
                    still.ledger().orElseThrow().gpuNanos(GpuUse.FRAGMENTED).longValueExact();
            moved += moving.ledger().orElseThrow().gpuNanos(GpuUse.FRAGMENTED).longValueExact();
        }
        assertTrue(moved < fragmented / 2, moved + " against " + fragmented);
    }

    @Test
    void theMeasureCountsFreeGpusThatJobsCannotUse() {
        FreeGpus free = FreeGpus.equal(3, 8);
        free.take(0, 5);
        free.take(1, 7);
        FragmentationMeasure measure = new FragmentationMeasure(Map.of(1, 2.0, 4, 1.0, 16, 1.0), 8);

        // 3, 1 and 8 are free. Jobs of 1 use all; those of 4 and of 16, half of all, only the 8.
        assertEquals(0.5 * (3 + 1), measure.gpus(free), 1e-12);
    }

    @Test
    void processorsAndMemoryKeepJobsApart() {
        ClusterLayout layout = ClusterLayout.of(List.of(NodePool.of("n", 2, 8).withHost(32, 1e12)));
        ClusterJob hungry = ClusterJob.of("a", 0, 4, 10).with(JobTraits.NONE.withHost(6, 0));
        ClusterJob other = ClusterJob.of("b", 0, 2, 10).with(JobTraits.NONE.withHost(6, 0));
        ClusterJob third = ClusterJob.of("c", 0, 4, 10).with(JobTraits.NONE.withHost(6, 0));

        ClusterOutcome outcome =
                run(List.of(hungry, other, third), layout.free(), new WithHost(layout, BEST_FIT), RunOptions.plain());

        // 24 of 32 processors are taken on the first node, so the second job goes to the other one, where 12 are then
        // taken:
        // 20 are left for the third one, which needs 24 and waits although ten GPUs are free.
        assertEquals(10, outcome.jobs().get(1).endNanos());
        assertEquals(20, outcome.jobs().get(2).endNanos());
    }
}
