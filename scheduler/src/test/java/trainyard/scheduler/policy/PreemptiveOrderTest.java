package trainyard.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;

class PreemptiveOrderTest {

    private static ClusterOutcome play(List<ClusterJob> jobs, FreeGpus cluster, JobRank rank, JobWatcher watcher) {
        return ClusterSimulation.run(
                jobs, cluster, new Consolidate(Consolidate.Choice.FIRST_FIT), new PreemptiveOrder(rank), watcher);
    }

    /**
     * Two GPUs are free on each of two nodes, and a job wants four on one: it comes first once the others have run for a quantum, and
     * takes the place of the one that came last.
     */
    @Test
    void ranksGrowWhileAJobWaitsForGpusThatLieTogether() {
        List<ClusterJob> jobs = List.of(
                ClusterJob.of("left", 0, 6, 1_000_000_000),
                ClusterJob.of("right", 0, 6, 1_500_000_000),
                ClusterJob.of("waits", 1, 4, 10));

        ClusterOutcome outcome = play(jobs, FreeGpus.equal(2, 8), new LeastAttained(100_000_000), JobWatcher.NONE);

        assertThat(outcome.jobs()).extracting(JobOutcome::startNanos).containsExactly(0L, 0L, 100_000_000L);
        assertThat(outcome.jobs()).extracting(JobOutcome::preemptions).containsExactly(0, 1, 0);
        assertThat(outcome.jobs().get(1).endNanos()).isEqualTo(1_500_000_010);
        assertThat(outcome.events()).isLessThan(100);
    }

    /**
     * Nodes 0 and 1 each hold a short and a long job of two GPUs. The long ones have the four GPUs that another job wants, but not on one
     * node: nobody is stopped until the short one of node 0 ends.
     */
    @Test
    void nobodyIsStoppedForAJobThatFindsNoPlaceEvenThen() {
        List<ClusterJob> jobs = List.of(
                ClusterJob.of("short 0", 0, 2, 100),
                ClusterJob.of("long 0", 1, 2, 1000),
                ClusterJob.of("short 1", 2, 2, 110),
                ClusterJob.of("long 1", 3, 2, 1100),
                ClusterJob.of("wide", 10, 4, 500));
        AtomicInteger stops = new AtomicInteger();
        JobWatcher counting = new JobWatcher() {
            @Override
            public void stopped(long nowNanos, int job) {
                stops.incrementAndGet();
            }
        };

        ClusterOutcome outcome = play(jobs, FreeGpus.equal(2, 4), PreemptiveOrder.Key.REMAINING_TIME, counting);

        assertThat(outcome.jobs()).extracting(JobOutcome::preemptions).containsExactly(0, 1, 0, 0, 0);
        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(100L, 1013L, 112L, 1103L, 600L);
        assertThat(stops).hasValue(6);
    }

    /** The last three by rank have five GPUs, and four of these are on node 1: the one on node 0 goes on. */
    @Test
    void onlyThoseAreStoppedWhoseGpusAreOfUse() {
        List<ClusterJob> jobs = List.of(
                ClusterJob.of("a", 0, 3, 1000),
                ClusterJob.of("b", 1, 1, 1100),
                ClusterJob.of("c", 2, 1, 1200),
                ClusterJob.of("d", 3, 3, 1050),
                ClusterJob.of("short", 10, 4, 50));

        ClusterOutcome outcome = play(jobs, FreeGpus.equal(2, 4), PreemptiveOrder.Key.REMAINING_TIME, JobWatcher.NONE);

        assertThat(outcome.jobs()).extracting(JobOutcome::preemptions).containsExactly(0, 0, 1, 1, 0);
        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(1000L, 1101L, 1252L, 1103L, 60L);
    }

    /** One GPU; a start takes 5, a load 3, a save 2, so a stop costs 5 + 3 + 2 x 2 = 12. */
    private static ClusterOutcome withCosts(long secondRun) {
        JobCosts costs = new JobCosts(5, 3, CheckpointCycle.NONE, 2, OnStop.SAVES);
        return ClusterSimulation.run(
                List.of(ClusterJob.of("first", 0, 1, 50), ClusterJob.of("second", 20, 1, secondRun)),
                FreeGpus.equal(1, 1),
                new Consolidate(Consolidate.Choice.FIRST_FIT),
                new PreemptiveOrder(PreemptiveOrder.Key.REMAINING_TIME),
                RunOptions.plain().withCosts((job, gpus) -> costs));
    }

    /**
     * At 20 the first job has 35 left, so it is stopped for one that takes less than 35 - 12 = 23 with its start. The second one takes 5 + 17
     * = 22: it waits for the save until 22, starts until 27 and ends at 44; the first one starts and loads until 52, and ends at 87. From 20 on
     * that is 24 + 67 = 91, one less than 35 + 57 with the second one behind the first.
     */
    @Test
    void aJobIsStoppedWhereThatPaysForTheStop() {
        ClusterOutcome outcome = withCosts(17);

        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(87L, 44L);
        assertThat(outcome.preemptions()).isEqualTo(1);
    }

    /** With 5 + 18 = 23 both orders come to 93, and the first one goes on. */
    @Test
    void aStopThatOnlyPaysForItselfIsNotMade() {
        ClusterOutcome outcome = withCosts(18);

        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(55L, 78L);
        assertThat(outcome.preemptions()).isZero();
    }

    /** Right behind its start a job has its start and its work left, an equal one that waits as much. */
    @Test
    void aJobIsNotStoppedForTheStartThatItHasLeft() {
        JobCosts costs = new JobCosts(20, 0, CheckpointCycle.NONE, 0, OnStop.SAVES);
        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(ClusterJob.of("first", 0, 1, 100), ClusterJob.of("equal", 1, 1, 100)),
                FreeGpus.equal(1, 1),
                new Consolidate(Consolidate.Choice.FIRST_FIT),
                new PreemptiveOrder(PreemptiveOrder.Key.REMAINING_SERVICE),
                RunOptions.plain().withCosts((job, gpus) -> costs));

        assertThat(outcome.jobs()).extracting(JobOutcome::endNanos).containsExactly(120L, 240L);
        assertThat(outcome.preemptions()).isZero();
    }
}
