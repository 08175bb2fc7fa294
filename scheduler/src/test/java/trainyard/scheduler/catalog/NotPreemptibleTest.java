package trainyard.scheduler.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobSize;
import trainyard.scheduler.job.JobStages;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.Consolidate;
import trainyard.scheduler.placement.Placement;
import trainyard.scheduler.policy.PodRules;
import trainyard.scheduler.policy.goodput.GoodputRules;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.Defragmentation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.sim.engine.SimTime;

/** A job that is not preemptible runs in one piece under every policy of the catalogue, on random workloads. */
class NotPreemptibleTest {

    private static final int SEEDS = 5;
    private static final List<JobStages> STAGES = List.of(new JobStages(2, 1, 0, 0), new JobStages(0, 0, 2, 1));
    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    private static final JobCosts COSTS =
            new JobCosts(20 * SECOND, 10 * SECOND, CheckpointCycle.NONE, 15 * SECOND, OnStop.SAVES);
    private static final PolicyOptions OPTIONS = PolicyOptions.DEFAULTS
            .with(new PodRules(1, 600_000_000_000L, 60_000_000_000L))
            .with(GoodputRules.POLLUX.searching(6, 4));

    /** Policies that stop others, and those that resize them. */
    private static final Set<PolicyKind> STOPPING = EnumSet.of(
            PolicyKind.SRTF,
            PolicyKind.SRSF,
            PolicyKind.SMALLEST_FIRST,
            PolicyKind.LAS,
            PolicyKind.LAS_2D,
            PolicyKind.GITTINS,
            PolicyKind.PRIORITY,
            PolicyKind.FINISH_TIME_FAIRNESS,
            PolicyKind.SHARES,
            PolicyKind.MURI_S,
            PolicyKind.MURI_L,
            PolicyKind.ELASTIC_FIFO);

    /** Jobs that share GPUs are not moved. */
    private static final Set<PolicyKind> GROUPING = EnumSet.of(PolicyKind.MURI_S, PolicyKind.MURI_L);

    /** Every third job is not preemptible; under a policy that chooses sizes all are elastic; stages take turns. */
    private static List<ClusterJob> jobs(PolicyKind kind, int seed) {
        List<ClusterJob> jobs = new ArrayList<>();
        for (ClusterJob job : RandomJobs.of(seed, 80)) {
            JobTraits traits = job.traits()
                    .withPreemptible(jobs.size() % 3 != 0)
                    .withStages(STAGES.get(jobs.size() % STAGES.size()));
            jobs.add(job.with(kind == PolicyKind.ELASTIC_FIFO ? traits.withSize(JobSize.elastic(1, 16)) : traits));
        }
        return jobs;
    }

    private static final class Stops implements JobWatcher {
        private final int[] count = new int[80];

        @Override
        public void stopped(long nowNanos, int job) {
            count[job]++;
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsNeverStopped(PolicyKind kind) {
        int stops = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            for (Placement placement : List.of(new AnyGpus(), new Consolidate(Consolidate.Choice.BEST_FIT))) {
                Stops watcher = new Stops();
                RunOptions plain =
                        RunOptions.plain().withCosts((job, gpus) -> COSTS).withWatcher(watcher);
                ClusterOutcome outcome = ClusterSimulation.run(
                        jobs(kind, seed),
                        FreeGpus.equal(3, 8),
                        placement,
                        kind.make(OPTIONS),
                        placement.ignoresNodes() || GROUPING.contains(kind)
                                ? plain
                                : plain.withDefragmentation(new Defragmentation(4, 0)));

                for (int job = 0; job < outcome.jobs().size(); job++) {
                    assertTrue(outcome.jobs().get(job).isDone(), kind + " of seed " + seed);
                    if (!outcome.jobs().get(job).job().traits().preemptible()) {
                        assertEquals(1, watcher.count[job], kind + " of seed " + seed);
                    }
                    stops += watcher.count[job] - 1;
                }
            }
        }
        assertTrue(!STOPPING.contains(kind) || stops > 0, kind + " stops others");
    }
}
