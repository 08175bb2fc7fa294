package trainyard.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutage.Kind;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.overhead.RestartCosts;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.LeastAttained;
import trainyard.scheduler.policy.PreemptiveOrder;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobLosses;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.speed.SpeedModel;

/** Timelines of a few nanoseconds, reckoned by hand. */
class CoupledRunTest {

    private static RestartCosts costs(long start, long load, CheckpointCycle cycle, long save, OnStop onStop) {
        JobCosts costs = new JobCosts(start, load, cycle, save, onStop);
        return (job, gpus) -> costs;
    }

    private static SchedulingPolicy fifo() {
        return new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE);
    }

    private static ClusterOutcome run(
            List<ClusterJob> jobs, FreeGpus cluster, SchedulingPolicy policy, RunOptions options) {
        return ClusterSimulation.run(jobs, cluster, new Consolidate(Choice.BEST_FIT), policy, options.withAccounts());
    }

    /** Uses that are not 0, and that all of them are GPUs times time. */
    private static void assertUses(ClusterOutcome outcome, Map<GpuUse, Long> expected) {
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        Map<GpuUse, Long> uses = new EnumMap<>(GpuUse.class);
        for (GpuUse use : GpuUse.values()) {
            long nanos = ledger.gpuNanos(use).longValueExact();
            if (nanos != 0) {
                uses.put(use, nanos);
            }
        }
        assertEquals(new EnumMap<>(expected), uses);
        assertEquals(BigInteger.valueOf(outcome.endNanos() * outcome.gpus()), ledger.total());
    }

    @Test
    void aFaultCostsWorkSinceTheCheckpointTheRepairAndTheStart() {
        NodeOutages fault = NodeOutages.of(List.of(NodeOutage.fault(40, 0, 1, 7)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 4, 100)),
                FreeGpus.equal(1, 4),
                fifo(),
                RunOptions.plain()
                        .withCosts(costs(3, 5, new CheckpointCycle(10, 2), 0, OnStop.FALLS_BACK))
                        .withOutages(fault, 1));

        // Works from 3 on; at 40 three cycles of 12 are over and 1 is lost. The node is back at 47, the job works from
        // 55 on
        // and has 70 left, with six checkpoints between.
        assertEquals(137, outcome.jobs().get(0).endNanos());
        assertEquals(new JobLosses(1, false, 1, 29, 130), outcome.jobs().get(0).losses());
        assertEquals(7, outcome.jobs().get(0).queuedNanos());
        assertUses(
                outcome,
                Map.of(
                        GpuUse.USEFUL, 400L,
                        GpuUse.LOST, 4L,
                        GpuUse.CHECKPOINT, 72L,
                        GpuUse.START, 24L,
                        GpuUse.LOAD, 20L,
                        GpuUse.DOWN, 28L));
    }

    @Test
    void withoutItsCheckpointAJobBeginsAnew() {
        NodeOutages fault = NodeOutages.of(List.of(NodeOutage.fault(40, 0, 1, 0)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 1, 100)),
                FreeGpus.equal(1, 1),
                fifo(),
                RunOptions.plain()
                        .withCosts(costs(0, 5, new CheckpointCycle(10, 0), 0, OnStop.FALLS_BACK))
                        .withOutages(fault, 1)
                        .withRules(new RestartRules(6, 9, false)));

        assertEquals(146, outcome.jobs().get(0).endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 100L, GpuUse.LOST, 40L, GpuUse.FREE, 6L));
    }

    @Test
    void aPreemptedJobSavesWhileTheNextOneWaits() {
        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("long", 0, 1, 100), ClusterJob.of("short", 20, 1, 10)),
                FreeGpus.equal(1, 1),
                new PreemptiveOrder(PreemptiveOrder.Key.REMAINING_TIME),
                RunOptions.plain().withCosts(costs(1, 2, CheckpointCycle.NONE, 4, OnStop.SAVES)));

        // The short one gets the GPU at 20, begins at 24, works from 25 to 35. The long one then works from 38 on.
        assertEquals(35, outcome.jobs().get(1).endNanos());
        assertEquals(119, outcome.jobs().get(0).endNanos());
        assertEquals(1, outcome.preemptions());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 110L, GpuUse.CHECKPOINT, 4L, GpuUse.START, 3L, GpuUse.LOAD, 2L));
    }

    @Test
    void aPreemptedJobThatDoesNotSaveFallsBack() {
        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("long", 0, 1, 100), ClusterJob.of("short", 25, 1, 10)),
                FreeGpus.equal(1, 1),
                new PreemptiveOrder(PreemptiveOrder.Key.REMAINING_TIME),
                RunOptions.plain().withCosts(costs(0, 0, new CheckpointCycle(10, 0), 4, OnStop.FALLS_BACK)));

        assertEquals(115, outcome.jobs().get(0).endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 110L, GpuUse.LOST, 5L));
    }

    @Test
    void aNodeThatIsReclaimedLetsItsJobSaveInTime() {
        NodeOutages reclaim = NodeOutages.of(List.of(NodeOutage.announced(Kind.RECLAIM, 10, 0, 1, 5, 20)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 1, 50)),
                FreeGpus.equal(2, 1),
                fifo(),
                RunOptions.plain()
                        .withCosts(costs(0, 0, CheckpointCycle.NONE, 3, OnStop.SAVES))
                        .withOutages(reclaim, 1));

        // It works until 12 and saves until 15, when the node goes until 35. The other node has 38 left to do.
        assertEquals(53, outcome.jobs().get(0).endNanos());
        assertEquals(1, outcome.preemptions());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 50L, GpuUse.CHECKPOINT, 3L, GpuUse.OFF, 20L, GpuUse.FREE, 15L + 18L));
    }

    @Test
    void aNoticeTooShortToSaveLosesAll() {
        NodeOutages reclaim = NodeOutages.of(List.of(NodeOutage.announced(Kind.MAINTENANCE, 10, 0, 1, 2, 20)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 1, 50)),
                FreeGpus.equal(1, 1),
                fifo(),
                RunOptions.plain()
                        .withCosts(costs(0, 0, CheckpointCycle.NONE, 3, OnStop.SAVES))
                        .withOutages(reclaim, 1));

        assertEquals(82, outcome.jobs().get(0).endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 50L, GpuUse.LOST, 12L, GpuUse.DOWN, 20L));
    }

    @Test
    void aDrainingNodeTakesNoJobAndLetsShortOnesEnd() {
        NodeOutages maintenance = NodeOutages.of(List.of(NodeOutage.announced(Kind.MAINTENANCE, 10, 0, 1, 30, 20)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 1, 25), ClusterJob.of("b", 12, 1, 5)),
                FreeGpus.equal(1, 2),
                fifo(),
                RunOptions.plain().withOutages(maintenance, 1));

        assertEquals(25, outcome.jobs().get(0).endNanos());
        assertEquals(65, outcome.jobs().get(1).endNanos());
        // One GPU idles from 0 to 10 and 60 to 65, one drains from 10 to 40 and the other from 25 to 40.
        assertUses(outcome, Map.of(GpuUse.USEFUL, 30L, GpuUse.FREE, 15L, GpuUse.DRAINING, 45L, GpuUse.DOWN, 40L));
    }

    @Test
    void aHangCostsTheTimeUntilSomebodyNotices() {
        NodeOutages hang = NodeOutages.of(List.of(new NodeOutage(20, Kind.FAULT, 0, 1, 0, 6, false, 0)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 1, 50)),
                FreeGpus.equal(1, 1),
                fifo(),
                RunOptions.plain()
                        .withCosts(costs(1, 2, new CheckpointCycle(10, 0), 0, OnStop.FALLS_BACK))
                        .withOutages(hang, 1));

        // At 20 it has worked for 19, of which 10 are saved; at 26 it is started, from 29 on it does the 40 left.
        assertEquals(69, outcome.jobs().get(0).endNanos());
        assertUses(
                outcome,
                Map.of(GpuUse.USEFUL, 50L, GpuUse.LOST, 9L, GpuUse.STUCK, 6L, GpuUse.START, 2L, GpuUse.LOAD, 2L));
    }

    @Test
    void aJobThatHangsWhileItsNodeIsReclaimedSavesNothing() {
        NodeOutages both = NodeOutages.of(List.of(
                new NodeOutage(10, Kind.FAULT, 1, 2, 0, 20, false, 0),
                NodeOutage.announced(Kind.RECLAIM, 12, 0, 1, 5, 100)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 2, 50)),
                FreeGpus.equal(3, 1),
                fifo(),
                RunOptions.plain()
                        .withCosts(costs(0, 0, CheckpointCycle.NONE, 3, OnStop.SAVES))
                        .withOutages(both, 1));

        // It stands still from 10 on, so it is gone from its nodes at 17 with nothing saved, and begins anew.
        assertEquals(67, outcome.jobs().get(0).endNanos());
        assertUses(
                outcome,
                Map.of(GpuUse.USEFUL, 100L, GpuUse.LOST, 20L, GpuUse.STUCK, 14L, GpuUse.OFF, 50L, GpuUse.FREE, 17L));
    }

    @Test
    void oneCrewRepairsOneNodeAfterTheOther() {
        NodeOutages rack = NodeOutages.of(List.of(NodeOutage.fault(10, 0, 2, 30)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 2, 20)),
                FreeGpus.equal(2, 1),
                fifo(),
                RunOptions.plain().withOutages(rack, 1).withRules(new RestartRules(0, 1, true)));

        // Both nodes break at 10; the second is back at 70, and nothing was saved.
        assertEquals(90, outcome.jobs().get(0).endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 40L, GpuUse.LOST, 20L, GpuUse.DOWN, 90L, GpuUse.FREE, 30L));
    }

    @Test
    void aJobThatFailsTooOftenIsGivenUp() {
        NodeOutages each = NodeOutages.of(
                LongStream.of(10, 25, 37).mapToObj(CoupledRunTest::jobsFail).toList());

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("bad", 0, 1, 50), ClusterJob.of("good", 1, 1, 5)),
                FreeGpus.equal(1, 1),
                fifo(),
                RunOptions.plain().withOutages(each, 1).withRules(new RestartRules(2, 2, true)));

        // The bad one runs at 0, and after the good one had the GPU from 10 to 15 at 15 and 27.
        JobOutcome bad = outcome.jobs().get(0);
        assertFalse(bad.isDone());
        assertTrue(bad.losses().gaveUp());
        assertEquals(3, bad.losses().failures());
        assertEquals(15, outcome.jobs().get(1).endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 5L, GpuUse.LOST, 30L, GpuUse.FREE, 2L));
    }

    /** The job on node 0 fails, and the node stays. */
    private static NodeOutage jobsFail(long nanos) {
        return new NodeOutage(nanos, NodeOutage.Kind.FAULT, 0, 1, 0, 0, false, 0);
    }

    @Test
    void freeGpusThatAJobCannotUseAreFragmented() {
        List<ClusterJob> jobs =
                List.of(ClusterJob.of("a", 0, 3, 10), ClusterJob.of("b", 0, 3, 10), ClusterJob.of("c", 1, 2, 5));

        ClusterOutcome outcome = run(jobs, FreeGpus.equal(2, 4), fifo(), RunOptions.plain());

        assertEquals(15, outcome.endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 70L, GpuUse.FRAGMENTED, 2L * 9, GpuUse.FREE, 2L + 6L * 5));
    }

    @Test
    void aQuantumIsAttainedWorkWhateverTheSpeed() {
        SpeedModel twice = (job, gpus, shares) -> 2;

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 1, 15), ClusterJob.of("b", 0, 1, 30)),
                FreeGpus.equal(1, 1),
                new PreemptiveOrder(new LeastAttained(10)),
                RunOptions.plain().withSpeed(twice).withCosts(costs(3, 0, CheckpointCycle.NONE, 0, OnStop.SAVES)));

        // The first one works from 3 and has attained its quantum at 8; the second one works from 11, is even at 16 and
        // has had
        // two at 21. The last 5 of the first take 2.5 from 24 on, the last 10 of the second 5 from 30 on.
        assertEquals(27, outcome.jobs().get(0).endNanos());
        assertEquals(35, outcome.jobs().get(1).endNanos());
        assertEquals(2, outcome.preemptions());
    }

    @Test
    void aSlowPlacementTakesLongerAndIsCountedApart() {
        SpeedModel half = (job, gpus, shares) -> shares.count() > 1 ? 0.5 : 1;

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 8, 100)),
                FreeGpus.equal(2, 4),
                fifo(),
                RunOptions.plain().withSpeed(half));

        assertEquals(200, outcome.endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 800L, GpuUse.SLOWED, 800L));
    }

    @Test
    void theHorizonCutsAJobThatIsNotDone() {
        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 1, 100)),
                FreeGpus.equal(1, 2),
                fifo(),
                RunOptions.plain().withHorizonNanos(30));

        assertFalse(outcome.jobs().get(0).isDone());
        assertEquals(30, outcome.endNanos());
        assertUses(outcome, Map.of(GpuUse.USEFUL, 30L, GpuUse.FREE, 30L));
    }
}
