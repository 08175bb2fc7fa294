package trainyard.scheduler.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.scheduler.placement.AnyGpus;
import trainyard.scheduler.policy.QueueOrder;
import trainyard.scheduler.policy.QueueOrder.Overtaking;
import trainyard.scheduler.run.ClusterSimulation;
import trainyard.scheduler.run.RunOptions;
import trainyard.scheduler.run.outcome.ClusterOutcome;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.scheduler.workload.HyperparameterSweep.Stopping;
import trainyard.sim.engine.SimTime;
import trainyard.sim.random.RandomStreams;

class TuningTest {

    private static final long SECOND = SimTime.NANOS_PER_SECOND;

    private static LearningCurves curves(String name, double noise) {
        return new LearningCurves(new RandomStreams(4, 0), name, 10, noise);
    }

    private static ClusterOutcome run(Tuning tuning, LearningCurves curves, int gpus, List<ClusterJob> others) {
        List<ClusterJob> jobs = new ArrayList<>(tuning.jobs());
        jobs.addAll(others);
        return ClusterSimulation.run(
                jobs,
                FreeGpus.equal(1, gpus),
                new AnyGpus(),
                new QueueOrder(QueueOrder.Key.ARRIVAL, Overtaking.WHATEVER_FITS),
                RunOptions.plain()
                        .withReleases(tuning.rule(curves).map(List::of).orElse(List.of())));
    }

    private static TuningProgress progress(Tuning tuning, LearningCurves curves, int gpus) {
        Map<String, Long> ends = new HashMap<>();
        run(tuning, curves, gpus, List.of()).jobs().stream()
                .filter(JobOutcome::isDone)
                .forEach(job -> ends.put(job.job().id(), job.endNanos()));
        return tuning.progress(curves, ends);
    }

    private static TuningProgress.Point last(TuningProgress progress) {
        return progress.points().get(progress.points().size() - 1);
    }

    private static HyperparameterSweep sweep(int trials, Stopping stopping) {
        return new HyperparameterSweep(
                "s", "", 0, trials, 1, List.of(10 * SECOND, 20 * SECOND, 60 * SECOND), 3, stopping, JobTraits.NONE);
    }

    /** One above its floor halves in 10 s, and is a third after 20 s; in two stages as in one, and from below as from above. */
    @Test
    void aLossTendsToItsFloorByAPowerLaw() {
        Learner above = new Learner(-0.5, 1.5);

        assertEquals(1, above.trained(10, 10).loss(), 1e-12);
        assertEquals(0.5 + 1 / 3.0, above.trained(20, 10).loss(), 1e-12);
        assertEquals(0.5 + 1 / 3.0, above.trained(10, 10).trained(10, 10).loss(), 1e-12);
        assertEquals(2 - 0.5, above.with(2.5).trained(0, 10).loss());
        assertEquals(2.5 - 0.5, new Learner(2.5, 1.5).trained(10, 10).loss(), 1e-12);
    }

    /** Nine trials on three GPUs, of which three go on at 30 s; at 50 s two of these are stopped, and a job that waits starts on their GPUs. */
    @Test
    void aTrialThatIsStoppedFreesItsGpuAtOnce() {
        HyperparameterSweep sweep = sweep(9, Stopping.SYNCHRONOUS);

        ClusterOutcome outcome =
                run(sweep, curves("a", 0), 3, List.of(ClusterJob.of("other", 25 * SECOND, 2, 100 * SECOND)));

        JobOutcome other = outcome.jobs().stream()
                .filter(job -> job.job().id().equals("other"))
                .findFirst()
                .orElseThrow();
        assertEquals(50 * SECOND, other.startNanos());
        assertEquals(6, cancelled(outcome, "rung1"));
        assertEquals(8, cancelled(outcome, "rung2"));
    }

    private static long cancelled(ClusterOutcome outcome, String rung) {
        return outcome.jobs().stream()
                .filter(job -> job.isCancelled() && job.job().id().endsWith(rung))
                .count();
    }

    @Test
    void withoutNoiseTheTrueLossOfTheBestFalls() {
        for (Stopping stopping : Stopping.values()) {
            TuningProgress progress = progress(sweep(27, stopping), curves("b", 0), 4);
            List<TuningProgress.Point> points = progress.points();

            assertTrue(IntStream.range(1, points.size())
                    .allMatch(i -> points.get(i).loss() <= points.get(i - 1).loss()));
        }
    }

