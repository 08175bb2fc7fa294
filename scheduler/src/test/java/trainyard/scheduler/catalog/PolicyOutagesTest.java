package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.PodRules;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.scale.Reactive;
import trainyard.sim.engine.SimTime;

/**
 * What holds for every policy while nodes break, hang, are drained, reclaimed, ordered and given back at random, and jobs save and
 * start anew: every job ends, no GPU is held twice, and a policy that conserves work leaves none undone after nodes are back. Half of
 * the outages lie on whole minutes, as do submissions, so that many things happen at one moment.
 */
class PolicyOutagesTest {

    private static final int SEEDS = 8;
    private static final int NODES = 4;
    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    private static final PolicyOptions OPTIONS = PolicyOptions.DEFAULTS
            .with(new PodRules(1, 600_000_000_000L, 60_000_000_000L))
            .with(GoodputRules.POLLUX.searching(6, 4));

    private static List<ClusterJob> jobs(int seed) {
        return RandomJobs.of(seed, 40).stream()
                .map(job -> new ClusterJob(
                        job.id(),
                        job.team(),
                        job.submitNanos() / (60 * SECOND) * (60 * SECOND),
                        job.gpus(),
                        job.runNanos(),
                        job.limitNanos(),
                        job.traits()))
                .toList();
    }

    private static NodeOutages outages(int seed) {
        Random random = new Random(seed);
        List<NodeOutage> outages = new ArrayList<>();
        boolean grid = random.nextBoolean();
        for (int i = 0; i < 60; i++) {
            int node = random.nextInt(NODES);
            long at = grid ? 60 * SECOND * random.nextInt(500) : random.nextLong(30_000 * SECOND);
            long away = 60 * SECOND * random.nextInt(1, 30);
            boolean fault = random.nextInt(3) == 0;
            NodeOutage.Kind kind = random.nextBoolean() ? NodeOutage.Kind.RECLAIM : NodeOutage.Kind.MAINTENANCE;
            outages.add(
                    fault
                            ? new NodeOutage(
                                    at,
                                    NodeOutage.Kind.FAULT,
                                    node,
                                    node + 1,
                                    0,
                                    60 * SECOND * random.nextInt(3),
                                    random.nextBoolean(),
                                    away)
                            : NodeOutage.announced(
                                    kind,
                                    at,
                                    node,
                                    node + 1 + random.nextInt(2),
                                    60 * SECOND * random.nextInt(3),
                                    away));
        }
        return NodeOutages.of(outages);
    }

    /** Jobs that save nothing and fall back when they are stopped may never end where policies take turns: none do that here. */
    private static RunOptions options(int seed) {
        JobCosts costs = new JobCosts(
                seed % 3 * 20 * SECOND,
                15 * SECOND,
                seed % 5 == 0 ? CheckpointCycle.NONE : new CheckpointCycle(300 * SECOND, 7 * SECOND),
                10 * SECOND,
                seed % 2 == 0 || seed % 5 == 0 ? JobCosts.OnStop.SAVES : JobCosts.OnStop.FALLS_BACK);
        RunOptions options = RunOptions.plain()
                .withOutages(outages(seed), 1 + seed % 2)
                .withRules(new RestartRules(seed % 4 * 30 * SECOND, Integer.MAX_VALUE, true))
                .withAccounts();
        options = seed % 4 == 0 ? options : options.withCosts((job, gpus) -> costs);
        return seed % 3 == 2
                ? options.withAutoscalers(
                        List.of(new Autoscaler(new Reactive(0), 1, NODES, 1, 60 * SECOND, 120 * SECOND, 60 * SECOND)))
                : options;
    }

    @ParameterizedTest
    @EnumSource
    void everyJobEndsAndNoGpuIsHeldTwice(PolicyKind kind) {
        int failures = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Placement placement = seed % 2 == 0 ? new AnyGpus() : new Consolidate(Consolidate.Choice.BEST_FIT);
            boolean conserving = WatchedPolicy.WORK_CONSERVING.contains(kind) && placement.ignoresNodes();
            String what = kind + " of seed " + seed;
            ClusterOutcome outcome = ClusterSimulation.run(
                    jobs(seed),
                    FreeGpus.equal(NODES, 8),
                    placement,
                    WatchedPolicy.amidOutages(kind.make(OPTIONS), conserving),
                    options(seed));

            assertTrue(outcome.jobs().stream().allMatch(job -> job.isDone() && job.waitNanos() >= 0), what);
            assertEquals(40, outcome.jobs().size(), what);
            outcome.jobs()
                    .forEach(job -> assertTrue(
                            job.endNanos() - job.startNanos()
                                    >= (kind.countsWholeGpus() ? 0 : job.job().runNanos()),
                            () -> what + ": " + job));
            failures += outcome.jobs().stream()
                    .mapToInt(job -> job.losses().failures())
                    .sum();
        }
        assertTrue(failures > 0, kind + " met no failure");
    }
}
