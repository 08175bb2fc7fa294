package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;

class SweepStudyTest {

    private static String sweep(String keys) {
        return """
                trainyard: 1
                name: sweep
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo-fit-first, placement: any}
                jobs:
                  sweeps:
                    tuning: {train: 9 h, KEYS}
                """.replace("KEYS", keys);
    }

    /**
     * 18 trials of one GPU are looked at after 1, 3 and 9 h. Halving trains 18 x 1 + 6 x 2 + 2 x 6 = 42 of 162 GPU-hours, in three
     * waves of eight (8, 8, 2), then one of six and one of two: 3 + 2 + 6 h. Random search trains all, rung by rung in the order of
     * the rungs: the last six hours of trials begin at 6 h (four), 7 (two), 8 (two), 12 (four), 13 (two), 14 (two) and 18 h (two).
     */
    @ParameterizedTest
    @CsvSource({"successive-halving, 42, 11", "random, 162, 24"})
    void stoppingSavesWhatWasCountedByHand(String method, double gpuHours, double hours) {
        StudyResult result = run(sweep("trials: 18, rungs: 3, method: " + method));

        assertThat(value(result, "sweep.tuning.gpu-hours") / 3600).isCloseTo(gpuHours, within(1e-9));
        assertThat(value(result, "sweep.tuning.saved-gpu-hours") / 3600).isCloseTo(162 - gpuHours, within(1e-9));
        assertThat(value(result, "class.tuning.gpu-hours") / 3600).isCloseTo(gpuHours, within(1e-9));
        assertThat(value(result, "makespan") / 3600).isCloseTo(hours, within(1e-9));
        assertThat(value(result, "sweep.tuning.duration")).isEqualTo(value(result, "makespan"));
        assertThat(value(result, "jobs.cancelled")).isEqualTo(method.equals("random") ? 0 : 12 + 16);
        assertThat(value(result, "jobs.unfinished")).isZero();
    }

    /** Ten members of one GPU in 18 steps of half an hour on eight GPUs: 90 GPU-hours, none of which is left out. */
    @Test
    void aPopulationTrainsAllItsMembers() {
        StudyResult result = run(sweep("trials: 10, steps: 18, method: population"));

        assertThat(value(result, "sweep.tuning.gpu-hours") / 3600).isCloseTo(90, within(1e-9));
        assertThat(value(result, "sweep.tuning.saved-gpu-hours")).isZero();
        assertThat(value(result, "jobs.done")).isEqualTo(180);
        assertThat(value(result, "makespan") / 3600).isGreaterThanOrEqualTo(90 / 8.0);
    }

    /** Without noise the best of all trials at their end is what random search hands over, and nobody that stops some finds a better one. */
    @Test
    void nobodyFindsABetterTrialThanTheBest() {
        double best = value(run(sweep("trials: 50, noise: 0, method: random")), "sweep.tuning.loss");

        for (String method : List.of("asha", "successive-halving")) {
            assertThat(value(run(sweep("trials: 50, noise: 0, method: " + method)), "sweep.tuning.loss"))
                    .isGreaterThanOrEqualTo(best);
        }
    }

    @Test
    void theLossFallsOverTimeAndOverGpuTime() {
        StudyResult result = run(sweep("trials: 18, rungs: 3, noise: 0, method: successive-halving"));
        var details = result.study().details(result.cells().get(0).cell(), 0);
        TimeSeries overTime = series(result, "best-loss");
        TimeSeries overGpuTime = series(result, "best-loss-by-gpu-time");

        assertThat(overTime.clock()).isEqualTo(TimeSeries.Clock.TIME);
        assertThat(overGpuTime.clock()).isEqualTo(TimeSeries.Clock.GPU_TIME);
        assertThat(overGpuTime.points().get(25).seconds() / 3600).isCloseTo(42, within(1e-9));
        assertThat(overTime.points().get(25).value()).isEqualTo(value(result, "sweep.tuning.loss"));
        assertThat(details.lanes().get(0).spans()).extracting("state").contains("rung 0", "rung 2");
    }

    private static TimeSeries series(StudyResult result, String name) {
        Metric quantity = result.study().series().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return result.study()
                .details(result.cells().get(0).cell(), 0)
                .series(quantity)
                .get(0);
    }

    /** A sweep a day, in the mean, for 30 days. */
    @Test
    void sweepsCome() {
        StudyResult result = run(sweep("trials: 4, rungs: 2, every: 1 day, until: 30 days"));

        assertThat(value(result, "sweep.tuning.count")).isBetween(15.0, 50.0);
        assertThat(value(result, "class.tuning.jobs")).isGreaterThan(4 * value(result, "sweep.tuning.count"));
    }

    @Test
    void impossibleSweepsAreRefused() {
        assertThat(refusal(sweep("trials: 4, every: 1 s")).problems().get(0).message())
                .contains("more than 1000 sweeps come");
        assertThat(refusal(sweep("trials: 4") + "  list: [{id: tuning/x, gpus: 1, run: 1 h}]\n")
                        .problems()
                        .get(0)
                        .message())
                .isEqualTo("sweep tuning has the name of a class of jobs");
        assertThat(refusal(sweep("trials: 4, gpus: 9")).problems().get(0).message())
                .contains("wants 9 GPUs");
        assertThat(value(
                        run(sweep("trials: 4, gpus: 9") + "  list: [{id: x, gpus: 1, run: 1 h}]\n  too-large: drop\n"),
                        "sweep.tuning.count"))
                .isZero();
    }
}
