package trainyard.scenario.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.ReferenceLine;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.chart.Charts;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.sgd.SgdMetrics;

/** A parameter that starts at a loss of a half; at a rate of 0.1 each second leaves 0.81 of it, at 0.001 about all. */
class SgdAnswersTest {

    private static final String SCENARIO = """
            trainyard: 1
            name: quadratic
            replications: 2
            sgd:
              problem: {kind: quadratic, noise: 0}
              workers: 2
              batch: 1
              compute: {time: 1 s, law: fixed, stagger: true}
              optimizer: {rate: 0.001}
              target: 0.1
              horizon: 20 s
            """;
    private static final String VARIANTS = """
            variants:
              slow: {}
              slower: {sgd.optimizer.rate: 0.0001}
              fast: {sgd.optimizer.rate: 0.1}
            """;

    private static Answer answer(String scenario) {
        return Answer.of(TestStudies.run(scenario));
    }

    @Test
    void aTargetThatNoRunReachesIsNoTime() {
        Answer answer = answer(SCENARIO);
        assertThat(answer.sentence()).isEqualTo("No run reaches the target within the horizon");
        assertThat(answer.remarks()).containsExactly("2 of 2 runs did not get to a loss of 0.1 within 20 s");
        Answer both = answer(SCENARIO + VARIANTS.replace("  fast: {sgd.optimizer.rate: 0.1}\n", ""));
        assertThat(both.sentence()).isEqualTo("No run of any of the 2 designs reaches the target within the horizon");
        assertThat(both.remarks())
                .containsExactly("slow; slower: 2 of 2 runs did not get to a loss of 0.1 within 20 s");
    }

    @Test
    void aStatedHeadlineThatNoRunReachesStillGivesAReport() {
        String stated = "report: {headline: time-to-target}\n";
        Answer one = answer(SCENARIO + stated);
        assertThat(one.sentence()).isEqualTo("No run reaches the target within the horizon");
        assertThat(AnswerReport.of(one, new Selection(false, List.of()))
                        .headline()
                        .estimate()
                        .value())
                .isEqualTo(20);
        Answer two = answer(SCENARIO + VARIANTS.replace("  fast: {sgd.optimizer.rate: 0.1}\n", "") + stated);
        assertThat(two.sentence()).isEqualTo("No run of any of the 2 designs reaches the target within the horizon");
        Answer some = answer(SCENARIO + VARIANTS + stated.replace("}", ", headline-of: {variant: slow}}"));
        assertThat(some.sentence()).contains("at fast");
    }

    @Test
    void aHeadlineThatSomeRunsOfEachDesignHaveNotIsReplacedAndSaysSo() {
        String noisy = SCENARIO.replace("noise: 0", "noise: 100")
                .replace("rate: 0.001", "rate: 0.02")
                .replace("replications: 2", "replications: 12");
        Answer answer = answer(noisy + "report: {headline: time-to-target}\n");
        assertThat(answer.remarks().get(0)).contains("did not get to").doesNotContain("12 of 12");
        assertThat(answer.sentence())
                .startsWith("Time to target is unknown, since runs ended before it; time to target restricted ");
    }

    @Test
    void theHeadlineSaysHowManyDesignsHaveNoValue() {
        assertThat(answer(SCENARIO + VARIANTS).sentence())
                .startsWith("Best time to target ")
                .endsWith(" at fast, among all 3 designs, 2 of which have no value");
    }

    @Test
    void aTargetAboveTheStartIsRemarkedOn() {
        assertThat(answer(SCENARIO.replace("target: 0.1", "target: 3")).remarks())
                .containsExactly("2 of 2 runs started below a loss of 3");
    }

    /** A time to a target is that of the first passage; noise may carry the loss up again. */
    @Test
    void aTargetThatIsNotKeptIsRemarkedOn() {
        String noisy = SCENARIO.replace("noise: 0", "noise: 30").replace("rate: 0.001", "rate: 0.1");
        assertThat(answer(noisy).remarks())
                .singleElement()
                .asString()
                .startsWith("2 of 2 runs ended above a loss of 0.1 that they had reached, the first at ");
    }

