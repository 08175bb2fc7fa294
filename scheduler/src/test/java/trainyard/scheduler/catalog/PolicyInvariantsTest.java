package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.PodRules;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;

/** What holds for every policy of the catalogue, on random workloads. */
class PolicyInvariantsTest {

    private static final int SEEDS = 6;
    private static final PolicyOptions OPTIONS = PolicyOptions.DEFAULTS
            .with(new PodRules(1, 600_000_000_000L, 60_000_000_000L))
            .with(GoodputRules.POLLUX.searching(6, 4));

    private static ClusterOutcome run(List<ClusterJob> jobs, Placement placement, WatchedPolicy policy) {
        return ClusterSimulation.run(jobs, FreeGpus.equal(3, 8), placement, policy);
    }

    @ParameterizedTest
    @EnumSource
    void everyJobEndsOnItsGpusAndNoneIsHeldTwice(PolicyKind kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<ClusterJob> jobs = RandomJobs.of(seed, 80);
            for (Placement placement : List.of(new AnyGpus(), new Consolidate(Consolidate.Choice.BEST_FIT))) {
                boolean conserving = WatchedPolicy.WORK_CONSERVING.contains(kind) && placement.ignoresNodes();
                WatchedPolicy policy = new WatchedPolicy(kind.make(OPTIONS), conserving);

                ClusterOutcome outcome = run(jobs, placement, policy);

                assertTrue(
                        outcome.jobs().stream().allMatch(job -> job.isDone() && job.waitNanos() >= 0),
                        kind + " of seed " + seed);
                assertLittlesLaw(outcome, policy);
                assertEquals(outcome, run(jobs, placement, new WatchedPolicy(kind.make(OPTIONS), false)));
            }
        }
    }

    /** The mean number of jobs in the system is their rate of arrival times their mean time in it, over the whole run. */
    private static void assertLittlesLaw(ClusterOutcome outcome, WatchedPolicy policy) {
        double times =
                outcome.jobs().stream().mapToDouble(JobOutcome::completionNanos).sum();
        assertEquals(1, policy.jobNanos() / times, 0.01);
    }
}
