package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.scheduler.run.watch.ClusterRecord.Stay;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.sharing.PodDemand;
import trainyard.sim.engine.SimTime;

/** Jobs that take parts of GPUs under a scheduler. */
class SharedGpusTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private static ClusterJob job(String id, double atSeconds, int milli, double runSeconds) {
        ClusterJob job = ClusterJob.of(
                id, (long) (atSeconds * SECOND), Math.max(1, milli / PodDemand.WHOLE), (long) (runSeconds * SECOND));
        return milli < PodDemand.WHOLE ? job.with(job.traits().withGpuMilli(milli)) : job;
    }

    private static ClusterOutcome run(ClusterLayout layout, PlacementKind placement, List<ClusterJob> jobs) {
        return run(layout, placement, PolicyKind.FIFO, jobs, RunOptions.plain());
    }

    private static ClusterOutcome run(
            ClusterLayout layout,
            PlacementKind placement,
            PolicyKind policy,
            List<ClusterJob> jobs,
            RunOptions options) {
        return ClusterSimulation.run(
                jobs,
                layout.free(),
                placement.make(layout, jobs, List.of()),
                policy.make(PolicyOptions.DEFAULTS),
                options.withAccounts());
    }

    private static List<Double> starts(ClusterOutcome outcome) {
        return outcome.jobs().stream()
                .map(job -> SimTime.seconds(job.startNanos()))
                .toList();
    }

    /** On one node of two GPUs: three halves and a 0.3 leave 0.2 and no whole GPU, so the whole one waits until both on a GPU are done. */
    @Test
    void partsShareAGpuAndWholeOnesWaitForAnEmptyOne() {
        ClusterLayout layout = ClusterLayout.equal(1, 2).shared();
        List<ClusterJob> jobs = List.of(
                job("a", 0, 500, 100),
                job("b", 0, 500, 200),
                job("c", 0, 500, 300),
                job("d", 0, 300, 50),
                job("e", 1, 1000, 10),
                job("f", 2, 200, 10));

        ClusterOutcome outcome = run(layout, PlacementKind.BEST_FIT, jobs);

        assertEquals(List.of(0.0, 0.0, 0.0, 0.0, 200.0, 200.0), starts(outcome));
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertEquals(50 + 100 + 150 + 15 + 10 + 2, ledger.gpuSeconds(GpuUse.USEFUL), 1e-9);
        assertEquals(600, SimTime.seconds(outcome.endNanos()) * outcome.gpus(), 1e-9);
    }

    /**
     * After one 0.4 on each of two GPUs both take a 0.6; both on one leave 0.2 and a GPU. Best fit sees the fullest GPU, the gradient
     * that 0.2 is of no use to jobs of which half want 0.4 and half 0.6.
     */
    @Test
    void theGradientKeepsWhatIsLeftOfUse() {
        ClusterLayout layout = ClusterLayout.equal(1, 2).shared();
        List<ClusterJob> jobs = List.of(
                job("a", 0, 400, 7200), job("b", 1, 400, 7200), job("c", 60, 600, 3600), job("d", 60, 600, 3600));

        assertEquals(List.of(0.0, 1.0, 60.0, 3660.0), starts(run(layout, PlacementKind.BEST_FIT, jobs)));
        assertEquals(List.of(0.0, 1.0, 60.0, 60.0), starts(run(layout, PlacementKind.FGD, jobs)));
        // Best fit has from 1 s on 0.2 of no use to anybody; from 60 s to 7260 s beside it 0.4 of no use to half of the
        // jobs. At 7200 s
        // a ends, so that 0.6 are left on the first GPU, and at 7201 s b: nothing is lost there any more.
        double lost = 0.2 * 7199 + 0.5 * 0.4 * 7200;
        assertEquals(lost / 7260, run(layout, PlacementKind.BEST_FIT, jobs).unusableGpus(), 1e-9);
    }

    @Test
    void processorsAndMemoryBoundWhatSharesANode() {
        ClusterLayout layout = ClusterLayout.of(
                        List.of(NodePool.of("nodes", 1, 2).withHost(8, 64L << 30)))
                .shared();
        JobTraits traits = JobTraits.NONE.withGpuMilli(250).withHost(3, 1L << 30);
        List<ClusterJob> jobs = List.of(
                job("a", 0, 250, 10).with(traits),
                job("b", 0, 250, 20).with(traits),
                job("c", 0, 250, 30).with(traits),
                job("d", 0, 250, 30).with(traits.withHost(1, 1L << 30)));

        ClusterOutcome outcome =
                run(layout, PlacementKind.FIRST_FIT, PolicyKind.FIFO_FIT_FIRST, jobs, RunOptions.plain());

        assertEquals(List.of(0.0, 0.0, 10.0, 0.0), starts(outcome));
    }

    /** A fault of a GPU takes its node, and all that run there fail. */
    @Test
    void allJobsOfAGpuFailTogether() {
        ClusterLayout layout = ClusterLayout.equal(2, 1).shared();
        List<ClusterJob> jobs = List.of(job("a", 0, 500, 100), job("b", 0, 500, 100), job("c", 0, 1000, 100));
        RunOptions options = RunOptions.plain()
                .withOutages(NodeOutages.of(List.of(NodeOutage.fault(50 * SECOND, 0, 1, 1000 * SECOND))), 1)
                .withRules(new RestartRules(0, 5, true));

        ClusterOutcome outcome = run(layout, PlacementKind.BEST_FIT, PolicyKind.FIFO, jobs, options);

        assertEquals(1, outcome.jobs().get(0).losses().failures());
        assertEquals(1, outcome.jobs().get(1).losses().failures());
        assertEquals(0, outcome.jobs().get(2).losses().failures());
        assertEquals(50, outcome.ledger().orElseThrow().gpuSeconds(GpuUse.LOST), 1e-9);
    }

    /** Counted in thousandths, jobs on whole GPUs do what they do where GPUs are counted whole. */
    @Test
    void wholeJobsRunAsIfNothingWereShared() {
        ClusterLayout whole = ClusterLayout.equal(3, 8);
        for (PolicyKind policy : PolicyKind.values()) {
            if (!policy.countsWholeGpus()) {
                for (int seed = 0; seed < 4; seed++) {
                    List<ClusterJob> jobs = RandomJobs.of(seed, 80);
                    ClusterOutcome shared =
                            run(whole.shared(), PlacementKind.BEST_FIT, policy, jobs, RunOptions.plain());
                    ClusterOutcome plain = ClusterSimulation.run(
                            jobs,
                            whole.free(),
                            new Consolidate(Choice.BEST_FIT),
                            policy.make(PolicyOptions.DEFAULTS),
                            RunOptions.plain().withAccounts());
                    assertEquals(plain.jobs(), shared.jobs(), policy + " of seed " + seed);
                    assertEquals(
                            plain.ledger().orElseThrow().gpuSeconds(GpuUse.USEFUL),
                            shared.ledger().orElseThrow().gpuSeconds(GpuUse.USEFUL),
                            1e-6);
                }
            }
        }
    }

    private static List<ClusterJob> mixed(int seed) {
        Random random = new Random(seed);
        List<ClusterJob> jobs = new ArrayList<>();
        for (ClusterJob job : RandomJobs.of(seed, 80)) {
            boolean shares = random.nextInt(3) > 0;
            JobTraits traits = job.traits().withHost(random.nextInt(1, 5), random.nextInt(1, 20) * 1e9);
            jobs.add(
                    shares
                            ? new ClusterJob(
                                    job.id(),
                                    job.team(),
                                    job.submitNanos(),
                                    1,
                                    job.runNanos(),
                                    job.limitNanos(),
                                    traits.withGpuMilli(random.nextInt(1, 1000)))
                            : job.with(traits));
        }
        return jobs;
    }

    @ParameterizedTest
    @EnumSource
    void noGpuIsOverfullAndEveryThousandthIsInOneUse(PolicyKind kind) {
        if (kind.countsWholeGpus()) {
            return;
        }
        ClusterLayout layout = ClusterLayout.of(
                        List.of(NodePool.of("nodes", 3, 8).withHost(48, 400e9)))
                .shared();
        for (int seed = 0; seed < 6; seed++) {
            List<ClusterJob> jobs = mixed(seed);
            for (PlacementKind placement : PlacementKind.values()) {
                if (!placement.canShare()) {
                    continue;
                }
                SchedulingPolicy policy = kind.make(PolicyOptions.DEFAULTS);
                ClusterRecord record = new ClusterRecord();
                ClusterOutcome outcome = ClusterSimulation.run(
                        jobs,
                        layout.free(),
                        placement.make(layout, jobs, List.of()),
                        policy,
                        RunOptions.plain()
                                .withOutages(
                                        NodeOutages.of(List.of(NodeOutage.fault(5_000 * SECOND, 1, 2, 700 * SECOND))),
                                        1)
                                .withAccounts()
                                .withWatcher(JobWatcher.of(record, new OverfullGpus(3, 8))));
                String run = kind + " " + placement.word() + " of seed " + seed;

                assertTrue(outcome.jobs().stream().allMatch(job -> job.isDone()), run);
                ClusterLedger ledger = outcome.ledger().orElseThrow();
                assertEquals(
                        BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(24 * 1000)),
                        ledger.total(),
                        run);
                BigInteger stays = BigInteger.ZERO;
                for (Stay stay : record.stays()) {
                    stays = stays.add(BigInteger.valueOf((stay.toNanos() - stay.fromNanos()) * stay.gpus()));
                }
                BigInteger held = BigInteger.ZERO;
                for (GpuUse use : GpuUse.values()) {
                    held = use.isOfJob() ? held.add(ledger.gpuNanos(use)) : held;
                }
                assertEquals(held, stays, run);
            }
        }
    }

    /** Checks at each start that no GPU has more than itself to give. */
    private static final class OverfullGpus implements JobWatcher {
        private final int[][] used;
        private final List<int[]> held = new ArrayList<>();

        OverfullGpus(int nodes, int gpus) {
            used = new int[nodes][gpus];
        }

        @Override
        public void started(long nowNanos, int job, NodeShares shares) {
            for (int i = 0; i < shares.count(); i++) {
                int each = shares.gpus(i) / Long.bitCount(shares.which(i));
                for (long left = shares.which(i); left != 0; left &= left - 1) {
                    int gpu = Long.numberOfTrailingZeros(left);
                    used[shares.node(i)][gpu] += each;
                    assertTrue(used[shares.node(i)][gpu] <= PodDemand.WHOLE, "job " + job);
                    held.add(new int[] {job, shares.node(i), gpu, each});
                }
            }
        }

        @Override
        public void stopped(long nowNanos, int job) {
            held.removeIf(one -> {
                if (one[0] == job) {
                    used[one[1]][one[2]] -= one[3];
                }
                return one[0] == job;
            });
        }
    }

    @Test
    void aPartNeedsAClusterThatCountsParts() {
        List<ClusterJob> jobs = List.of(job("a", 0, 500, 100));
        assertThrows(
                IllegalArgumentException.class,
                () -> ClusterSimulation.run(
                        jobs,
                        ClusterLayout.equal(1, 2).free(),
                        new Consolidate(Choice.BEST_FIT),
                        PolicyKind.FIFO.make(PolicyOptions.DEFAULTS)));
    }
}
