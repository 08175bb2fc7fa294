package trainyard.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.JobOutcome;
import trainyard.scheduler.run.JobWatcher;

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
}
