package trainyard.scheduler.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.PodByPod.Deadlock;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;

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

    /** All pods of one job before those of the next: the second holds what the first leaves, and gets the rest when it ends. */
    @Test
    void byPriorityOneJobIsWholeBeforeTheNext() {
        PodByPod policy = new PodByPod(new PodRules(1, 0, 1, PodRules.Order.PRIORITY, 0, 0));
        List<ClusterJob> ranked = List.of(TWO.get(0), TWO.get(1).with(JobTraits.NONE.withPriority(1)));

        assertEquals(
                List.of(205L, 105L),
                ClusterSimulation.run(ranked, FreeGpus.equal(1, 4), new AnyGpus(), policy).jobs().stream()
                        .map(JobOutcome::endNanos)
                        .toList());
    }

    /**
     * Times in milliseconds, pods of 4 GPUs. Job c fails at 200 and is not tried before 1,200, though a GPU is free at 500. Then it fails
     * again, and is not tried before 3,200, though all are free at 2,000.
     */
    @Test
    void podsThatFoundNoPlaceAreTriedAgainLaterAndLater() {
        List<ClusterJob> jobs =
                List.of(ClusterJob.of("a", 0, 1, 500), ClusterJob.of("b", 0, 3, 2000), ClusterJob.of("c", 200, 4, 10));
        PodRules fours = new PodRules(4, 0, 1);

        assertEquals(2000, startOfLast(jobs, new PodRules(4, 0, 1, PodRules.Order.PRIORITY, 0, 0)));
        assertEquals(3200, startOfLast(jobs, new PodRules(4, 0, 1, PodRules.Order.PRIORITY, 1000, 10_000)));
        // A longest time of 1.5 s holds for the second wait.
        assertEquals(2700, startOfLast(jobs, new PodRules(4, 0, 1, PodRules.Order.PRIORITY, 1000, 1500)));
    }

    private static long startOfLast(List<ClusterJob> jobs, PodRules rules) {
        ClusterOutcome outcome = ClusterSimulation.run(jobs, FreeGpus.equal(1, 4), new AnyGpus(), new PodByPod(rules));
        return outcome.jobs().get(jobs.size() - 1).startNanos();
    }
}
