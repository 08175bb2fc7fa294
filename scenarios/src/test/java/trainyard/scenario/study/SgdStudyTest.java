package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.sgd.SgdMetrics;
import trainyard.scenario.workload.sgd.SgdRemarks;

/** Training on a quadratic, of which the numbers follow by hand. */
class SgdStudyTest {

    private static final String QUADRATIC = """
            trainyard: 1
            name: quadratic
            replications: 3
            sgd:
              problem: {kind: quadratic, noise: 0}
              workers: 4
              batch: 1
              compute: {time: 1 s, law: fixed, stagger: true}
              optimizer: {rate: 0.1}
              target: 0.01
              horizon: 100 s
              shown: 1000
            """;

    private static double mean(String more, Metric metric) {
        return TestStudies.run(QUADRATIC + more).cells().get(0).mean(metric).orElseThrow();
    }

    /** The loss w^2 / 2 falls from 0.5 to 0.01 in ln(50) / (2 x 0.10536) = 18.56 steps of 0.9, so at the 19th update. */
    @Test
    void synchronousWorkersTakeAStepASecond() {
        assertThat(mean("", SgdMetrics.TIME_TO_TARGET)).isBetween(18.7, 19.9);
        assertThat(mean("", SgdMetrics.UPDATES_TO_TARGET)).isBetween(18.0, 19.0);
        assertThat(mean("", SgdMetrics.STALENESS)).isZero();
        assertThat(mean("", SgdMetrics.REACHED)).isEqualTo(1);
    }

    /** Four workers in turn push four times a second, each three updates late. */
    @Test
    void asynchronousWorkersAreThreeUpdatesLate() {
        String async = "  rule: {kind: async}\n";
        assertThat(mean(async, SgdMetrics.STALENESS)).isCloseTo(3, within(0.05));
        assertThat(mean(async, SgdMetrics.UPDATE_TIME)).isCloseTo(0.25, within(0.01));
        assertThat(mean(async, SgdMetrics.EXAMPLES)).isCloseTo(397, within(4.0));
    }

    /** Steps of 7 s end at 7 and 14 s; the 6 s until the end at 20 s belong to no update. */
    @Test
    void theTimeOfAnUpdateEndsWithTheLastOne() {
        String slow = QUADRATIC
                .replace("time: 1 s, law: fixed, stagger: true", "time: 7 s, law: fixed")
                .replace("horizon: 100 s", "horizon: 20 s");
        var result = TestStudies.run(slow).cells().get(0);
        assertThat(result.mean(SgdMetrics.UPDATES).orElseThrow()).isEqualTo(2);
        assertThat(result.mean(SgdMetrics.UPDATE_TIME).orElseThrow()).isCloseTo(7, within(1e-9));
    }

    /** At a rate of 3 each step doubles the distance to the minimum; a loss was asked for and none is left. */
    @Test
    void aStudyOfWhichEveryRunDivergesSaysSo() {
        var result = TestStudies.run(QUADRATIC.replace("rate: 0.1", "rate: 3") + "report: {headline: loss}\n");

        assertThat(Answer.of(result).sentence()).startsWith("No run gets to its end: all diverge");
    }

    /** At a curvature of 1 the limit is 2 sin(pi / (2 (2 tau + 1))) with tau one less than the workers: 2, 1 and 2 sin(pi / 14). */
    @Test
    void stableRatesAreKnownBeforehandByTheNumberOfWorkers() {
        Study study = TestStudies.study(QUADRATIC + "  rule: {kind: async}\n");
        assertThat(study.workload(study.cells().get(0)).beforehand().orElseThrow())
                .endsWith("end at 2 for 1, 1 for 2, 0.445 for 4 workers");
    }

    @Test
    void theBestRateIsFoundWhereNoneIsStated() {
        String auto = "  rule: {kind: async}\n";
        StudyResult result =
                TestStudies.run(QUADRATIC.replace("{rate: 0.1}", "{tuning: {from: 0.05, to: 0.1}}") + auto);
        CellResult cell = result.cells().get(0);
        assertThat(cell.mean(SgdMetrics.RATE_INSIDE)).hasValue(1.0);
        // Three updates late, a rate of 27/256 decays fastest (sgd of a fixed delay), and with some overshoot more gets
        // there sooner.
        assertThat(cell.mean(SgdMetrics.RATE).orElseThrow()).isBetween(0.07, 0.3);
        assertThat(cell.mean(SgdMetrics.TIME_TO_TARGET).orElseThrow())
                .isLessThan(mean(auto, SgdMetrics.TIME_TO_TARGET) + 0.5);
    }

    /** At a rate above 2 a step grows; no loss is shown of a run that diverged, and it says when it did. */
    @Test
    void divergenceIsNoNumber() {
        StudyResult result = TestStudies.run(QUADRATIC.replace("rate: 0.1", "rate: 3"));
        CellResult cell = result.cells().get(0);
        assertThat(cell.mean(SgdMetrics.LOSS)).isEmpty();
        assertThat(cell.mean(SgdMetrics.TIME_TO_TARGET)).isEmpty();
        assertThat(cell.mean(SgdMetrics.TIME_TO_TARGET_RESTRICTED)).hasValue(100.0);
        assertThat(cell.mean(SgdMetrics.DIVERGED)).hasValue(1.0);
        assertThat(cell.outcomes().get(0).labels().get("diverged at"))
                .matches("update 1[01], 1[01]\\.?\\d* s: the loss is a million times that of the start");
    }