    @Test
    void aMissingBarSaysWhatIsMissing() {
        List<Figure> figures = figures("{kind: bar, x: variant, y: time-to-target}");
        assertThat(((BarFigure) figures.get(0)).text().caption())
                .contains(
                        "Best at fast; a missing bar has no value, UNKNOWN: not reached within the horizon in 2 of 2");
    }

    /** Nothing of training has lanes. */
    @Test
    void aChartWithNothingToShowIsNotLeftOutUnseen() {
        TableFigure table = (TableFigure)
                figures("{kind: gantt, by: variant, title: Lanes}").get(0);
        assertThat(table.text().title()).isEqualTo("Not drawn, gantt: Lanes");
        assertThat(table.text().caption()).contains("nothing that a chart of kind gantt could show");
        assertThat(table.rows()).hasSize(3);
    }

    @Test
    void theTargetIsALineAcrossTheLoss() {
        LineFigure loss = (LineFigure)
                figures("{kind: over-time, y: loss, by: variant, runs: 2}").get(0);
        assertThat(loss.referenceLines()).containsExactly(ReferenceLine.atY("target 0.1", 0.1));
    }

    @Test
    void aCurveOfTheLossIsNotCalledTheLossAtTheEnd() {
        Figure loss = figures("{kind: over-time, y: loss, by: variant}").get(0);
        assertThat(loss.text().caption()).isEqualTo("Loss at each moment of one replication.");
    }

    @Test
    void theEndsOfAnIntervalHaveTheUnitOfItsValue() {
        assertThat(SgdMetrics.TIME_TO_TARGET.formatBeside(54, "1.05 min")).isEqualTo("0.9 min");
        assertThat(SgdMetrics.TIME_TO_TARGET.formatBeside(54, "59 s")).isEqualTo("54 s");
        assertThat(SgdMetrics.TIME_TO_TARGET.formatBeside(0, "1.05 min")).isEqualTo("0 min");
    }

    /** Over passes, of a problem with data. */
    @Test
    void theLossByEpochIsALossOverEpochs() {
        String networks = """
                trainyard: 1
                name: softmax
                sgd: {problem: {kind: softmax}, workers: 2, horizon: 5 s, shown: 5, optimizer: {rate: 0.1}}
                report: {charts: [{kind: over-time, y: loss-by-epoch}]}
                """;
        LineFigure loss = (LineFigure)
                Charts.of(TestStudies.run(networks), SgdMetrics.LOSS).get(0);
        assertThat(loss.yAxis().label()).isEqualTo("Loss");
        assertThat(loss.xAxis().label()).isEqualTo("Epochs");
    }

    /** Of 40 workers in turn each gradient is 39 updates late; with two designs 80 bars would be too many. */
    @Test
    void manyBarsOfAHistogramAreACurve() {
        String many =
                SCENARIO.replace("workers: 2", "workers: 40").replace("law: fixed, stagger: true", "cv: 0.3") + """
                variants:
                  sync: {}
                  async: {sgd.rule.kind: async}
                report: {charts: [{kind: histogram, y: staleness, by: variant}]}
                """;
        StudyResult result = TestStudies.run(many);
        LineFigure shares = (LineFigure) Charts.of(result, SgdMetrics.STALENESS).get(0);
        assertThat(shares.series()).singleElement().satisfies(series -> {
            assertThat(series.name()).isEqualTo("async");
            assertThat(series.points().stream()
                            .mapToDouble(point -> point.y().value())
                            .sum())
                    .isBetween(99.999, 100.001);
        });
        assertThat(shares.text().caption()).endsWith("Always the same: sync 0.");
    }

    private static List<Figure> figures(String chart) {
        StudyResult result = TestStudies.run(SCENARIO + VARIANTS + "report: {charts: [" + chart + "]}\n");
        return Charts.of(result, SgdMetrics.TIME_TO_TARGET);
    }
}
