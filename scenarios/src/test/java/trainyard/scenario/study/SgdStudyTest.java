package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.scenario.workload.Metric;
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
}
