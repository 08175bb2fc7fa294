package trainyard.scheduler.policy.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.hetero.MaxMinFairness;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.InPools;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.sim.engine.SimTime;

/** Schedules worked out by hand, in rounds of six minutes. */
class ShareRoundsTest {

    private static final long MINUTE = 60 * SimTime.NANOS_PER_SECOND;

    /** One node with one fast GPU, one with one slow GPU. */
    private static final ClusterLayout FAST_AND_SLOW = ClusterLayout.of(List.of(
            NodePool.of("fast", 1, 1).withGpuType("fast"),
            NodePool.of("slow", 1, 1).withGpuType("slow")));

    private static List<Long> endMinutes(ClusterLayout layout, ShareKind kind, PoolSpeeds speeds, ClusterJob... jobs) {
        return play(layout, kind, speeds, jobs).jobs().stream()
                .map(JobOutcome::endNanos)
                .map(end -> end / MINUTE)
                .toList();
    }

    private static ClusterOutcome play(ClusterLayout layout, ShareKind kind, PoolSpeeds speeds, ClusterJob... jobs) {
        ShareRules rules = new ShareRules(
                kind,
                6 * MINUTE,
                layout.pools().stream().map(NodePool::gpuType).toList(),
                layout.pools().stream()
                        .map(pool -> pool.nodes() * pool.gpusPerNode())
                        .toList(),
                speeds,
                Map.of());
        return ClusterSimulation.run(
                List.of(jobs),
                layout.free(),
                new InPools(layout, new AnyGpus()),
                new ShareRounds(rules),
                RunOptions.plain().withSpeed(speeds.times(SpeedModel.CONSTANT, layout)));
    }

    /** Half the time on each: after a round they change places, and 6 + 3 minutes of work are done by both. */
    @Test
    void equalJobsTakeTurnsOnTheFastGpu() {
        PoolSpeeds half = new PoolSpeeds(Map.of("slow", 0.5), Map.of());

        for (ShareKind kind : List.of(ShareKind.MAX_MIN_FAIRNESS, ShareKind.EQUAL, ShareKind.FINISH_TIME_FAIRNESS)) {
            assertThat(endMinutes(
                            FAST_AND_SLOW,
                            kind,
                            half,
                            ClusterJob.of("a", 0, 1, 9 * MINUTE),
                            ClusterJob.of("b", 0, 1, 9 * MINUTE)))
                    .as(kind.word())
                    .containsExactly(12L, 12L);
        }
    }

    /** Who gains nothing from the fast GPU leaves it to the other: 1 + 1 is the largest sum; the other way it is 1 + 0.1. */
    @Test
    void theJobThatGainsMostHasTheFastGpu() {
        PoolSpeeds speeds = new PoolSpeeds(Map.of(), Map.of("slow", Map.of("vision", 0.1)));

        assertThat(endMinutes(
                        FAST_AND_SLOW,
                        ShareKind.MAX_SUM_THROUGHPUT,
                        speeds,
                        ClusterJob.of("tabular/1", 0, 1, 10 * MINUTE),
                        ClusterJob.of("vision/1", 0, 1, 10 * MINUTE)))
                .containsExactly(10L, 10L);
    }

    /**
     * Three jobs of 12 minutes on one GPU have a third each: A, B, C, A, B, C. A ends after its second round at 24, and no other
     * starts within a round. After each end shares are chosen anew, and B and C still have a round each to go.
     */
    @Test
    void oneGpuGoesRound() {
        ClusterOutcome outcome = play(
                ClusterLayout.of(List.of(NodePool.of("one", 1, 1).withGpuType("one"))),
                ShareKind.MAX_MIN_FAIRNESS,
                PoolSpeeds.EQUAL,
                ClusterJob.of("a", 0, 1, 12 * MINUTE),
                ClusterJob.of("b", 0, 1, 12 * MINUTE),
                ClusterJob.of("c", 0, 1, 12 * MINUTE));

        assertThat(outcome.jobs())
                .extracting(JobOutcome::endNanos)
                .containsExactly(24 * MINUTE, 30 * MINUTE, 36 * MINUTE);
        assertThat(outcome.jobs()).extracting(JobOutcome::preemptions).containsExactly(1, 1, 1);
    }

