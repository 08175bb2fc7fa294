package trainyard.scheduler.policy.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

class DominantShareTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    /** Each for 100 s. */
    private static ClusterJob job(int number, long submit, int gpus, double cpusPerGpu) {
        return ClusterJob.of("j" + number, submit * SECOND, gpus, 100 * SECOND)
                .with(JobTraits.NONE.withHost(cpusPerGpu, 0));
    }

    private static List<Long> starts(int gpus, SchedulingPolicy policy, List<ClusterJob> jobs) {
        return ClusterSimulation.run(jobs, FreeGpus.equal(1, gpus), new AnyGpus(), policy).jobs().stream()
                .map(JobOutcome::startNanos)
                .map(nanos -> nanos / SECOND)
                .toList();
    }

    private static DominantShare meter(double cpus) {
        return new DominantShare(Map.of(), cpus, Double.POSITIVE_INFINITY);
    }

    /** Eight times 4 x 2.1 processors, taken and given back one by one, come to 1e-14 where they are not counted in whole numbers. */
    @Test
    void nothingIsLeftOfWhatJobsGaveBack() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            jobs.add(job(i, 0, 4, 2.1));
        }
        jobs.add(job(8, 200, 32, 3));

        assertThat(starts(32, new TeamOrder(meter(96)), jobs)).endsWith(0L, 200L);
        assertThat(starts(32, new ResourceOffers(OfferRules.MESOS, meter(96)), jobs))
                .endsWith(0L, 200L);
    }

    @Test
    void jobsThatWantASixthEachFit() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            jobs.add(job(i, 0, 1, 100 / 6.0));
        }

        assertThat(starts(7, new TeamOrder(meter(100)), jobs)).containsExactly(0L, 0L, 0L, 0L, 0L, 0L, 100L);
    }
}
