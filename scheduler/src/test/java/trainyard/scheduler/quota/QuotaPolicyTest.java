package trainyard.scheduler.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.quota.PreemptionRules.Reclaim;
import trainyard.scheduler.quota.PreemptionRules.Within;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.scale.Autoscaler;
import trainyard.scheduler.scale.Reactive;

class QuotaPolicyTest {

    private static final PreemptionRules RECLAIM = PreemptionRules.RECLAIM_ANY;

    private static ClusterJob job(String id, String team, long submit, int gpus, long run) {
        return new ClusterJob(id, team, submit, gpus, run, Math.max(1, run));
    }

    private static ClusterOutcome run(List<ClusterJob> jobs, int gpus, QuotaRules rules) {
        return ClusterSimulation.run(jobs, FreeGpus.equal(1, gpus), new AnyGpus(), new QuotaPolicy(rules));
    }

    private static List<Long> starts(ClusterOutcome outcome) {
        return outcome.jobs().stream().map(JobOutcome::startNanos).toList();
    }

    @Test
    void aHardQuotaLeavesFreeGpusIdle() {
        List<ClusterJob> jobs = List.of(job("1", "a", 0, 4, 100), job("2", "a", 0, 4, 100), job("3", "b", 0, 2, 50));

        ClusterOutcome outcome = run(jobs, 8, QuotaRules.of(List.of(QuotaSpec.hard("a", Amounts.ofGpus(4)))));

        // Team a may use 4 GPUs; team b has no quota and takes what is free.
        assertEquals(List.of(0L, 100L, 0L), starts(outcome));
    }

    /**
     * Five jobs of four GPUs, of which the quota of their team lets one run at a time: one node is enough for them, and a second
     * for what team b, without a quota, has waiting.
     */
    @Test
    void anAutoscalerOrdersNoNodesForJobsThatWaitForQuota() {
        List<ClusterJob> jobs = new ArrayList<>(List.of(job("b", "b", 0, 4, 50)));
        for (int i = 0; i < 5; i++) {
            jobs.add(job("a" + i, "a", 0, 4, 100));
        }
        QuotaPolicy policy = new QuotaPolicy(QuotaRules.of(List.of(QuotaSpec.hard("a", Amounts.ofGpus(6)))));

        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                FreeGpus.equal(6, 4),
                new AnyGpus(),
                policy,
                RunOptions.plain().withAutoscalers(List.of(new Autoscaler(new Reactive(0), 0, 6, 0, 10, 5, 20))));