    /** A job that ends after 2 minutes of its round leaves the GPU idle until the next. */
    @Test
    void nothingStartsWithinARound() {
        assertThat(endMinutes(
                        ClusterLayout.of(List.of(NodePool.of("one", 1, 1).withGpuType("one"))),
                        ShareKind.MAX_MIN_FAIRNESS,
                        PoolSpeeds.EQUAL,
                        ClusterJob.of("a", 0, 1, 2 * MINUTE),
                        ClusterJob.of("b", MINUTE, 1, 2 * MINUTE),
                        ClusterJob.of("c", 20 * MINUTE, 1, MINUTE)))
                .containsExactly(2L, 8L, 21L);
    }

    /** Over many rounds the part of the time that each job has each type is the share that its policy chose. */
    @Test
    void theTimeThatJobsGetTendsToTheirShares() {
        ClusterLayout layout = ClusterLayout.of(List.of(
                NodePool.of("fast", 1, 2).withGpuType("fast"),
                NodePool.of("slow", 2, 1).withGpuType("slow")));
        PoolSpeeds speeds =
                new PoolSpeeds(Map.of(), Map.of("slow", Map.of("a", 0.1, "b", 0.3, "c", 0.5, "d", 0.7, "e", 0.9)));
        List<ClusterJob> jobs = Stream.of("a", "b", "c", "d", "e")
                .map(id -> ClusterJob.of(id, 0, 1, 1_000_000 * MINUTE))
                .toList();
        long rounds = 2000;
        TimeByType times = new TimeByType(layout, jobs.size());

        ClusterSimulation.run(
                jobs,
                layout.free(),
                new InPools(layout, new AnyGpus()),
                new ShareRounds(new ShareRules(
                        ShareKind.MAX_MIN_FAIRNESS, MINUTE, List.of("fast", "slow"), List.of(2, 2), speeds, Map.of())),
                RunOptions.plain()
                        .withSpeed(speeds.times(SpeedModel.CONSTANT, layout))
                        .withHorizonNanos(rounds * MINUTE)
                        .withWatcher(times));

        double[][] speedsByType = jobs.stream()
                .map(job -> new double[] {1, speeds.of(job, "slow")})
                .toArray(double[][]::new);
        double[] ones = {1, 1, 1, 1, 1};
        double[][] shares = new MaxMinFairness(true)
                .shares(new ShareDemand(
                        jobs.stream().map(ClusterJob::id).toList(),
                        speedsByType,
                        new int[] {1, 1, 1, 1, 1},
                        ones,
                        new double[] {6e7, 6e7, 6e7, 6e7, 6e7},
                        new double[5],
                        new int[] {2, 2}));
        for (int job = 0; job < jobs.size(); job++) {
            for (int type = 0; type < 2; type++) {
                assertThat(times.nanos[job][type] / (double) (rounds * MINUTE))
                        .as("job %d on type %d", job, type)
                        .isCloseTo(shares[job][type], within(0.01));
            }
        }
    }

    /** How long each job runs on each pool. */
    private static final class TimeByType implements JobWatcher {

        private static final long NOT_RUNNING = -1;

        private final ClusterLayout layout;
        private final long[][] nanos;
        private final long[] since;
        private final int[] pool;

        TimeByType(ClusterLayout layout, int jobs) {
            this.layout = layout;
            nanos = new long[jobs][layout.pools().size()];
            since = new long[jobs];
            Arrays.fill(since, NOT_RUNNING);
            pool = new int[jobs];
        }

        @Override
        public void started(long nowNanos, int job, NodeShares shares) {
            since[job] = nowNanos;
            pool[job] = layout.domain(DomainLevel.POOL, shares.node(0));
        }

        @Override
        public void stopped(long nowNanos, int job) {
            nanos[job][pool[job]] += nowNanos - since[job];
            since[job] = NOT_RUNNING;
        }

        @Override
        public void over(long nowNanos) {
            for (int job = 0; job < since.length; job++) {
                if (since[job] != NOT_RUNNING) {
                    stopped(nowNanos, job);
                }
            }
        }
    }
}
