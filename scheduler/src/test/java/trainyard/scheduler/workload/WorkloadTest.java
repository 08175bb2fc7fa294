package trainyard.scheduler.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.outage.NodeOutage;
import trainyard.scheduler.outage.NodeOutages;
import trainyard.scheduler.overhead.RestartRules;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.workload.HyperparameterSweep.Stopping;
import trainyard.scheduler.workload.WorkloadCheck.Kind;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.RandomStreams;

class WorkloadTest {

    private static final double DAY = 86_400;

    /** Three of four jobs are of team a. */
    private static List<ClusterJob> jobs(ArrivalRate rate, double seconds) {
        ArrivalClass work = new ArrivalClass(
                "work",
                rate,
                new Weighted<>(new TreeMap<>(Map.of(1_000, 1.0, 2_000, 1.0))),
                new Exponential(600),
                2,
                new Weighted<>(new TreeMap<>(Map.of("a", 3.0, "b", 1.0))),
                JobTraits.NONE,
                Optional.empty());
        return work.jobs(seconds, new RandomStreams(1, 0));
    }

    @Test
    void jobsComeAsOftenAsTheRateSays() {
        List<ClusterJob> jobs = jobs(ArrivalRate.constant(0.01), 100 * DAY);

        // 86,400 in the mean with a standard deviation of 294.
        assertEquals(86_400, jobs.size(), 4 * 294);
        assertEquals(0.75, jobs.stream().filter(job -> job.team().equals("a")).count() / (double) jobs.size(), 0.01);
        double runSeconds = jobs.stream()
                .mapToLong(ClusterJob::runNanos)
                .mapToDouble(SimTime::seconds)
                .average()
                .orElseThrow();
        assertEquals(600, runSeconds, 4 * 600 / Math.sqrt(86_400));
        assertTrue(jobs.stream().allMatch(job -> job.limitNanos() >= 2 * job.runNanos() - 1));
    }

    @Test
    void daysHavePeaksAndWeekendsAreQuiet() {
        DailyRate rate = new DailyRate(0.05, 0.8, 14 * 3_600, 0.25);
        List<ClusterJob> jobs = jobs(rate, 70 * DAY);
        double[] byHour = new double[24];
        double weekend = 0;
        for (ClusterJob job : jobs) {
            double seconds = SimTime.seconds(job.submitNanos());
            byHour[(int) (seconds % DAY / 3_600)]++;
            weekend += (int) (seconds / DAY) % 7 >= 5 ? 1 : 0;
        }
        // The share of two days of a quarter beside five whole ones, and the ratio of the hours about 14:30 and 2:30.
        assertEquals(0.5 / 5.5, weekend / jobs.size(), 0.005);
        double high = 1 + 0.8 * Math.cos(2 * Math.PI * 0.5 / 24);
        double low = 1 - 0.8 * Math.cos(2 * Math.PI * 0.5 / 24);
        assertEquals(high / low, byHour[14] / byHour[2], 0.8);
    }

    /** A job is the same whatever the rate at which others come. */
    @Test
    void jobsHaveStreamsOfTheirOwn() {
        List<ClusterJob> few = jobs(ArrivalRate.constant(0.001), 10 * DAY);
        List<ClusterJob> many = jobs(ArrivalRate.constant(0.01), 10 * DAY);

        for (int i = 0; i < few.size(); i++) {
            assertEquals(few.get(i).runNanos(), many.get(i).runNanos());
            assertEquals(few.get(i).gpus(), many.get(i).gpus());
        }
    }