        assertEquals(2, outcome.scaling().orders());
        assertEquals(5 + 500, outcome.endNanos());
    }

    /** Two teams of one cohort with two GPUs each: what one may borrow the other cannot have as well. */
    @Test
    void jobsThatMayRunTogetherAreCountedTogether() {
        List<ClusterJob> jobs = List.of(job("1", "a", 0, 4, 100), job("2", "b", 0, 4, 100));
        QuotaRules rules = QuotaRules.of(List.of(
                QuotaSpec.inCohort("a", "both", Amounts.ofGpus(2), RECLAIM),
                QuotaSpec.inCohort("b", "both", Amounts.ofGpus(2), RECLAIM)));
        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                FreeGpus.equal(2, 4),
                new AnyGpus(),
                new QuotaPolicy(rules),
                RunOptions.plain().withAutoscalers(List.of(new Autoscaler(new Reactive(0), 0, 2, 0, 10, 5, 20))));

        assertEquals(1, outcome.scaling().orders());
        assertEquals(5 + 200, outcome.endNanos());
    }

    /** A pod quota of Kubernetes counts processors and memory, too: 8 GPUs, 100 processors, 500 GiB. */
    @Test
    void everyAmountOfAQuotaCounts() {
        Amounts quota = Amounts.of(8, 100_000, 500L << 30);
        List<ClusterJob> jobs = List.of(
                job("1", "a", 0, 2, 100).with(JobTraits.NONE.withHost(40, 0)),
                job("2", "a", 0, 2, 100).with(JobTraits.NONE.withHost(11, 0)),
                job("3", "a", 0, 1, 100).with(JobTraits.NONE.withHost(20, 400e9)),
                job("4", "a", 0, 1, 100).with(JobTraits.NONE.withHost(0, 200e9)));

        // 80 of 100 processors leave none for the second, 22 more; the third brings them to 100, and 400 of 537 GB
        // leave no 200.
        assertEquals(
                List.of(0L, 100L, 0L, 100L), starts(run(jobs, 16, QuotaRules.of(List.of(QuotaSpec.hard("a", quota))))));
    }

    @Test
    void aQueueBorrowsWhatOthersLendAndGivesItBack() {
        List<QuotaSpec> specs = List.of(
                QuotaSpec.inCohort("a", "all", Amounts.ofGpus(4), RECLAIM),
                QuotaSpec.inCohort("b", "all", Amounts.ofGpus(4), RECLAIM));
        List<ClusterJob> jobs =
                List.of(job("own", "a", 0, 4, 100), job("borrows", "a", 1, 4, 100), job("owner", "b", 10, 4, 50));

        ClusterOutcome outcome = run(jobs, 8, QuotaRules.of(specs));

        // b takes its own back at once; the borrower, started last, is stopped after 9 and goes on when b is done at
        // 60.
        assertEquals(List.of(0L, 1L, 10L), starts(outcome));
        assertEquals(60 + 100 - 9, outcome.jobs().get(1).endNanos());
        assertEquals(1, outcome.preemptions());
    }

    @Test
    void limitsBoundBorrowingAndLending() {
        QuotaSpec a = QuotaSpec.inCohort("a", "all", Amounts.ofGpus(4), RECLAIM);
        QuotaSpec b = QuotaSpec.inCohort("b", "all", Amounts.ofGpus(4), RECLAIM);
        List<ClusterJob> jobs = List.of(job("1", "a", 0, 4, 100), job("2", "a", 0, 2, 100), job("3", "a", 0, 2, 100));

        List<QuotaSpec> borrowsTwo = List.of(a.limited(Amounts.ofGpus(2), Amounts.ALL), b);
        List<QuotaSpec> lendsTwo = List.of(a, b.limited(Amounts.ALL, Amounts.ofGpus(2)));

        assertEquals(List.of(0L, 0L, 100L), starts(run(jobs, 8, QuotaRules.of(borrowsTwo))));
        assertEquals(List.of(0L, 0L, 100L), starts(run(jobs, 8, QuotaRules.of(lendsTwo))));
        assertEquals(List.of(0L, 0L, 0L), starts(run(jobs, 8, QuotaRules.of(List.of(a, b)))));
    }

    /** Cohort x lends 2 of its 6 to the root, so that c may have 4 + 2. */
    @Test
    void cohortsOfCohortsLendToEachOther() {
        QuotaTree tree = new QuotaTree(List.of(
                QuotaSpec.cohort("x", "root").limited(Amounts.ALL, Amounts.ofGpus(2)),
                QuotaSpec.cohort("y", "root"),
                QuotaSpec.inCohort("a", "x", Amounts.ofGpus(3), RECLAIM),
                QuotaSpec.inCohort("b", "x", Amounts.ofGpus(3), RECLAIM),
                QuotaSpec.inCohort("c", "y", Amounts.ofGpus(4), RECLAIM)));
        int a = tree.queue("a");
        int c = tree.queue("c");

        assertEquals(6_000, tree.available(c, 0));
        assertEquals(10_000, tree.available(a, 0));
        tree.use(c, new long[] {5_000, 0, 0});
        assertEquals(1_000, tree.available(c, 0));
        assertEquals(5_000, tree.available(a, 0));
        // Of 6 + 4 that all can lend each other below the root, y can have 4 + 2; c has borrowed 1 of them.
        assertEquals(1 / 6.0, tree.share(c), 1e-12);
        tree.giveBack(c, new long[] {5_000, 0, 0});
        assertEquals(10_000, tree.available(a, 0));
    }

    @Test
    void victimsAreTheLowestPriorityAndTheLastStarted() {
        PreemptionRules within =
                new PreemptionRules(Within.LOWER_PRIORITY, Reclaim.NEVER, PreemptionRules.NO_BORROWING);
        QuotaSpec a = QuotaSpec.inCohort("a", "", Amounts.ofGpus(4), within);
        List<ClusterJob> jobs = List.of(
                job("1", "a", 0, 1, 100).with(JobTraits.NONE.withPriority(1)),
                job("2", "a", 1, 1, 100),
                job("3", "a", 2, 1, 100),
                job("4", "a", 3, 1, 100).with(JobTraits.NONE.withPriority(1)),
                job("5", "a", 10, 1, 100).with(JobTraits.NONE.withPriority(2)));

        ClusterOutcome outcome = run(jobs, 4, QuotaRules.of(List.of(a)));

        assertEquals(
                List.of(0, 0, 1, 0, 0),
                outcome.jobs().stream().map(JobOutcome::preemptions).toList());
    }

    /** In fair sharing a queue takes from one that borrows more than it will itself. */
    @Test
    void fairSharingEvensOutWhatIsBorrowed() {
        List<QuotaSpec> specs = List.of(
                QuotaSpec.inCohort("a", "all", Amounts.NONE, RECLAIM),
                QuotaSpec.inCohort("b", "all", Amounts.NONE, RECLAIM),
                new QuotaSpec("all", "", true, Amounts.ofGpus(8), Amounts.ALL, Amounts.ALL, 1, PreemptionRules.NEVER));
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            jobs.add(job("a" + i, "a", 0, 1, 1000));
        }
        for (int i = 0; i < 8; i++) {
            jobs.add(job("b" + i, "b", 10, 1, 1000));
        }

        ClusterOutcome outcome = run(jobs, 8, new QuotaRules(specs, true, false));

        assertEquals(
                4, outcome.jobs().stream().filter(job -> job.startNanos() == 10).count());
        assertEquals(4, outcome.preemptions());
    }

    @Test
    void aCircleOfCohortsIsRefused() {
        List<QuotaSpec> circle = List.of(QuotaSpec.cohort("x", "y"), QuotaSpec.cohort("y", "x"));

        assertThrows(IllegalArgumentException.class, () -> new QuotaTree(circle));
    }

    /** Whatever the rules, no queue is above its own and what it may borrow, and no cohort above what all of it have. */
    @Test
    void noQuotaIsExceededBeyondBorrowing() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            int[] nominal = {random.nextInt(9), random.nextInt(9), random.nextInt(9)};
            int[] borrowing = {random.nextInt(9), random.nextInt(9), random.nextInt(9)};
            int[] lending = {random.nextInt(9), random.nextInt(9), random.nextInt(9)};
            List<QuotaSpec> specs = new ArrayList<>();
            for (int queue = 0; queue < 3; queue++) {
                PreemptionRules rules = new PreemptionRules(
                        Within.values()[random.nextInt(3)], Reclaim.values()[random.nextInt(3)], random.nextInt(3));
                specs.add(QuotaSpec.inCohort("t" + queue, "all", Amounts.ofGpus(nominal[queue]), rules)
                        .limited(Amounts.ofGpus(borrowing[queue]), Amounts.ofGpus(lending[queue])));
            }
            QuotaRules rules = new QuotaRules(specs, random.nextBoolean(), random.nextBoolean());
            Placement placement = random.nextBoolean() ? new AnyGpus() : new Consolidate(Consolidate.Choice.FIRST_FIT);
            Audit audit = new Audit(new QuotaPolicy(rules), nominal, borrowing, lending);

            ClusterSimulation.run(jobs(random), FreeGpus.equal(2, 8), placement, audit);
        }
    }

    /** Stopped jobs pay for saving and loading, and still all of them end: no two go on stopping each other. */
    @Test
    void stoppingComesToAnEndWhateverItCosts() {
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            List<QuotaSpec> specs = new ArrayList<>();
            for (int queue = 0; queue < 3; queue++) {
                PreemptionRules rules = new PreemptionRules(
                        Within.values()[random.nextInt(3)], Reclaim.values()[random.nextInt(3)], random.nextInt(3));
                specs.add(QuotaSpec.inCohort("t" + queue, "all", Amounts.ofGpus(6), rules));
            }
            CheckpointCycle cycle = random.nextBoolean() ? CheckpointCycle.NONE : new CheckpointCycle(50, 5);
            JobCosts costs = new JobCosts(
                    random.nextInt(20),
                    random.nextInt(20),
                    cycle,
                    random.nextInt(60),
                    OnStop.values()[random.nextInt(2)]);
            Placement placement = random.nextBoolean() ? new AnyGpus() : new Consolidate(Consolidate.Choice.FIRST_FIT);
            BoundedStarts starts = new BoundedStarts();

            ClusterOutcome outcome = ClusterSimulation.run(
                    jobs(random),
                    FreeGpus.equal(2, 8),
                    placement,
                    new QuotaPolicy(new QuotaRules(specs, random.nextBoolean(), random.nextBoolean())),
                    RunOptions.plain().withCosts((job, gpus) -> costs).withWatcher(starts));

            assertTrue(outcome.jobs().stream().allMatch(job -> job.endNanos() > 0), "seed " + seed);
        }
    }

    /** Fails where jobs start again and again. */
    private static final class BoundedStarts implements JobWatcher {
        private int count;

        @Override
        public void started(long nowNanos, int job, NodeShares shares) {
            count++;
            assertTrue(count < 10_000, "80 jobs started 10,000 times");
        }
    }

    private static List<ClusterJob> jobs(Random random) {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            jobs.add(job(
                            "j" + i,
                            "t" + random.nextInt(3),
                            random.nextInt(2_000),
                            random.nextInt(1, 7),
                            random.nextInt(400))
                    .with(JobTraits.NONE.withPriority(random.nextInt(3)).withPreemptible(random.nextInt(5) > 0)));
        }
        return jobs;
    }

    /** Another policy, after each of whose passes the GPUs of each team are counted. */
    private record Audit(SchedulingPolicy policy, int[] nominal, int[] borrowing, int[] lending, List<Integer> present)
            implements SchedulingPolicy {

        Audit(SchedulingPolicy policy, int[] nominal, int[] borrowing, int[] lending) {
            this(policy, nominal, borrowing, lending, new ArrayList<>());
        }

        @Override
        public String name() {
            return policy.name();
        }

        @Override
        public void arrived(SchedulingContext context, int job) {
            present.add(job);
            policy.arrived(context, job);
        }

        @Override
        public void ended(SchedulingContext context, int job) {
            present.remove(Integer.valueOf(job));
            policy.ended(context, job);
        }

        @Override
        public void schedule(SchedulingContext context) {
            policy.schedule(context);
            int[] used = new int[nominal.length];
            for (int job : present) {
                used[context.job(job).team().charAt(1) - '0'] += context.isRunning(job) ? context.gpus(job) : 0;
            }
            int borrowed = 0;
            int lent = 0;
            for (int team = 0; team < used.length; team++) {
                assertTrue(used[team] <= nominal[team] + borrowing[team], "team " + team + " uses " + used[team]);
                borrowed += Math.max(0, used[team] - nominal[team]);
                lent += Math.min(lending[team], Math.max(0, nominal[team] - used[team]));
            }
            assertTrue(borrowed <= lent, borrowed + " borrowed of " + lent);
        }
    }
}
