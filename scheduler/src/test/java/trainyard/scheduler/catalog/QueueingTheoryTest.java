package trainyard.scheduler.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.SchedulingPolicy;
import trainyard.scheduler.policy.fairness.DominantShare;
import trainyard.scheduler.policy.fairness.TeamOrder;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

/** Policies against the optimum, against closed forms of queues with random arrivals, and against published examples. */
class QueueingTheoryTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;
    /** Jobs a second, where a job takes a second in the mean. */
    private static final double RATE = 0.7;

    private static final int DRAWN = 400_000;
    private static final double NOISE = 0.03;
    private static final int STEPS = 2_000;

    private static List<JobOutcome> run(int gpus, SchedulingPolicy policy, List<ClusterJob> jobs) {
        return ClusterSimulation.run(jobs, FreeGpus.equal(1, gpus), new AnyGpus(), policy)
                .jobs();
    }

    private static double meanSeconds(List<JobOutcome> jobs, ToDoubleFunction<JobOutcome> nanos) {
        return jobs.stream().mapToDouble(nanos).average().orElseThrow() / SECOND;
    }

    /** Jobs of one GPU that come as a Poisson process. */
    private static List<ClusterJob> drawn(double rate, DoubleUnaryOperator runOfUniform) {
        Random random = new Random(1);
        List<ClusterJob> jobs = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < DRAWN; i++) {
            at += -Math.log1p(-random.nextDouble()) / rate;
            double run = runOfUniform.applyAsDouble(random.nextDouble());
            jobs.add(ClusterJob.of("j" + i, SimTime.nanos(at), 1, Math.max(1, SimTime.nanos(run))));
        }
        return jobs;
    }

    private static double exponential(double uniform) {
        return -Math.log1p(-uniform);
    }

    /** Nine of ten take a half, one takes 5.5: a mean of 1 and a mean square of 3.25. */
    private static double shortOrLong(double uniform) {
        return uniform < 0.9 ? 0.5 : 5.5;
    }

    /** The least sum of ends of jobs that may be stopped at any second, over all orders in which seconds can be handed out. */
    private static int least(int[] submit, int[] left, int second, Map<String, Integer> known) {
        if (Arrays.stream(left).sum() == 0) {
            return 0;
        }
        String state = second + Arrays.toString(left);
        Integer before = known.get(state);
        if (before != null) {
            return before;
        }
        int best = Integer.MAX_VALUE;
        for (int job = 0; job < left.length; job++) {
            if (left[job] > 0 && submit[job] <= second) {
                left[job]--;
                int ends = left[job] == 0 ? second + 1 : 0;
                best = Math.min(best, ends + least(submit, left, second + 1, known));
                left[job]++;
            }
        }
        best = best == Integer.MAX_VALUE ? least(submit, left, second + 1, known) : best;
        known.put(state, best);
        return best;
    }

    /** Schrage, Operations Research 1968. */
    @Test
    void onOneGpuNoScheduleIsShorterInTheMeanThanShortestRemainingTimeFirst() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int[] submit = random.ints(5, 0, 10).toArray();
            int[] run = random.ints(5, 1, 6).toArray();
            List<ClusterJob> jobs = new ArrayList<>();
            for (int i = 0; i < run.length; i++) {
                jobs.add(ClusterJob.of("j" + i, submit[i] * SECOND, 1, run[i] * SECOND));
            }

            long ends = run(1, PolicyKind.SRTF.make(PolicyOptions.DEFAULTS), jobs).stream()
                    .mapToLong(JobOutcome::endNanos)
                    .sum();

            assertThat(ends / SECOND).as("seed " + seed).isEqualTo(least(submit, run, 0, new HashMap<>()));
        }
    }

    /** Pollaczek and Khinchine: the mean wait is rate x mean square / 2 / (1 - use). */
    @Test
    void jobsOnOneGpuInOrderOfArrivalWaitAsPollaczekAndKhinchineSay() {
        List<JobOutcome> exponential =
                run(1, PolicyKind.FIFO.make(PolicyOptions.DEFAULTS), drawn(RATE, QueueingTheoryTest::exponential));
        List<JobOutcome> twoSizes =
                run(1, PolicyKind.FIFO.make(PolicyOptions.DEFAULTS), drawn(RATE, QueueingTheoryTest::shortOrLong));
        double expected = RATE * 2 / 2 / (1 - RATE);

        assertThat(meanSeconds(exponential, JobOutcome::waitNanos)).isCloseTo(expected, within(NOISE * expected));
        assertThat(meanSeconds(twoSizes, JobOutcome::waitNanos))
                .isCloseTo(expected * 3.25 / 2, within(NOISE * expected * 3.25 / 2));
    }

    /** Where each wants both GPUs nobody can overtake: an M/M/1 queue under every policy of one queue in the order of arrival. */
    @Test
    void jobsThatWantAllGpusAreOneQueueForOneServer() {
        List<ClusterJob> wide = drawn(RATE, QueueingTheoryTest::exponential).stream()
                .map(job -> new ClusterJob(job.id(), "", job.submitNanos(), 2, job.runNanos(), job.limitNanos()))
                .toList();
        double expected = RATE / (1 - RATE);

        for (PolicyKind policy : List.of(PolicyKind.FIFO, PolicyKind.FIFO_FIT_FIRST, PolicyKind.EASY)) {
            List<JobOutcome> jobs = run(2, policy.make(PolicyOptions.DEFAULTS), wide);
            assertThat(meanSeconds(jobs, JobOutcome::waitNanos))
                    .as(policy.word())
                    .isCloseTo(expected, within(NOISE * expected));
        }
    }

    /**
     * Shortest job first without preemption (Cobham 1954, with a class for each run time): a job of x waits
     * rate x mean square / 2 / (1 - use of those up to x)^2, where no two take the same.
     */
    @Test
    void theShortestJobFirstWaitsAsCobhamSays() {
        List<JobOutcome> jobs =
                run(1, PolicyKind.SJF.make(PolicyOptions.DEFAULTS), drawn(RATE, QueueingTheoryTest::exponential));
        double expected = mean(x -> RATE / Math.pow(1 - use(x), 2));

        assertThat(meanSeconds(jobs, JobOutcome::waitNanos)).isCloseTo(expected, within(NOISE * expected));
    }

    /** Schrage and Miller, Operations Research 1966. */
    @Test
    void theShortestRemainingTimeFirstTakesAsLongAsSchrageAndMillerSay() {
        List<JobOutcome> jobs =
                run(1, PolicyKind.SRTF.make(PolicyOptions.DEFAULTS), drawn(RATE, QueueingTheoryTest::exponential));
        double expected = mean(x -> RATE * (square(x) + x * x * Math.exp(-x)) / 2 / Math.pow(1 - use(x), 2)
                + integral(t -> 1 / (1 - use(t)), x));

        assertThat(meanSeconds(jobs, JobOutcome::completionNanos)).isCloseTo(expected, within(NOISE * expected));
    }

    /**
     * Least attained service (Kleinrock, Queueing Systems 2, 1976, section 4.6): a job of x takes
     * (rate x mean square of min(S, x) / 2 / (1 - use of min(S, x)) + x) / (1 - use of min(S, x)). Two sizes, in quanta of a
     * fiftieth of the mean.
     */
    @Test
    void theLeastAttainedServiceFirstTakesAsLongAsKleinrockSays() {
        PolicyOptions fine = PolicyOptions.DEFAULTS.with(
                new ServiceRules(0.02, 480, List.of(480.0, 1440.0), 0, List.of(240.0, 480.0)));
        List<ClusterJob> drawn = drawn(RATE, QueueingTheoryTest::shortOrLong).subList(0, DRAWN / 8);
        List<JobOutcome> jobs = run(1, PolicyKind.LAS.make(fine), drawn);
        double cut = 1 - RATE * 0.5;
        double shorter = (RATE * 0.25 / 2 / cut + 0.5) / cut;
        double longer = (RATE * 3.25 / 2 / (1 - RATE) + 5.5) / (1 - RATE);

        assertThat(meanSeconds(ofRun(jobs, 0.5), JobOutcome::completionNanos))
                .isCloseTo(shorter, within(2 * NOISE * shorter));
        assertThat(meanSeconds(ofRun(jobs, 5.5), JobOutcome::completionNanos))
                .isCloseTo(longer, within(3 * NOISE * longer));
    }

    private static List<JobOutcome> ofRun(List<JobOutcome> jobs, double seconds) {
        return jobs.stream()
                .filter(job -> job.job().runNanos() == SimTime.nanos(seconds))
                .toList();
    }

    /** Jobs of at most x keep the GPU busy for this part of the time: rate x integral of t exp(-t). */
    private static double use(double x) {
        return RATE * (1 - (1 + x) * Math.exp(-x));
    }

    /** Integral of t^2 exp(-t) up to x. */
    private static double square(double x) {
        return 2 - (x * x + 2 * x + 2) * Math.exp(-x);
    }

    /** Over exponential run times with a mean of 1. */
    private static double mean(DoubleUnaryOperator ofRun) {
        double sum = 0;
        for (int i = 0; i < STEPS; i++) {
            sum += ofRun.applyAsDouble(exponential((i + 0.5) / STEPS));
        }
        return sum / STEPS;
    }

    private static double integral(DoubleUnaryOperator of, double to) {
        double sum = 0;
        for (int i = 0; i < STEPS; i++) {
            sum += of.applyAsDouble(to * (i + 0.5) / STEPS);
        }
        return sum * to / STEPS;
    }

    /**
     * The example of Ghodsi et al., NSDI 2011, section 4.1: of 9 processors and 18 GB a task of A wants 1 and 4 GB, one of B
     * 3 and 1 GB; A gets three tasks and B two, each two thirds of what it wants most. GPUs are plenty here.
     */
    @Test
    void dominantSharesAreThoseOfTheirPaper() {
        List<ClusterJob> jobs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            jobs.add(task("a" + i, "A", 1, 4e9));
            jobs.add(task("b" + i, "B", 3, 1e9));
        }
        List<JobOutcome> outcome = run(100, new TeamOrder(new DominantShare(Map.of(), 9, 18e9)), jobs);

        assertThat(startedAtOnce(outcome, "A")).isEqualTo(3);
        assertThat(startedAtOnce(outcome, "B")).isEqualTo(2);
    }

    private static ClusterJob task(String id, String team, double cpus, double memory) {
        return new ClusterJob(id, team, 0, 1, SECOND, SECOND, JobTraits.NONE.withHost(cpus, memory));
    }

    private static long startedAtOnce(List<JobOutcome> jobs, String team) {
        return jobs.stream()
                .filter(job -> job.job().team().equals(team) && job.startNanos() == 0)
                .count();
    }
}