    /** What stands in no number is said: how many runs diverged, and the first bad update of the first of them. */
    @Test
    void divergenceIsRemarkedOn() {
        assertThat(SgdRemarks.of(TestStudies.run(QUADRATIC.replace("rate: 0.1", "rate: 3"))
                        .cells()
                        .get(0)
                        .outcomes()))
                .singleElement()
                .asString()
                .startsWith("3 of 3 runs diverged, the first at update 1");
        assertThat(SgdRemarks.of(TestStudies.run(QUADRATIC).cells().get(0).outcomes()))
                .isEmpty();
    }

    /** A target of 0.6 holds at the start, where the loss is 0.5; a rate of 3 diverges behind it. */
    @Test
    void aRunThatGotThereAndDivergedIsRemarkedOn() {
        String reached = QUADRATIC.replace("rate: 0.1", "rate: 3").replace("target: 0.01", "target: 0.6");
        assertThat(SgdRemarks.of(TestStudies.run(reached).cells().get(0).outcomes()))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("3 of those that diverged reached the target before, and their times to it count");
    }

    /** The 19th update is at 19 s, and the loss is looked at every 0.1 s. */
    @Test
    void aRunMayStopAtItsTarget() {
        assertThat(mean("  stop-at-target: true\n", SgdMetrics.UPDATES)).isEqualTo(19);
        assertThat(mean("  stop-at-target: true\n", SgdMetrics.LOSS)).isCloseTo(0.5 * Math.pow(0.9, 38), within(1e-9));
    }

    /** A ring of four sends 2 x 3 times a model of 1 MB for each update. */
    @Test
    void bytesOfAnUpdateAreThoseOfWholeUpdates() {
        assertThat(mean("  model-size: 1 MB\n", SgdMetrics.UPDATE_BYTES)).isCloseTo(6e6, within(1e-3));
        String clients = "  model-size: 1 MB\n  rule: {kind: federated, clients: 3, steps: 7}\n";
        assertThat(mean(clients, SgdMetrics.UPDATE_BYTES)).isCloseTo(2 * 3e6, within(1e-3));
    }

    /**
     * A gradient takes 1 s, that of the last worker 2 s; then 6 steps of a ring of 0.25 MB at 1 MB/s take 1.5 s. The others wait one
     * of 3.5 s. Three workers of four are lost at 40 s, in the twelfth update, and who is left does all four of its gradients.
     */
    @Test
    void whatWorkersDoSumsToAllOfTheirTime() {
        String scenario = QUADRATIC
                        .replace("stagger: true", "slow-workers: 1 worker, slow-factor: 2")
                        .replace("replications: 3", "replications: 1")
                + "  links: {up: 1 MB/s}\n  model-size: 1 MB\n";
        CellResult cell = TestStudies.run(scenario.replace("horizon: 100 s", "horizon: 35 s"))
                .cells()
                .get(0);
        assertThat(cell.mean(SgdMetrics.BUSY).orElseThrow()).isCloseTo((3 * 1 + 2) / (4 * 3.5), within(1e-9));
        assertThat(cell.mean(SgdMetrics.WAITING).orElseThrow()).isCloseTo(3 / (4 * 3.5), within(1e-9));
        assertThat(cell.mean(SgdMetrics.EXCHANGING).orElseThrow()).isCloseTo(1.5 / 3.5, within(1e-9));

        Study study = TestStudies.study(scenario + "  lost: {workers: 3 workers, at: 40 s}\n");
        List<TimeSeries> curves = study.workload(study.cells().get(0)).details().series().stream()
                .filter(series -> series.quantity().equals(SgdMetrics.WORKER_TIME))
                .toList();
        assertThat(curves).extracting(TimeSeries::name).containsExactly("computing", "exchanging", "waiting", "down");
        for (int i = 0; i <= 1000; i++) {
            double seconds = 0.1 * i;
            double sum = curves.stream()
                    .mapToDouble(curve -> curve.value(seconds).orElseThrow())
                    .sum();
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
        assertThat(curves.get(3).value(39).orElseThrow()).isZero();
        assertThat(curves.get(3).value(41).orElseThrow()).isCloseTo(0.75, within(1e-9));
    }

    /** From 10.5 s on one of four is left: four seconds an update if it keeps the batch, else one. */
    @Test
    void workersThatAreLostCostTimeOrTheBatch() {
        String plain = QUADRATIC.replace(", stagger: true", "");
        String lost = plain + "  lost: {workers: 3 workers, at: 10.5 s, on-loss: ";
        assertThat(TestStudies.run(lost + "accumulate}\n").cells().get(0).mean(SgdMetrics.UPDATES))
                .hasValue(10.0 + 22);
        assertThat(TestStudies.run(lost + "accumulate}\n").cells().get(0).mean(SgdMetrics.EXAMPLES))
                .hasValue(4.0 * 32);
        CellResult rescaled = TestStudies.run(lost + "rescale}\n").cells().get(0);
        assertThat(rescaled.mean(SgdMetrics.UPDATES)).hasValue(100.0);
        assertThat(rescaled.mean(SgdMetrics.LOSS).orElseThrow())
                .isCloseTo(0.5 * Math.pow(0.9, 20) * Math.pow(0.975, 180), within(1e-9));
    }

    /** An update of the first four gradients needs four workers; of as many each gradient is fresh. */
    @Test
    void stableRatesAreToldOfAsManyWorkersAsAnUpdateHasGradients() {
        Study study = TestStudies.study("""
                trainyard: 1
                name: k-async
                sgd:
                  problem: {kind: quadratic}
                  rule: {kind: k-async, gradients: 4}
                  compute: {law: exponential}
                  optimizer: {rate: 0.1}
                """);
        assertThat(study.workload(study.cells().get(0)).beforehand().orElseThrow())
                .endsWith("stable learning rates end at 2 for 4, 1 for 8 workers");
    }
}
