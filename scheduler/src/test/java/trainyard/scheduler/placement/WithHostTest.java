package trainyard.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.catalog.PolicyKind;
import trainyard.scheduler.catalog.PolicyOptions;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

/** Jobs of one size that need different processors, on one node of eight GPUs and sixteen processors. */
class WithHostTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    private static final ClusterLayout NODE =
            ClusterLayout.of(List.of(NodePool.of("node", 1, 8).withHost(16, 1e12)));

    private static ClusterJob job(String id, int gpus, long seconds, double cpus, double bytes) {
        return ClusterJob.of(id, 0, gpus, seconds * SECOND).with(JobTraits.NONE.withHost(cpus, bytes));
    }

    /**
     * The first job has four GPUs and all processors until 100 s. The second one wants a GPU and a processor and waits for it; the third one wants a GPU
     * alone and starts at once, though it came behind a job of its size that does not fit.
     */
    @ParameterizedTest
    @EnumSource(
            value = PolicyKind.class,
            names = {"FIFO_FIT_FIRST", "EASY", "SRTF", "LAS", "PRIORITY", "MAX_MIN", "FAIR_SHARE", "KUEUE"})
    void whoLacksProcessorsDoesNotBlockOthersOfItsSize(PolicyKind policy) {
        Placement placement = new WithHost(NODE, new Consolidate(Choice.BEST_FIT));

        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(job("all", 4, 100, 4, 0), job("starved", 1, 200, 1, 0), job("light", 1, 210, 0, 0)),
                NODE.free(),
                placement,
                policy.make(PolicyOptions.DEFAULTS));

        assertThat(outcome.jobs()).extracting(JobOutcome::startNanos).containsExactly(0L, 100 * SECOND, 0L);
    }

    @Test
    void jobsAreOfOneKindIfTheyNeedTheSame() {
        Placement placement = new WithHost(NODE, new Consolidate(Choice.BEST_FIT));

        assertThat(placement.kind(job("a", 1, 1, 2, 5))).isEqualTo(placement.kind(job("b", 4, 9, 2, 5)));
        assertThat(placement.kind(job("a", 1, 1, 2, 5))).isNotEqualTo(placement.kind(job("b", 1, 1, 3, 5)));
        assertThat(placement.kind(job("a", 1, 1, 2, 5))).isNotEqualTo(placement.kind(job("b", 1, 1, 2, 6)));
    }
}
