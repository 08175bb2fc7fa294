package trainyard.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.sim.engine.SimTime;

class GittinsIndexTest {

    private static ClusterJob job(String id, long submit, int gpus, long run) {
        return ClusterJob.of(id, submit * SimTime.NANOS_PER_SECOND, gpus, run * SimTime.NANOS_PER_SECOND);
    }

    private static ClusterJob fixed(String id, long submit, long run) {
        return job(id, submit, 1, run).with(JobTraits.NONE.withPreemptible(false));
    }

    /**
     * Three GPUs and quanta of 10 s. At 10 the index is learned from a job of 10 s, and from 50 on "long", which began at 30, is beyond all
     * that it knows. At 200 a job of 200 s ends: of [10, 200] the index is 1/20 for a job that begins, 1/10 from 190 to 200 and 0
     * elsewhere. So "late" does not come before "long" at 225, but does at 230. "wide" waits until all is over, so that ranks are looked
     * at while they grow.
     */
    @Test
    void ranksGrowOnOnceMoreIsLearned() {
        ClusterOutcome outcome = ClusterSimulation.run(
                List.of(
                        fixed("fixed", 0, 400),
                        job("first", 0, 1, 10),
                        job("second", 0, 1, 200),
                        job("wide", 0, 3, 5),
                        job("long", 30, 1, 300),
                        fixed("next", 201, 400),
                        job("late", 225, 1, 5)),
                FreeGpus.equal(1, 3),
                new AnyGpus(),
                new PreemptiveOrder(new GittinsIndex(10, new double[0])));

        assertThat(outcome.jobs())
                .extracting(job -> job.startNanos() / SimTime.NANOS_PER_SECOND)
                .containsExactly(0L, 0L, 0L, 601L, 30L, 201L, 230L);
    }
}
