package trainyard.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.faults.cause.ClusterShape;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTimeline;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Visibility;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.outage.NodeFaultOutages;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.placement.Spread;
import trainyard.scheduler.placement.TopologyAware;
import trainyard.scheduler.policy.PreemptiveOrder;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.RandomStreams;

/** Whatever goes wrong, all uses of GPUs sum to GPUs times time, to the nanosecond. */
class AccountsTest {

    private static final ClusterLayout CLUSTER =
            ClusterLayout.of(List.of(NodePool.of("nodes", 8, 4).withDomains(1, 4)));
    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private static List<ClusterJob> jobs(Random random) {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long run = random.nextLong(1, 3_000) * SECOND + random.nextInt(1_000);
            jobs.add(new ClusterJob(
                    "j" + i, "team" + i % 3, random.nextLong(8_000 * SECOND), 1 << random.nextInt(5), run, run));
        }
        return jobs;
    }

    private static FaultCause cause(String name, Scope scope, Visibility visibility, Damage damage, double mean) {
        return new FaultCause(
                name,
                scope,
                new Exponential(mean),
                visibility,
                damage,
                new Exponential(900),
                new Provenance(Provenance.Kind.ASSUMED, "test", ""));
    }

    private static NodeOutages outages(int seed) {
        List<FaultCause> causes = List.of(
                cause("gpu", Scope.GPU, Visibility.EXPLICIT, Damage.NODE, 60_000),
                cause("hang", Scope.NODE, Visibility.HANG, Damage.PROCESS, 20_000),
                cause("rack", Scope.RACK, Visibility.EXPLICIT, Damage.NODE, 20_000));
        FaultTimeline faults = new FaultTimeline(causes, new ClusterShape(8, 4, 4), new RandomStreams(seed, 0));
        Random random = new Random(seed);
        List<NodeOutage> planned = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int node = random.nextInt(8);
            NodeOutage.Kind kind = random.nextBoolean() ? NodeOutage.Kind.RECLAIM : NodeOutage.Kind.MAINTENANCE;
            planned.add(NodeOutage.announced(
                    kind, random.nextLong(9_000 * SECOND), node, node + 1, 120 * SECOND, 700 * SECOND));
        }
        return NodeOutages.merged(List.of(new NodeFaultOutages(faults, 300 * SECOND), NodeOutages.of(planned)));
    }

    private static RunOptions options(int seed) {
        long cycle = (seed % 3 + 1) * 200 * SECOND;
        JobCosts costs = new JobCosts(
                20 * SECOND,
                15 * SECOND,
                seed % 5 == 0 ? CheckpointCycle.NONE : new CheckpointCycle(cycle, 7 * SECOND),
                10 * SECOND + 1,
                seed % 2 == 0 ? OnStop.SAVES : OnStop.FALLS_BACK);
        return RunOptions.plain()
                .withCosts((job, gpus) -> costs)
                .withSpeed((job, gpus, shares) -> shares.count() > 2 ? 0.7 : 1)
                .withOutages(outages(seed), 1 + seed % 3)
                .withRules(new RestartRules(seed % 4 * 30 * SECOND, 5 + seed % 7, seed % 3 != 0))
                .withHorizonNanos(40_000 * SECOND)
                .withAccounts();
    }

    private static List<SchedulingPolicy> policies() {
        List<SchedulingPolicy> policies = new ArrayList<>();
        for (QueueOrder.Key key : List.of(QueueOrder.Key.ARRIVAL, QueueOrder.Key.SIZE)) {
            for (Overtaking overtaking : Overtaking.values()) {
                policies.add(new QueueOrder(key, overtaking));
            }
        }
        for (PreemptiveOrder.Key key : PreemptiveOrder.Key.values()) {
            policies.add(new PreemptiveOrder(key));
        }
        return policies;
    }

    @Test
    void everyGpuNanosecondIsInOneUse() {
        int failures = 0;
        for (int seed = 0; seed < 40; seed++) {
            for (SchedulingPolicy policy : policies()) {
                Placement placement = seed % 2 == 0 ? new TopologyAware(DomainLevel.CLUSTER) : new Spread();
                ClusterOutcome outcome =
                        ClusterSimulation.run(jobs(new Random(seed)), CLUSTER.free(), placement, policy, options(seed));
                ClusterLedger ledger = outcome.ledger().orElseThrow();
                String run = policy.name() + " of seed " + seed;

                assertEquals(
                        BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(outcome.gpus())),
                        ledger.total(),
                        run);
                for (GpuUse use : GpuUse.values()) {
                    assertTrue(ledger.gpuNanos(use).signum() >= 0, use + " in " + run);
                }
                failures += outcome.jobs().stream()
                        .mapToInt(job -> job.losses().failures())
                        .sum();
            }
        }
        assertTrue(failures > 1_000, "failures: " + failures);
    }

    /** At constant speed, what counts as useful is the work of the jobs that were done, if none is left. */
    @Test
    void usefulWorkIsTheWorkOfTheJobsDone() {
        for (int seed = 0; seed < 20; seed++) {
            RunOptions options =
                    options(seed).withSpeed((job, gpus, shares) -> 1).withHorizonNanos(Long.MAX_VALUE);
            ClusterOutcome outcome = ClusterSimulation.run(
                    jobs(new Random(seed)),
                    CLUSTER.free(),
                    new Spread(),
                    policies().get(seed % 7),
                    options);

            long done = outcome.jobs().stream()
                    .filter(JobOutcome::isDone)
                    .mapToLong(job -> job.job().runNanos() * job.job().gpus())
                    .sum();
            assertEquals(
                    done, outcome.ledger().orElseThrow().gpuNanos(GpuUse.USEFUL).longValueExact(), "seed " + seed);
        }
    }

    /** At half the speed, 100 s of work take 200 s, of which 50 s are thrown away though two checkpoints hold 40 s of them. */
    @Test
    void workInVainCountsTheTimeThatItTook() {
        JobCosts costs = new JobCosts(0, 0, new CheckpointCycle(20 * SECOND, 0), 0, OnStop.FALLS_BACK);
        NodeOutage crash = new NodeOutage(50 * SECOND, NodeOutage.Kind.FAULT, 0, 1, 0, 0, false, 0);
        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(ClusterJob.of("a", 0, 4, 100 * SECOND)),
                FreeGpus.equal(1, 4),
                new Spread(),
                policies().get(0),
                RunOptions.plain()
                        .withCosts((job, gpus) -> costs)
                        .withSpeed((job, gpus, shares) -> 0.5)
                        .withOutages(NodeOutages.of(List.of(crash)), 1)
                        .withRules(new RestartRules(0, 5, false))
                        .withAccounts());

        assertEquals(250 * SECOND, outcome.endNanos());
        assertEquals(50 * SECOND, outcome.jobs().get(0).losses().lostNanos());
        assertEquals(4 * 50, outcome.ledger().orElseThrow().gpuSeconds(GpuUse.LOST));
    }

    /** What teams use and what nobody uses is all there is. */
    @Test
    void teamsAndNobodySumToTheCluster() {
        ClusterOutcome outcome = ClusterSimulation.run(
                jobs(new Random(3)), CLUSTER.free(), new Spread(), policies().get(0), options(3));
        ClusterLedger ledger = outcome.ledger().orElseThrow();

        for (GpuUse use : GpuUse.values()) {
            BigInteger ofTeams = BigInteger.ZERO;
            for (int team = 0; team < ledger.teams().size(); team++) {
                ofTeams = ofTeams.add(ledger.gpuNanos(team, use));
            }
            assertEquals(use.isOfJob() ? ledger.gpuNanos(use) : BigInteger.ZERO, ofTeams, use.label());
        }
    }

    /** Each policy meets the same faults at the same times. */
    @Test
    void outagesDoNotDependOnThePolicy() {
        NodeOutages first = outages(5);
        NodeOutages second = outages(5);
        for (int i = 0; i < 200; i++) {
            assertEquals(first.take(), second.take());
        }
    }
}
