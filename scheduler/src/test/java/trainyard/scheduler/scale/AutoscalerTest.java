package trainyard.scheduler.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.outage.RollingMaintenance;
import trainyard.scheduler.outage.SpotReclaims;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.workload.ArrivalClass;
import trainyard.scheduler.workload.DailyRate;
import trainyard.scheduler.workload.Weighted;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

class AutoscalerTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private static ClusterOutcome run(List<ClusterJob> jobs, int nodes, RunOptions options) {
        return ClusterSimulation.run(
                jobs,
                FreeGpus.equal(nodes, 4),
                new Consolidate(Choice.BEST_FIT),
                new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE),
                options.withAccounts());
    }

    private static void assertSums(ClusterOutcome outcome) {
        assertEquals(
                BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(outcome.gpus())),
                outcome.ledger().orElseThrow().total());
    }

    @Test
    void aClusterScaledToZeroStartsColdAndEmptiesAgain() {
        List<ClusterJob> jobs = List.of(ClusterJob.of("a", 7, 4, 30), ClusterJob.of("b", 100, 4, 10));

        ClusterOutcome outcome = run(
                jobs,
                2,
                RunOptions.plain().withAutoscalers(List.of(new Autoscaler(new Reactive(0), 0, 2, 0, 10, 25, 20))));

        // Seen at 10, there at 35, done at 65, empty for 20 at 85 but looked at every 10: given back at 90. The next
        // one is
        // seen at 100, 10 after the return and so in vain, and runs from 125 on.
        assertEquals(
                List.of(65L, 135L),
                outcome.jobs().stream().map(JobOutcome::endNanos).toList());
        assertEquals(new ScalingTally(2, 1, 1), outcome.scaling());
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertEquals(4 * (25 + 25), ledger.gpuNanos(GpuUse.STARTING).longValueExact());
        assertEquals(4 * 25, ledger.gpuNanos(GpuUse.FREE).longValueExact());
        assertEquals(4 * 40, ledger.gpuNanos(GpuUse.USEFUL).longValueExact());
        assertEquals(4 * (135 + 10 + 10), ledger.gpuNanos(GpuUse.OFF).longValueExact());
        assertSums(outcome);
    }

    @Test
    void nodesThatAlwaysStayServeAtOnce() {
        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 7, 4, 30), ClusterJob.of("b", 7, 4, 30)),
                3,
                RunOptions.plain().withAutoscalers(List.of(new Autoscaler(new Reactive(0), 0, 3, 1, 10, 5, 1_000))));

        assertEquals(
                List.of(37L, 45L),
                outcome.jobs().stream().map(JobOutcome::endNanos).toList());
        assertEquals(1, outcome.scaling().orders());
        assertThrows(IllegalArgumentException.class, () -> new Autoscaler(new Reactive(0), 0, 3, 4, 10, 5, 1));
    }

    /** Jobs of ten minutes that come by day; nodes take a quarter of an hour. */
    private static ClusterOutcome days(ScalingRule rule) {
        ArrivalClass small = new ArrivalClass(
                "small",
                new DailyRate(0.01, 1, 12 * 3_600, 1),
                Weighted.only(4_000),
                new Exponential(600),
                1,
                Weighted.only(""),
                JobTraits.NONE,
                Optional.empty());
        List<ClusterJob> jobs = small.jobs(10 * 86_400, new RandomStreams(11, 0));
        return run(
                jobs,
                40,
                RunOptions.plain()
                        .withAutoscalers(
                                List.of(new Autoscaler(rule, 0, 40, 0, 60 * SECOND, 900 * SECOND, 600 * SECOND))));
    }

    private static double meanWait(ClusterOutcome outcome) {
        return outcome.jobs().stream()
                .mapToDouble(job -> SimTime.seconds(job.queuedNanos()))
                .average()
                .orElseThrow();
    }

    @Test
    void aForecastBuysShorterWaitsWithNodesThatIdle() {
        ClusterOutcome reactive = days(new Reactive(0));
        ClusterOutcome predictive = days(new Predictive(900 * SECOND));

        assertTrue(meanWait(predictive) < 0.7 * meanWait(reactive), meanWait(predictive) + " " + meanWait(reactive));
        double off = reactive.ledger().orElseThrow().gpuSeconds(GpuUse.OFF);
        assertTrue(predictive.ledger().orElseThrow().gpuSeconds(GpuUse.OFF) < off);
        assertSums(reactive);
        assertSums(predictive);
    }

    @Test
    void spotNodesGoAndReturn() {
        SpotReclaims reclaims =
                new SpotReclaims(1, 3, new Fixed(100), 5 * SECOND, new Fixed(20), new RandomStreams(1, 0));

        assertEquals(100 * SECOND, reclaims.nextNanos());
        assertEquals(1, reclaims.take().firstNode());
        assertEquals(2, reclaims.take().firstNode());
        // 100 up, 5 of notice, 20 away, 100 up.
        assertEquals(225 * SECOND, reclaims.nextNanos());
    }

    @Test
    void maintenanceGoesRoundTheNodes() {
        NodeOutages rolling = new RollingMaintenance(5, 2, 10, 100, 3, 7);

        assertEquals(List.of(0, 2, 4, 0), List.of(first(rolling), first(rolling), first(rolling), first(rolling)));
        assertEquals(410, rolling.nextNanos());
    }

    private static int first(NodeOutages outages) {
        return outages.take().firstNode();
    }

    @Test
    void aNodeThatItsLenderHasIsNotOrdered() {
        SpotReclaims reclaims =
                new SpotReclaims(0, 1, new Fixed(40e-9), 0, new Fixed(1_000e-9), new RandomStreams(1, 0));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 4, 30), ClusterJob.of("b", 50, 4, 30)),
                1,
                RunOptions.plain()
                        .withOutages(reclaims, 1)
                        .withAutoscalers(List.of(new Autoscaler(new Reactive(0), 0, 1, 1, 10, 1, 500))));

        // The node is away from 40 to 1,040.
        assertEquals(1_070, outcome.jobs().get(1).endNanos());
        assertEquals(ScalingTally.NONE, outcome.scaling());
        assertSums(outcome);
    }

    @Test
    void aNodeWhoseFaultNobodyHasNoticedIsNotGivenBack() {
        NodeOutages hidden = NodeOutages.of(List.of(new NodeOutage(26, NodeOutage.Kind.FAULT, 0, 1, 0, 50, true, 100)));

        ClusterOutcome outcome = run(
                List.of(ClusterJob.of("a", 0, 4, 20), ClusterJob.of("b", 200, 4, 10)),
                1,
                RunOptions.plain()
                        .withOutages(hidden, 1)
                        .withAutoscalers(List.of(new Autoscaler(new Reactive(0), 0, 1, 0, 10, 5, 0))));

        // Works from 5 to 25, breaks at 26, which is noticed at 76; back from the repair at 176, given back at 180.
        assertEquals(215, outcome.jobs().get(1).endNanos());
        assertEquals(new ScalingTally(2, 1, 0), outcome.scaling());
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertEquals(4 * (51 + 4), ledger.gpuNanos(GpuUse.FREE).longValueExact());
        assertEquals(4 * 100, ledger.gpuNanos(GpuUse.DOWN).longValueExact());
        assertSums(outcome);
    }

    /** One node at first, a second from 100 ns on: the second job starts when it is there, whatever waits before. */
    @Test
    void aTimetableIsKeptWhateverJobsWant() {
        Scheduled rule = new Scheduled(List.of(new Scheduled.Step(0, 1), new Scheduled.Step(100, 2)));
        List<ClusterJob> jobs = List.of(ClusterJob.of("a", 0, 4, 200), ClusterJob.of("b", 0, 4, 200));

        ClusterOutcome outcome =
                run(jobs, 2, RunOptions.plain().withAutoscalers(List.of(new Autoscaler(rule, 0, 2, 0, 10, 0, 0))));

        assertEquals(0, outcome.jobs().get(0).startNanos());
        assertEquals(100, outcome.jobs().get(1).startNanos());
        assertEquals(2, outcome.scaling().orders());
        assertSums(outcome);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Scheduled(List.of(new Scheduled.Step(5, 1), new Scheduled.Step(5, 2))));
        assertThrows(IllegalArgumentException.class, () -> new Scheduled(List.of()));
    }

    /** 84 GPUs at seven tenths are 120, or 15 nodes of 8, though 84 / 0.7 is a little more in floating point. */
    @Test
    void aTargetThatComesToWholeNodesAsksForNoMore() {
        for (int nodes = 1; nodes < 2_000; nodes++) {
            for (int tenths = 1; tenths <= 10; tenths++) {
                int wanted = nodes * 8 * tenths;
                if (wanted % 10 == 0) {
                    assertEquals(nodes, new TargetUse(tenths / 10.0).nodes(new Demand(0, wanted / 10, 0, 0, 8)));
                }
            }
        }
        assertEquals(16, new TargetUse(0.7).nodes(new Demand(0, 85, 0, 0, 8)));
    }

    /** 30 GPUs wanted at four fifths are 37.5, or ten nodes of 4. */
    @Test
    void aTargetKeepsGpusToSpare() {
        assertEquals(10, new TargetUse(0.8).nodes(new Demand(0, 20, 10, 0, 4)));
        assertEquals(8, new TargetUse(1).nodes(new Demand(0, 20, 10, 0, 4)));
        assertEquals(0, new TargetUse(0.8).nodes(new Demand(0, 0, 0, 0, 4)));
        assertThrows(IllegalArgumentException.class, () -> new TargetUse(0));
    }
}
