package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.policy.PodRules;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.policy.sia.GpuPool;
import trainyard.scheduler.policy.sia.SiaRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.sim.engine.SimTime;

/** Every policy with every placement on random clusters and jobs, against books that somebody else keeps. */
class AuditedRunsTest {

    private static final int SEEDS = 2;
    private static final int JOBS = 60;
    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    private static final PolicyOptions OPTIONS = PolicyOptions.DEFAULTS
            .with(new PodRules(1, 600_000_000_000L, 60_000_000_000L))
            .with(GoodputRules.POLLUX.searching(6, 4));

    /** Policies under which a job runs in one piece, if nothing breaks. */
    private static final Set<PolicyKind> STOPPING_NOBODY = EnumSet.of(
            PolicyKind.FIFO,
            PolicyKind.FIFO_FIT_FIRST,
            PolicyKind.SJF,
            PolicyKind.SJF_FIT_FIRST,
            PolicyKind.NARROW_FIRST,
            PolicyKind.NARROW_FIRST_FIT_FIRST,
            PolicyKind.QSSF,
            PolicyKind.QSSF_FIT_FIRST,
            PolicyKind.EASY,
            PolicyKind.CONSERVATIVE,
            PolicyKind.SLURM_BACKFILL,
            PolicyKind.FAIR_SHARE,
            PolicyKind.MAX_MIN,
            PolicyKind.DRF,
            PolicyKind.OFFERS,
            PolicyKind.POD_BY_POD);

    private static ClusterLayout layout(PlacementKind placement, Random random) {
        List<NodePool> pools = new ArrayList<>();
        int count = placement == PlacementKind.BUDDY ? 1 : random.nextInt(1, 3);
        for (int i = 0; i < count; i++) {
            pools.add(NodePool.of("p" + i, random.nextInt(1, 6), 1 << random.nextInt(1, 4))
                    .withDomains(random.nextInt(1, 3), random.nextInt(1, 4)));
        }
        return ClusterLayout.of(pools);
    }

    /** Jobs that every placement can hold: no wider than the narrowest domain of a pool that is as wide as needed. */
    private static List<ClusterJob> jobs(
            PolicyKind kind, PlacementKind placement, ClusterLayout layout, Random random) {
        List<ClusterJob> jobs = new ArrayList<>();
        long span = random.nextLong(1, 3_000);
        int widest = widest(placement, layout);
        for (int i = 0; i < JOBS; i++) {
            long run = random.nextInt(8) == 0 ? random.nextLong(2) : SECOND * random.nextInt(1, 400);
            long limit = Math.max(1, random.nextInt(3) == 0 ? run / 2 : random.nextInt(2) == 0 ? run : 3 * run);
            int gpus = Math.min(widest, 1 << random.nextInt(5));
            JobTraits traits = JobTraits.NONE
                    .withUser("u" + random.nextInt(5))
                    .withPriority(random.nextInt(-1, 3))
                    .withPreemptible(random.nextInt(4) > 0);
            if (kind == PolicyKind.ELASTIC_FIFO && random.nextBoolean()) {
                traits = traits.withSize(
                        random.nextBoolean() ? JobSize.elastic(1, widest) : JobSize.moldable(1, widest));
            }
            jobs.add(new ClusterJob(
                    "j" + i,
                    "t" + random.nextInt(4),
                    random.nextBoolean() ? SECOND * random.nextLong(span) : 60 * SECOND * (random.nextLong(span) / 60),
                    gpus,
                    run,
                    limit,
                    traits));
        }
        return jobs;
    }

    private static int widest(PlacementKind placement, ClusterLayout layout) {
        int most = 0;
        for (int gpus = 1; gpus <= layout.gpus(); gpus++) {
            ClusterJob job = ClusterJob.of("j", 0, gpus, 1);
            if (!placement.make(layout, List.of(job), List.of()).choose(layout.free(), job, gpus, new NodeShares())) {
                break;
            }
            most = gpus;
        }
        return most;
    }

    private static PolicyOptions options(ClusterLayout layout) {
        List<GpuPool> pools = layout.pools().stream()
                .map(pool -> new GpuPool("", pool.nodes(), pool.gpusPerNode()))
                .toList();
        return OPTIONS.with(SiaRules.SIA.with(pools, PoolSpeeds.EQUAL));
    }

    private static RunOptions options(Random random) {
        JobCosts costs = new JobCosts(
                random.nextInt(3) * 10 * SECOND,
                random.nextInt(2) * 15 * SECOND,
                random.nextBoolean() ? CheckpointCycle.NONE : new CheckpointCycle(100 * SECOND, 7 * SECOND),
                random.nextInt(3) * 10 * SECOND,
                OnStop.SAVES);
        return random.nextBoolean() ? RunOptions.plain() : RunOptions.plain().withCosts((job, gpus) -> costs);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSeenOfARunIsWhatItSays(PolicyKind kind) {
        for (PlacementKind placement : PlacementKind.values()) {
            boolean cells = placement == PlacementKind.BUDDY && kind != PolicyKind.PRIORITY;
            if (placement.alwaysTellsApart() || cells) {
                continue;
            }
            for (int seed = 0; seed < SEEDS; seed++) {
                Random random = new Random(31L * seed + 1_009L * placement.ordinal() + kind.ordinal());
                ClusterLayout layout = layout(placement, random);
                List<ClusterJob> jobs = jobs(kind, placement, layout, random);
                RunOptions options = options(random).withAccounts();
                String run = kind + ", " + placement + ", seed " + seed;
                Audit audit = new Audit(layout, JOBS, run);

                ClusterOutcome outcome = run(kind, placement, layout, jobs, options.withWatcher(audit), run);

                audit.agreesWith(outcome);
                ClusterLedger ledger = outcome.ledger().orElseThrow();
                assertEquals(
                        BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(outcome.gpus())),
                        ledger.total(),
                        run);
                double ofJobs = 0;
                for (GpuUse use : GpuUse.values()) {
                    assertTrue(ledger.gpuNanos(use).signum() >= 0, () -> run + ": " + use);
                    ofJobs += use.isOfJob() ? ledger.gpuNanos(use).doubleValue() : 0;
                }
                assertEquals(1, (1 + ofJobs) / (1 + audit.gpuNanos()), 1e-12, run);
                if (kind != PolicyKind.ELASTIC_FIFO) {
                    long work = outcome.jobs().stream()
                            .mapToLong(job -> job.job().runNanos() * job.job().gpus())
                            .sum();
                    assertEquals(work, ledger.gpuNanos(GpuUse.USEFUL).longValueExact(), run);
                }
                if (STOPPING_NOBODY.contains(kind)) {
                    assertEquals(0, audit.stopsBeforeTheEnd(), run);
                    assertEquals(0, outcome.preemptions(), run);
                }
                assertEquals(
                        outcome.jobs(),
                        run(kind, placement, layout, jobs, options, run).jobs(),
                        run);
            }
        }
    }

    private static ClusterOutcome run(
            PolicyKind kind,
            PlacementKind placement,
            ClusterLayout layout,
            List<ClusterJob> jobs,
            RunOptions options,
            String run) {
        try {
            return ClusterSimulation.run(
                    jobs, layout.free(), placement.make(layout, jobs, List.of()), kind.make(options(layout)), options);
        } catch (RuntimeException failure) {
            throw new AssertionError(run, failure);
        }
    }
}
