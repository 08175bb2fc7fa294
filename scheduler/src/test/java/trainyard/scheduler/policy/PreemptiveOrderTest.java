package trainyard.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.JobOutcome;

class PreemptiveOrderTest {

    /**
     * Two GPUs are free on each of two nodes, and a job wants four on one: it waits until one of the others ends, and the
     * scheduler looks at most once a quantum until then.
     */
    @Test
    void ranksGrowWhileAJobWaitsForGpusThatLieTogether() {
        List<ClusterJob> jobs = List.of(
                ClusterJob.of("left", 0, 6, 1_000_000_000),
                ClusterJob.of("right", 0, 6, 1_500_000_000),
                ClusterJob.of("waits", 1, 4, 10));

        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                FreeGpus.equal(2, 8),
                new Consolidate(Consolidate.Choice.FIRST_FIT),
                new PreemptiveOrder(new LeastAttained(100_000_000)));

        assertThat(outcome.jobs().get(2).startNanos()).isEqualTo(1_000_000_000);
        assertThat(outcome.jobs()).allMatch(JobOutcome::isDone);
        assertThat(outcome.events()).isLessThan(100);
    }
}
