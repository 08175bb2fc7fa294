package trainyard.scheduler.policy.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.interleave.GroupRules;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobStages;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.AttainedQueues;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.Defragmentation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.ClusterRecord;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.sim.engine.SimTime;

/** Groups on the virtual clock, reckoned by hand. Stages are storage, processors, GPU and network. */
class InterleavedGroupsTest {

    private static final JobStages READS = new JobStages(2, 0, 0, 0);
    private static final JobStages PREPARES = new JobStages(0, 2, 0, 0);
    private static final JobStages COMPUTES = new JobStages(0, 0, 2, 0);
    private static final JobStages EXCHANGES = new JobStages(0, 0, 0, 2);
    private static final GroupRules RULES = new GroupRules(10, List.of(1.0, 1.0, 1.0));

    private static ClusterJob job(String id, long submit, int gpus, long run, JobStages stages) {
        return ClusterJob.of(id, submit, gpus, run).with(JobTraits.NONE.withStages(stages));
    }

    private static SchedulingPolicy byWorkLeft(GroupRules rules) {
        return new InterleavedGroups("muri-s", new WorkLeft(), false, rules);
    }

    private static ClusterOutcome run(FreeGpus cluster, RunOptions options, ClusterJob... jobs) {
        return ClusterSimulation.run(
                List.of(jobs),
                cluster,
                new Consolidate(Choice.BEST_FIT),
                byWorkLeft(RULES),
                options.withAccounts().withGroups(RULES));
    }

    private static List<Long> ends(ClusterOutcome outcome) {
        return outcome.jobs().stream().map(JobOutcome::endNanos).toList();
    }

    private static void assertAllTimeIsBooked(ClusterOutcome outcome) {
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertThat(ledger.total())
                .isEqualTo(BigInteger.valueOf(outcome.gpus()).multiply(BigInteger.valueOf(outcome.endNanos())));
    }

    @Test
    void complementaryJobsRunOnOneGpuAsIfEachHadIt() {
        ClusterOutcome outcome = run(
                FreeGpus.equal(1, 1), RunOptions.plain(), job("a", 0, 1, 100, READS), job("b", 0, 1, 100, COMPUTES));

        assertThat(ends(outcome)).containsExactly(100L, 100L);
        assertAllTimeIsBooked(outcome);
        assertThat(outcome.ledger().orElseThrow().gpuNanos(GpuUse.USEFUL).longValueExact())
                .isEqualTo(100);
    }

    /** Of (2, 1, 1, 0) and (0, 1, 2, 1) each works at 4 / 5. The second one has done its 60 at 75, the first one has 40 left then, and goes on alone. */
    @Test
    void whoIsLeftOfAGroupGoesOnAlone() {
        ClusterOutcome outcome = run(
                FreeGpus.equal(1, 1),
                RunOptions.plain(),
                job("a", 0, 1, 100, new JobStages(2, 1, 1, 0)),
                job("b", 0, 1, 60, new JobStages(0, 1, 2, 1)));

        assertThat(ends(outcome)).containsExactly(115L, 75L);
        assertThat(outcome.preemptions()).isZero();
        assertAllTimeIsBooked(outcome);
    }

    /** The first of a group that ends holds the GPU, and the others keep it. */
    @Test
    void fourJobsShareOneGpuUntilTheLastIsDone() {
        ClusterRecord record = new ClusterRecord();
        ClusterOutcome outcome = run(
                FreeGpus.equal(1, 1),
                RunOptions.plain().withWatcher(record),
                job("a", 0, 1, 10, READS),
                job("b", 0, 1, 20, PREPARES),
                job("c", 0, 1, 30, COMPUTES),
                job("d", 0, 1, 40, EXCHANGES));

        assertThat(ends(outcome)).containsExactly(10L, 20L, 30L, 40L);
        assertAllTimeIsBooked(outcome);
        assertThat(record.stays())
                .extracting(ClusterRecord.Stay::job, ClusterRecord.Stay::fromNanos, ClusterRecord.Stay::toNanos)
                .containsExactly(tuple(0, 0L, 10L), tuple(1, 10L, 20L), tuple(2, 20L, 30L), tuple(3, 30L, 40L));
        assertThat(record.turns())
                .containsExactly(
                        new ClusterRecord.Turn(0, 0, 4, 0, 10),
                        new ClusterRecord.Turn(1, 1, 4, 0, 10),
                        new ClusterRecord.Turn(2, 2, 4, 0, 10),
                        new ClusterRecord.Turn(3, 3, 4, 0, 10),
                        new ClusterRecord.Turn(1, 0, 3, 10, 20),
                        new ClusterRecord.Turn(2, 1, 3, 10, 20),
                        new ClusterRecord.Turn(3, 2, 3, 10, 20),
                        new ClusterRecord.Turn(2, 0, 2, 20, 30),
                        new ClusterRecord.Turn(3, 1, 2, 20, 30));
    }

