package trainyard.scheduler.policy.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.scheduler.account.ClusterLedger;
import trainyard.scheduler.account.GpuUse;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.hetero.MaxMinFairness;
import trainyard.scheduler.hetero.ShareDemand;
import trainyard.scheduler.hetero.SharePair;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.CheckpointCycle;
import trainyard.scheduler.overhead.JobCosts;
import trainyard.scheduler.overhead.JobCosts.OnStop;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.placement.InPools;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.run.watch.JobWatcher;
import trainyard.scheduler.speed.PairSpeeds;
import trainyard.scheduler.speed.PoolSpeeds;
import trainyard.scheduler.speed.SpeedModel;
import trainyard.sim.engine.SimTime;

/** Two jobs on the same GPUs, in rounds of six minutes. */
class PairedRoundsTest {

    private static final long MINUTE = 60 * SimTime.NANOS_PER_SECOND;
    private static final ClusterLayout ONE_GPU =
            ClusterLayout.of(List.of(NodePool.of("one", 1, 1).withGpuType("one")));
    private static final PairSpeeds THREE_QUARTERS = PairSpeeds.stated(4 / 3.0);

    private static ClusterOutcome play(
            ClusterLayout layout, ShareKind kind, PairSpeeds pairs, RunOptions options, List<ClusterJob> jobs) {
        ShareRules rules = new ShareRules(
                kind,
                6 * MINUTE,
                layout.pools().stream().map(NodePool::gpuType).toList(),
                layout.pools().stream()
                        .map(pool -> pool.nodes() * pool.gpusPerNode())
                        .toList(),
                PoolSpeeds.EQUAL,
                Map.of(),
                pairs);
        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                layout.free(),
                new InPools(layout, new AnyGpus()),
                new ShareRounds(rules),
                options.withPairs(pairs.on(layout)).withAccounts());
        ClusterLedger ledger = outcome.ledger().orElseThrow();
        assertThat(ledger.total())
                .isEqualTo(BigInteger.valueOf(outcome.endNanos()).multiply(BigInteger.valueOf(outcome.gpus())));
        return outcome;
    }

    private static List<Long> endMinutes(PairSpeeds pairs, ClusterJob... jobs) {
        return play(ONE_GPU, ShareKind.MAX_MIN_FAIRNESS, pairs, RunOptions.plain(), List.of(jobs)).jobs().stream()
                .map(JobOutcome::endNanos)
                .map(end -> Math.round((double) end / MINUTE))
                .toList();
    }

    /**
     * Beside each other "a" does its 12 minutes in 16, in which "b" does 12 of its 24, too; the other 12 it does alone. By turns "a" has the rounds
     * from 0 and from 12 and ends at 18, "b" at 36.
     */
    @Test
    void twoJobsOnOneGpuAreDoneSoonerThanByTurns() {
        ClusterJob a = ClusterJob.of("a", 0, 1, 12 * MINUTE);
        ClusterJob b = ClusterJob.of("b", 0, 1, 24 * MINUTE);

        assertThat(endMinutes(THREE_QUARTERS, a, b)).containsExactly(16L, 28L);
        assertThat(endMinutes(PairSpeeds.NONE, a, b)).containsExactly(18L, 36L);
    }

    /** Each has half of the 16 minutes in which both work at 0.75, and that is useful: each does more than it would with half of the GPU's time. */
    @Test
    void allTimeOfAPairIsBooked() {
        ClusterOutcome outcome = play(
                ONE_GPU,
                ShareKind.MAX_MIN_FAIRNESS,
                THREE_QUARTERS,
                RunOptions.plain(),
                List.of(ClusterJob.of("a", 0, 1, 12 * MINUTE), ClusterJob.of("b", 0, 1, 24 * MINUTE)));

        assertThat(outcome.ledger().orElseThrow().gpuSeconds(GpuUse.USEFUL)).isCloseTo(28 * 60, within(1e-3));
        assertThat(outcome.preemptions()).isZero();
    }

    /** At 0.45 each two do less than one, so they take turns; so do jobs that may not be stopped, and jobs of other sizes. */
    @Test
    void pairsThatGainNothingAreNotMade() {
        ClusterJob a = ClusterJob.of("a", 0, 1, 6 * MINUTE);
        ClusterJob b = ClusterJob.of("b", 0, 1, 6 * MINUTE);

        assertThat(endMinutes(PairSpeeds.stated(1 / 0.45), a, b)).containsExactly(6L, 12L);
        assertThat(endMinutes(THREE_QUARTERS, a.with(JobTraits.NONE.withPreemptible(false)), b))
                .containsExactly(6L, 12L);
    }

    /**
     * Three jobs of 9 minutes, of which two have the GPU in each round and do 4.5 minutes each. Whoever is in the first two rounds ends at 12, after which the
     * others, with one round behind them, have the third together. By turns the first one ends at 21.
     */
    @Test
    void partnersChange() {
        ClusterJob a = ClusterJob.of("a", 0, 1, 9 * MINUTE);
        ClusterJob b = ClusterJob.of("b", 0, 1, 9 * MINUTE);
        ClusterJob c = ClusterJob.of("c", 0, 1, 9 * MINUTE);

        List<Long> ends = endMinutes(THREE_QUARTERS, a, b, c);

        assertThat(ends).containsExactlyInAnyOrder(12L, 18L, 18L);
        assertThat(endMinutes(PairSpeeds.NONE, a, b, c)).allMatch(end -> end >= 21);
    }

    /** Counts who joins another on its GPUs: one at most. */
    private static final class Together implements JobWatcher {
        private int pairs;

        @Override
        public void joined(long nowNanos, int job) {
            pairs++;
        }

        @Override
        public void turns(long nowNanos, int job, int turn, int count) {
            assertThat(turn).isLessThan(count);
            assertThat(count).isLessThanOrEqualTo(2);
        }
    }

    /** Random jobs with all costs: all are done, none before its time, at most two have the same GPUs, and all GPU time is booked. */
    @ParameterizedTest
    @EnumSource(names = {"MAX_MIN_FAIRNESS", "FINISH_TIME_FAIRNESS", "MIN_TOTAL_DURATION"})
    void theBooksBalanceWhoeverSharesGpus(ShareKind kind) {
        ClusterLayout layout = ClusterLayout.of(List.of(
                NodePool.of("fast", 1, 4).withGpuType("fast"),
                NodePool.of("slow", 2, 2).withGpuType("slow")));
        PairSpeeds pairs = (job, other, type) -> {
            int both = job.id().hashCode() + other.id().hashCode();
            return both % 4 == 0 ? 0 : 0.4 + 0.15 * (both % 4) + (type.equals("slow") ? 0.1 : 0);
        };
        JobCosts costs = new JobCosts(
                5 * SimTime.NANOS_PER_SECOND,
                3 * SimTime.NANOS_PER_SECOND,
                new CheckpointCycle(5 * MINUTE, SimTime.NANOS_PER_SECOND),
                2 * SimTime.NANOS_PER_SECOND,
                OnStop.SAVES);
        int[] shared = new int[1];
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            List<ClusterJob> jobs = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                jobs.add(ClusterJob.of(
                                "j" + i,
                                random.nextInt(200) * MINUTE,
                                1 << random.nextInt(3),
                                (1 + random.nextInt(90)) * MINUTE)
                        .with(JobTraits.NONE.withPreemptible(random.nextInt(6) > 0)));
            }
            Together watcher = new Together();

            ClusterOutcome outcome = play(
                    layout,
                    kind,
                    pairs,
                    RunOptions.plain().withCosts((job, gpus) -> costs).withWatcher(watcher),
                    jobs);

            shared[0] += watcher.pairs;
            assertThat(outcome.jobs()).allSatisfy(one -> {
                assertThat(one.isDone()).isTrue();
                assertThat(one.completionNanos())
                        .isGreaterThanOrEqualTo(one.job().runNanos());
                if (!one.job().traits().preemptible()) {
                    assertThat(one.preemptions()).isZero();
                }
            });
        }
        assertThat(shared[0]).isGreaterThan(50);
    }

    /**
     * Over many rounds each of 24 jobs on eight GPUs gets on as fast as the shares of it and of its pairs say; by turns it would have 6 / 24. Jobs of even
     * numbers go with those of odd ones alone: three jobs that all go with each other cannot be in each of their pairs for half of the time, whatever shares say.
     */
    @Test
    void theWorkOfJobsTendsToTheirShares() {
        int count = 24;
        ClusterLayout layout = ClusterLayout.of(List.of(
                NodePool.of("fast", 4, 1).withGpuType("fast"),
                NodePool.of("slow", 4, 1).withGpuType("slow")));
        List<ClusterJob> jobs = IntStream.range(0, count)
                .mapToObj(id -> ClusterJob.of(Integer.toString(id), 0, 1, 1_000_000 * MINUTE))
                .toList();
        PairSpeeds pairs = (job, other, type) ->
                part(Integer.parseInt(job.id()), Integer.parseInt(other.id()), type.equals("slow") ? 1 : 0);
        PoolSpeeds half = new PoolSpeeds(Map.of("slow", 0.5), Map.of());
        long rounds = 2000;

        ClusterOutcome outcome = ClusterSimulation.run(
                jobs,
                layout.free(),
                new InPools(layout, new AnyGpus()),
                new ShareRounds(new ShareRules(
                        ShareKind.MAX_MIN_FAIRNESS,
                        MINUTE,
                        List.of("fast", "slow"),
                        List.of(4, 4),
                        half,
                        Map.of(),
                        pairs)),
                RunOptions.plain()
                        .withSpeed(half.times(SpeedModel.CONSTANT, layout))
                        .withPairs(pairs.on(layout))
                        .withHorizonNanos(rounds * MINUTE));

        double[] rates = rates(count, new int[] {4, 4});
        for (int job = 0; job < count; job++) {
            double done = 1_000_000 * MINUTE - outcome.jobs().get(job).workLeftNanos();
            assertThat(done / (rounds * MINUTE)).as("job %d", job).isCloseTo(rates[job], within(0.01 * rates[job]));
        }
        assertThat(Arrays.stream(rates).min().orElseThrow()).isGreaterThan(1.6 * 6 / 24);
    }

    private static double part(int job, int other, int type) {
        double[][] parts = {{0.9, 0.6}, {0.8, 0.7}, {0.7, 0.8}, {0.6, 0.9}, {0.55, 0.55}};
        return (job + other) % 2 == 0 ? 0 : parts[(job + other) % 5][type];
    }

    /** Of max-min fairness over so many jobs of one GPU, half as fast on the second type, and those of their pairs that are used most. */
    private static double[] rates(int count, int[] fleet) {
        List<SharePair> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (int k = i + 1; k < count; k += 2) {
                double[] both = {part(i, k, 0), part(i, k, 1)};
                all.add(new SharePair(i, k, new double[][] {both, both}));
            }
        }
        double[] speeds = {1, 0.5};
        double[][] ofJobs = new double[count][];
        Arrays.fill(ofJobs, speeds);
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        int[] single = new int[count];
        Arrays.fill(single, 1);
        ShareDemand alone = new ShareDemand(
                IntStream.range(0, count).mapToObj(Integer::toString).toList(),
                ofJobs,
                single,
                ones,
                ones,
                new double[count],
                fleet);
        MaxMinFairness policy = new MaxMinFairness(true);
        List<SharePair> pairs = PairChoice.mostUsed(all, policy.shares(alone.withPairs(all)));
        double[][] shares = policy.shares(alone.withPairs(pairs));
        double[] rates = new double[count];
        for (int type = 0; type < 2; type++) {
            for (int job = 0; job < count; job++) {
                rates[job] += shares[job][type] * speeds[type];
            }
            for (int i = 0; i < pairs.size(); i++) {
                SharePair pair = pairs.get(i);
                double work = shares[count + i][type] * speeds[type];
                rates[pair.first()] += work * pair.parts()[0][type];
                rates[pair.second()] += work * pair.parts()[1][type];
            }
        }
        return rates;
    }

    /** Each of six jobs has the three of its pairs that have most time, and may have more that are of another's three. */
    @Test
    void fewPairsAreLeftOfMany() {
        List<SharePair> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            for (int k = i + 1; k < 6; k++) {
                all.add(new SharePair(i, k, new double[][] {{0.8}, {0.8}}));
            }
        }
        double[][] shares = new double[6 + all.size()][1];
        for (int i = 0; i < all.size(); i++) {
            shares[6 + i][0] = 0.01 * (i + 1);
        }

        List<SharePair> left = PairChoice.mostUsed(all, shares);

        // By time they are 4-5, 3-5, 3-4, 2-5, 2-4, 2-3, and then 1-5 to 1-2 and 0-5 to 0-1: 1 and 0 have three each
        // before 1-2, 0-2 and 0-1.
        assertThat(left)
                .extracting(pair -> pair.first() + "-" + pair.second())
                .containsExactly("0-3", "0-4", "0-5", "1-3", "1-4", "1-5", "2-3", "2-4", "2-5", "3-4", "3-5", "4-5");
    }

    @Test
    void outagesAndKindsWithoutPairsAreRefused() {
        RunOptions options = RunOptions.plain().withOutages(NodeOutages.of(List.of(NodeOutage.fault(50, 0, 1, 10))), 1);

        assertThatThrownBy(() -> play(
                        ONE_GPU,
                        ShareKind.MAX_MIN_FAIRNESS,
                        THREE_QUARTERS,
                        options,
                        List.of(ClusterJob.of("a", 0, 1, MINUTE))))
                .hasMessageContaining("jobs share GPUs, and outages of nodes");
        assertThatThrownBy(() -> play(
                        ONE_GPU,
                        ShareKind.EQUAL,
                        THREE_QUARTERS,
                        RunOptions.plain(),
                        List.of(ClusterJob.of("a", 0, 1, MINUTE))))
                .hasMessageContaining("pairs of jobs have no shares by equal-shares");
        assertThatThrownBy(() -> PairSpeeds.stated(0.9)).hasMessageContaining("at least as long beside others");
    }
}
