package trainyard.scheduler.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.PodByPod.Deadlock;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.ClusterOutcome;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.JobOutcome;

class PodByPodTest {

    /** Two jobs of 3 GPUs on 4: each gets two and lacks one. */
    private static final List<ClusterJob> TWO = List.of(ClusterJob.of("a", 5, 3, 100), ClusterJob.of("b", 5, 3, 100));

    private static ClusterOutcome run(SchedulingPolicy policy) {
        return ClusterSimulation.run(TWO, FreeGpus.equal(1, 4), new AnyGpus(), policy);
    }

    @Test
    void jobsThatHoldPartsWaitForEachOtherForEver() {
        PodByPod policy = new PodByPod(PodRules.KUBERNETES);

        ClusterOutcome outcome = run(policy);

        assertEquals(Optional.of(new Deadlock(5, 2, 4)), policy.deadlock());
        assertTrue(outcome.jobs().stream().noneMatch(JobOutcome::isDone));
    }

    @Test
    void aTimeoutBreaksTheDeadlock() {
        PodByPod policy = new PodByPod(new PodRules(1, 50, 10));

        ClusterOutcome outcome = run(policy);

        // At 55 a gives its two back, with which b runs till 155.
        assertEquals(155, outcome.jobs().get(1).endNanos());
        assertEquals(255, outcome.jobs().get(0).endNanos());
        assertEquals(Optional.empty(), policy.deadlock());
    }

    @Test
    void gangsDoNotDeadlock() {
        ClusterOutcome outcome = run(new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE));

        assertEquals(
                List.of(105L, 205L),
                outcome.jobs().stream().map(JobOutcome::endNanos).toList());
    }

    /** What runs may still end: then nothing is stuck. */
    @Test
    void aWaitThatEndsIsNoDeadlock() {
        PodByPod policy = new PodByPod(PodRules.KUBERNETES);
        List<ClusterJob> jobs = List.of(ClusterJob.of("runs", 0, 2, 100), ClusterJob.of("waits", 1, 4, 10));

        ClusterOutcome outcome = ClusterSimulation.run(jobs, FreeGpus.equal(1, 4), new AnyGpus(), policy);

        assertEquals(Optional.empty(), policy.deadlock());
        assertEquals(110, outcome.jobs().get(1).endNanos());
    }
}