    private static ClusterOutcome run(List<ClusterJob> jobs, int gpus, RunOptions options) {
        return ClusterSimulation.run(
                jobs,
                FreeGpus.equal(1, gpus),
                new AnyGpus(),
                new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.WHATEVER_FITS),
                options);
    }

    private static ClusterJob after(String id, long run, String... before) {
        return ClusterJob.of(id, 0, 1, run).with(JobTraits.NONE.withAfter(List.of(before)));
    }

    @Test
    void jobsWaitForThoseBeforeThem() {
        List<ClusterJob> diamond = List.of(
                after("join", 5, "left", "right"),
                after("left", 10, "top"),
                after("right", 20, "top"),
                after("top", 3));

        ClusterOutcome outcome = run(diamond, 4, RunOptions.plain());

        // 3, then the longer of 10 and 20, then 5.
        assertEquals(
                List.of(28L, 13L, 23L, 3L),
                outcome.jobs().stream().map(JobOutcome::endNanos).toList());
    }

    @Test
    void jobsBehindOneThatIsGivenUpNeverRun() {
        List<ClusterJob> chain = List.of(after("a", 10), after("b", 10, "a"), after("c", 10, "b"), after("d", 4));

        ClusterOutcome outcome = run(
                chain,
                1,
                RunOptions.plain()
                        .withOutages(NodeOutages.of(List.of(jobsFail(2), jobsFail(4))), 1)
                        .withRules(new RestartRules(0, 1, true)));

        assertEquals(
                List.of(-1L, -1L, -1L, 8L),
                outcome.jobs().stream().map(JobOutcome::endNanos).toList());
        assertTrue(outcome.jobs().get(2).losses().gaveUp());
    }

    /** The job on node 0 fails, and the node stays. */
    private static NodeOutage jobsFail(long nanos) {
        return new NodeOutage(nanos, NodeOutage.Kind.FAULT, 0, 1, 0, 0, false, 0);
    }

    @Test
    void impossibleDependenciesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Dependencies.of(List.of(after("a", 1, "nobody"))));
        assertThrows(
                IllegalArgumentException.class, () -> Dependencies.of(List.of(after("a", 1, "b"), after("b", 1, "a"))));
    }

    private static HyperparameterSweep sweep(int trials, Stopping stopping) {
        return new HyperparameterSweep("s", "team", 0, trials, 1, List.of(10L, 20L, 60L), 3, stopping, JobTraits.NONE);
    }

    private static List<String> ran(ClusterOutcome outcome, int rung) {
        return outcome.jobs().stream()
                .filter(JobOutcome::isDone)
                .map(job -> job.job().id())
                .filter(id -> id.endsWith("rung" + rung))
                .toList();
    }

    private static ClusterOutcome play(HyperparameterSweep sweep, TrialScores scores, int gpus) {
        return run(sweep.jobs(), gpus, RunOptions.plain().withReleases(List.of(SweepReleases.of(sweep, scores))));
    }

    @Test
    void successiveHalvingKeepsTheBestThird() {
        ClusterOutcome outcome = play(sweep(9, Stopping.SYNCHRONOUS), (trial, rung) -> trial, 3);

        assertEquals(9, ran(outcome, 0).size());
        assertEquals(List.of("s/trial6/rung1", "s/trial7/rung1", "s/trial8/rung1"), ran(outcome, 1));
        assertEquals(List.of("s/trial8/rung2"), ran(outcome, 2));
        // Nine trials on three GPUs, then three, then one.
        assertEquals(30 + 20 + 60, outcome.endNanos());
        assertEquals(9 * 90, sweep(9, Stopping.NONE).fullGpuNanos());
    }

    @Test
    void withoutStoppingAllTrialsRunToTheEnd() {
        ClusterOutcome outcome = play(sweep(9, Stopping.NONE), (trial, rung) -> trial, 3);

        assertEquals(9, ran(outcome, 2).size());
        assertEquals(3 * 90, outcome.endNanos());
    }

    @Test
    void asynchronousHalvingDoesNotWait() {
        ClusterOutcome outcome = play(sweep(9, Stopping.ASYNCHRONOUS), (trial, rung) -> -trial, 3);

        // At 10 the first of trials 0, 1 and 2 goes on; it queues behind those that have not begun, and the best in the
        // end
        // comes through all the same.
        assertTrue(ran(outcome, 1).contains("s/trial0/rung1"));
        assertEquals(List.of("s/trial0/rung2"), ran(outcome, 2));
        assertTrue(ran(outcome, 1).size() <= 5, "went on: " + ran(outcome, 1));
        assertTrue(outcome.jobs().stream()
                .allMatch(job -> job.isDone() || job.losses().gaveUp()));
    }

    @Test
    void evaluationsFollowTheirTuning() {
        ArrivalClass tunings = new ArrivalClass(
                "lora",
                ArrivalRate.constant(0.001),
                Weighted.only(2000),
                new Exponential(600),
                1,
                Weighted.only("a"),
                JobTraits.NONE,
                Optional.of(new FollowUp("lora-evaluation", 2, 1, new Fixed(60), JobTraits.NONE)));
        List<ClusterJob> jobs = tunings.jobs(DAY, new RandomStreams(1, 0));

        ClusterOutcome outcome = run(jobs, 64, RunOptions.plain());

        assertEquals(
                List.of("lora/0", "lora-evaluation/0/0", "lora-evaluation/0/1"),
                jobs.stream().limit(3).map(ClusterJob::id).toList());
        JobOutcome tuning = outcome.jobs().get(0);
        JobOutcome evaluation = outcome.jobs().get(1);
        assertEquals(tuning.endNanos(), evaluation.readyNanos());
        assertEquals(tuning.endNanos() + 60 * SimTime.NANOS_PER_SECOND, evaluation.endNanos());
        assertEquals(0, evaluation.waitNanos(), "what it waits for is no wait in the queue");
        assertEquals("a", evaluation.job().team());
    }

    @Test
    void aListIsLookedOver() {
        ClusterLayout cluster = ClusterLayout.of(List.of(
                NodePool.of("a", 1, 8).withGpuType("a100"),
                NodePool.of("v", 2, 8).withGpuType("v100")));
        long second = SimTime.NANOS_PER_SECOND;
        List<ClusterJob> jobs = new ArrayList<>();
        jobs.add(ClusterJob.of("wide", 0, 17, second));
        jobs.add(ClusterJob.of("typed", 0, 9, second).with(JobTraits.NONE.withGpuType("a100")));
        jobs.add(ClusterJob.of("strange", 0, 1, second).with(JobTraits.NONE.withGpuType("h100")));
        jobs.add(ClusterJob.of("empty", 10 * second, 1, 0));
        jobs.add(ClusterJob.of("empty", 10 * second, 16, 100 * second));

        WorkloadCheck check = WorkloadCheck.of(jobs, cluster);

        assertEquals((17 + 9 + 1 + 1_600) / (10.0 * 24), check.load(), 1e-12);
        assertEquals(
                List.of(
                        Kind.OVERSUBSCRIBED,
                        Kind.UNKNOWN_GPU_TYPE,
                        Kind.IMPOSSIBLE,
                        Kind.NO_RUN_TIME,
                        Kind.SAME_ID,
                        Kind.NO_TEAMS,
                        Kind.LIMITS_ARE_RUN_TIMES),
                check.findings().stream().map(WorkloadCheck.Finding::kind).toList());
        assertEquals(
                "2 of 5 jobs want more GPUs than any pool of their type has, such as wide",
                check.findings().get(2).sentence());
    }
}
