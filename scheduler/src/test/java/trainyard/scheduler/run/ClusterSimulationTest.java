package trainyard.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.peer.RepackedOrder;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Consolidate.Choice;
import trainyard.scheduler.policy.PreemptiveOrder;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;

class ClusterSimulationTest {

    /** A wide job behind a narrow one, and a short one behind both, on 4 GPUs. */
    private static final List<ClusterJob> THREE =
            List.of(ClusterJob.of("a", 0, 2, 100), ClusterJob.of("b", 10, 4, 50), ClusterJob.of("c", 20, 1, 30));

    private static ClusterOutcome on4(SchedulingPolicy policy) {
        return ClusterSimulation.run(THREE, FreeGpus.equal(1, 4), new AnyGpus(), policy);
    }

    private static long[] ends(ClusterOutcome outcome) {
        return outcome.jobs().stream().mapToLong(JobOutcome::endNanos).toArray();
    }

    private static void assertEnds(ClusterOutcome outcome, long... expected) {
        assertEquals(
                LongStream.of(expected).boxed().toList(),
                LongStream.of(ends(outcome)).boxed().toList());
    }

    @Test
    void theHeadOfAQueueBlocksAllBehindIt() {
        assertEnds(on4(new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE)), 100, 150, 180);
    }

    @Test
    void whateverFitsOvertakesWideJobs() {
        assertEnds(on4(new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.WHATEVER_FITS)), 100, 150, 50);
    }

    @Test
    void theShortestRemainingTimeRunsFirst() {
        ClusterOutcome outcome = on4(new PreemptiveOrder(PreemptiveOrder.Key.REMAINING_TIME));

        // At 10 b (50 left) drives a (90) out. At 20 c (30) comes before b (40), beside which only a fits.
        // At 50 b drives a (60) out once more.
        assertEnds(outcome, 150, 90, 50);
        assertEquals(
                List.of(2, 1, 0),
                outcome.jobs().stream().map(JobOutcome::preemptions).toList());
    }

    @Test
    void aJobThatNeverFitsIsRefusedBeforeAnythingRuns() {
        List<ClusterJob> jobs = List.of(ClusterJob.of("wide", 0, 5, 1));

        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> ClusterSimulation.run(
                        jobs, FreeGpus.equal(1, 4), new AnyGpus(), new PreemptiveOrder(PreemptiveOrder.Key.SIZE)));

        assertEquals("job wide wants 5 GPUs, which the cluster of 4 can never give it", refused.getMessage());
    }

    @Test
    void aJobOfNoTimeEndsWhenItStarts() {
        List<ClusterJob> jobs = List.of(ClusterJob.of("a", 5, 1, 0));

        assertEnds(
                ClusterSimulation.run(
                        jobs,
                        FreeGpus.equal(1, 1),
                        new AnyGpus(),
                        new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.NONE)),
                5);
    }

    /** Handing out only what changed gives what emptying the cluster at every event and handing it out anew gives. */
    @Test
    void shortcutsOfPreemptionChangeNothing() {
        for (int seed = 0; seed < 200; seed++) {
            List<ClusterJob> jobs = random(seed);
            assertSame(jobs, PreemptiveOrder.Key.REMAINING_TIME, RepackedOrder.Key.SHORTEST, seed);
            assertSame(jobs, PreemptiveOrder.Key.REMAINING_SERVICE, RepackedOrder.Key.SHORTEST_GPU, seed);
            assertSame(jobs, PreemptiveOrder.Key.SIZE, RepackedOrder.Key.SJF, seed);
        }
    }

    private static void assertSame(
            List<ClusterJob> jobs, PreemptiveOrder.Key key, RepackedOrder.Key reference, int seed) {
        ClusterOutcome quick =
                ClusterSimulation.run(jobs, FreeGpus.equal(2, 8), new AnyGpus(), new PreemptiveOrder(key));
        ClusterOutcome slow =
                ClusterSimulation.run(jobs, FreeGpus.equal(2, 8), new AnyGpus(), new RepackedOrder(reference));

        assertEquals(slow.jobs(), quick.jobs(), key + " of seed " + seed);
    }

    /** Run times are different whole microseconds, so that no two keys are equal and services are exact. */
    private static List<ClusterJob> random(int seed) {
        Random random = new Random(seed);
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long run = 1_000L * (100_000L * random.nextInt(1, 5_000) + 1_009L * i + 1);
            jobs.add(ClusterJob.of("j" + i, 1_000L * random.nextInt(20_000_000), 1 << random.nextInt(5), run));
        }
        return jobs.stream()
                .sorted(Comparator.comparingLong(ClusterJob::submitNanos))
                .toList();
    }

    /** At no moment does a node give more GPUs than it has: taking too many throws. Every job runs exactly its work. */
    @Test
    void everyJobEndsUnderEveryPolicyAndPlacement() {
        for (int seed = 0; seed < 50; seed++) {
            for (Choice choice : Choice.values()) {
                for (SchedulingPolicy policy : policies()) {
                    List<ClusterJob> jobs = random(seed);
                    ClusterOutcome outcome =
                            ClusterSimulation.run(jobs, FreeGpus.equal(2, 8), new Consolidate(choice), policy);
                    assertTrue(
                            outcome.jobs().stream().allMatch(job -> job.isDone() && job.waitNanos() >= 0),
                            policy.name());
                    assertTrue(
                            outcome.makespanNanos() * outcome.gpus()
                                    >= jobs.stream()
                                            .mapToLong(job -> job.runNanos() * job.gpus())
                                            .sum(),
                            policy.name());
                }
            }
        }
    }

    private static List<SchedulingPolicy> policies() {
        List<SchedulingPolicy> policies = new ArrayList<>();
        for (QueueOrder.Key key : QueueOrder.Key.values()) {
            for (Overtaking overtaking : Overtaking.values()) {
                policies.add(new QueueOrder(key, overtaking));
            }
        }
        for (PreemptiveOrder.Key key : PreemptiveOrder.Key.values()) {
            policies.add(new PreemptiveOrder(key));
        }
        return policies;
    }
}