    /** Successive halving trains 27, 9 and 3 trials; random search all to the end, and none can be better than its best. */
    @Test
    void stoppingSavesTimeAndMayMissTheBest() {
        int found = 0;
        int foundInNoise = 0;
        for (int i = 0; i < 40; i++) {
            for (double noise : new double[] {0, 1}) {
                LearningCurves curves = curves("trial" + i, noise);
                TuningProgress halved = progress(sweep(27, Stopping.SYNCHRONOUS), curves, 27);
                double best = IntStream.range(0, 27)
                        .mapToDouble(trial -> curves.after(trial, 90 * SECOND).loss())
                        .min()
                        .orElseThrow();

                assertEquals(
                        (27 * 10 + 9 * 20 + 3 * 60) * (double) SECOND,
                        last(halved).gpuNanos());
                assertTrue(last(halved).loss() >= best);
                found += noise == 0 && last(halved).loss() == best ? 1 : 0;
                foundInNoise += noise > 0 && last(halved).loss() == best ? 1 : 0;
            }
        }
        assertTrue(found > foundInNoise && found > 20, found + " against " + foundInNoise);
    }

    private static PopulationTraining population(int members, int steps) {
        return new PopulationTraining("p", "", 0, members, 1, steps, 10 * SECOND, JobTraits.NONE);
    }

    /** Four members have no whole fifth: nobody is copied, and each is trained as it is. */
    @Test
    void aSmallPopulationIsARandomSearch() {
        LearningCurves curves = curves("c", 0);

        TuningProgress progress = progress(population(4, 3), curves, 4);

        double best = IntStream.range(0, 4)
                .mapToDouble(trial -> curves.after(trial, 30 * SECOND).loss())
                .min()
                .orElseThrow();
        assertEquals(best, last(progress).loss(), 1e-12);
        assertEquals(12 * 10.0 * SECOND, last(progress).gpuNanos());
        assertEquals(30 * SECOND, last(progress).nanos());
    }

    /** Of five the worst copies the best after the first step of all, and goes on under 0.8 or 1.2 times its hyper-parameter. */
    @Test
    void theWorstCopiesTheBestAndExplores() {
        LearningCurves curves = curves("d", 0);
        PopulationTraining five = population(5, 2);
        Learner[] first = IntStream.range(0, 5)
                .mapToObj(i -> curves.after(i, 10 * SECOND))
                .toArray(Learner[]::new);
        int worst = argument(first, -1);
        int best = argument(first, 1);
        // The worst one ends its first step last, and its second one alone.
        Map<String, Long> ends = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            ends.put("p/trial" + i + "/step0", i == worst ? 20 * SECOND : 10 * SECOND);
        }
        ends.put("p/trial" + worst + "/step1", 30 * SECOND);

        double loss = last(five.progress(curves, ends)).loss();

        double lower = copy(first[best], 0.8);
        double higher = copy(first[best], 1.2);
        double kept = first[best].loss();
        assertTrue(loss == Math.min(kept, lower) || loss == Math.min(kept, higher), loss + "");
        assertTrue(Math.min(lower, higher) < kept);
    }

    private static double copy(Learner best, double factor) {
        return best.with(best.offset() + Math.log(factor) / Math.log(10))
                .trained(10, 10)
                .loss();
    }

    private static int argument(Learner[] learners, int sign) {
        return IntStream.range(0, learners.length)
                .boxed()
                .min((a, b) -> sign * Double.compare(learners[a].loss(), learners[b].loss()))
                .orElseThrow();
    }

    /** Over many searches members that learn from each other end lower than as many that do not. */
    @Test
    void aPopulationEndsLowerThanARandomSearch() {
        double together = 0;
        double alone = 0;
        for (int i = 0; i < 30; i++) {
            LearningCurves curves = curves("e" + i, 0.05);
            together += last(progress(population(20, 30), curves, 20)).loss();
            alone += IntStream.range(0, 20)
                    .mapToDouble(trial -> curves.after(trial, 300 * SECOND).loss())
                    .min()
                    .orElseThrow();
        }
        assertTrue(together < alone, together + " against " + alone);
    }
}