    /** Whatever takes a job from its GPUs but the policy is refused before anything runs. */
    @Test
    void outagesAndMovesAreRefused() {
        List<ClusterJob> jobs = List.of(job("a", 0, 1, 100, READS), job("b", 0, 1, 100, COMPUTES));
        for (RunOptions options : List.of(
                RunOptions.plain().withOutages(NodeOutages.of(List.of(NodeOutage.fault(50, 0, 1, 10))), 1),
                RunOptions.plain().withDefragmentation(new Defragmentation(1, 1)))) {
            assertThatThrownBy(() -> ClusterSimulation.run(
                            jobs, FreeGpus.equal(1, 1), new Consolidate(Choice.BEST_FIT), byWorkLeft(RULES), options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("jobs share GPUs, and");
        }
    }

    /** The second one comes at 3, when the round is not over: it joins at 10, starts for 5 and loads nothing. The first one goes on meanwhile. */
    @Test
    void whoJoinsStartsAndTheOthersGoOn() {
        JobCosts costs = new JobCosts(5, 3, CheckpointCycle.NONE, 2, OnStop.SAVES);
        ClusterOutcome outcome = run(
                FreeGpus.equal(1, 1),
                RunOptions.plain().withCosts((job, gpus) -> costs),
                job("early", 0, 1, 1, READS),
                job("a", 0, 1, 100, READS),
                job("b", 3, 1, 50, COMPUTES));

        // The first round is at 0: "early" and "a" do not share; "early" works from 5 to 6, then "a" starts until 11.
        // The round at 10 puts
        // "b" beside it, which starts until 15 and ends at 65; "a" ends at 111.
        assertThat(ends(outcome)).containsExactly(6L, 111L, 65L);
        assertThat(outcome.preemptions()).isZero();
        assertAllTimeIsBooked(outcome);
    }

    @Test
    void aGroupIsSlowedDownAsStated() {
        GroupRules slow = new GroupRules(10, List.of(1.25, 1.0, 1.0));
        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(job("a", 0, 1, 100, READS), job("b", 0, 1, 100, COMPUTES)),
                FreeGpus.equal(1, 1),
                new Consolidate(Choice.BEST_FIT),
                byWorkLeft(slow),
                RunOptions.plain().withGroups(slow));

        assertThat(ends(outcome)).containsExactly(125L, 125L);
    }

    /** Random jobs: all end, none before its time, all GPU time is booked, and whoever is not preemptible is not stopped. */
    @Test
    void theBooksBalanceWhateverSharesGpus() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            List<ClusterJob> jobs = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                JobStages stages = random.nextInt(6) == 0
                        ? JobStages.NONE
                        : new JobStages(random.nextInt(4), random.nextInt(4), 1 + random.nextInt(4), random.nextInt(4));
                jobs.add(
                        ClusterJob.of("j" + i, random.nextInt(2_000), 1 << random.nextInt(4), 1 + random.nextInt(1_000))
                                .with(JobTraits.NONE.withStages(stages).withPreemptible(random.nextInt(4) > 0)));
            }
            JobCosts costs = new JobCosts(5, 3, new CheckpointCycle(50, 4), 2, OnStop.SAVES);
            for (SchedulingPolicy policy : List.of(
                    byWorkLeft(RULES),
                    new InterleavedGroups("muri-l", new AttainedQueues(new double[] {1e-6, 2e-6}, 0), true, RULES))) {
                int[] stops = new int[40];
                JobWatcher watcher = new JobWatcher() {
                    @Override
                    public void stopped(long nowNanos, int job) {
                        stops[job]++;
                    }
                };
                ClusterOutcome outcome = ClusterSimulation.run(
                        jobs,
                        FreeGpus.equal(2, 8),
                        new Consolidate(Choice.BEST_FIT),
                        policy,
                        RunOptions.plain()
                                .withCosts((job, gpus) -> costs)
                                .withGroups(RULES)
                                .withAccounts()
                                .withWatcher(watcher));

                assertAllTimeIsBooked(outcome);
                for (int job = 0; job < 40; job++) {
                    JobOutcome one = outcome.jobs().get(job);
                    assertThat(one.isDone()).isTrue();
                    assertThat(one.completionNanos())
                            .isGreaterThanOrEqualTo(one.job().runNanos());
                    assertThat(one.job().traits().preemptible() || stops[job] == 1)
                            .isTrue();
                }
                assertThat(Arrays.stream(stops).sum()).isGreaterThanOrEqualTo(40);
            }
        }
    }

    @Test
    void attainedServiceDecidesWhereRunTimesAreUnknown() {
        long second = SimTime.NANOS_PER_SECOND;
        GroupRules rules = new GroupRules(second, List.of(1.0, 1.0, 1.0));
        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(job("long", 0, 1, 100 * second, READS), job("short", 20 * second, 1, 10 * second, READS)),
                FreeGpus.equal(1, 1),
                new Consolidate(Choice.BEST_FIT),
                new InterleavedGroups("muri-l", new AttainedQueues(new double[] {15}, 0), true, rules),
                RunOptions.plain().withGroups(rules));

        // Both read, so neither gains by sharing. The long one is in the second queue from 15 s on.
        assertThat(ends(outcome)).containsExactly(110 * second, 30 * second);
    }
}
