package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Series;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.StudyRunner;
import trainyard.scenario.workload.life.LifeMetrics;

class StatesChartTest {

    private static final String LIFE = """
            trainyard: 1
            name: life
            replications: 3
            cluster:
              node: {preset: dgx-h100}
              network: {preset: ib-ndr}
            job:
              model: {preset: gpt3-13b}
              batch: {global: 64 sequences, micro: 1 sequence, sequence-length: 2048 tokens}
              parallel: {tensor: 2, pipeline: 4, data: 2, zero: 1}
              software: megatron-core-2024
            life:
              horizon: 20 days
              step-time: STEP
              faults: {causes: {any: {scope: node, mtbf: 100 h, damage: restart}}}
              checkpoint: {interval: 10 min, write: 20 s}
            sweep:
              job.parallel.data: [2, 8]
            report:
              headline: ettr
              charts:
                - {kind: states, divided: DIVIDED, x: job.parallel.data}
            """;

    private static AreaFigure figure(String step, String divided) {
        return (AreaFigure) figures(step, divided).get(0);
    }

    private static List<Figure> figures(String step, String divided) {
        String text = LIFE.replace("STEP", step).replace("DIVIDED", divided);
        Study study = Study.of(Scenario.of(new SourceText("life.yaml", text), Path.of(""), List.of()), false);
        return Charts.of(new StudyRunner(2, done -> {}).run(study), LifeMetrics.ETTR);
    }

    private static double at(AreaFigure figure, String layer, int point) {
        return figure.series().stream()
                .filter(series -> series.name().equals(layer))
                .mapToDouble(series -> series.points().get(point).y().value())
                .sum();
    }

    /** Losses within steps and losses to faults are layers of one whole; together the former are useful work. */
    @Test
    void usefulWorkIsDividedByWhatAStepDoes() {
        AreaFigure whole = figure("auto", "false");
        AreaFigure divided = figure("auto", "true");
        assertThat(divided.series().stream().map(Series::name)).contains("computing", "communication", "bubble");
        for (int point = 0; point < 2; point++) {
            int here = point;
            double sum = divided.series().stream()
                    .mapToDouble(layer -> layer.points().get(here).y().value())
                    .sum();
            assertThat(sum).isCloseTo(100, within(0.05));
            double useful = at(divided, "computing", point)
                    + at(divided, "communication", point)
                    + at(divided, "bubble", point)
                    + at(divided, "waiting", point);
            assertThat(useful).isCloseTo(at(whole, "useful work", point), within(1e-9));
        }
        // Three of 3 + 32 slots are bubble with 32 micro-batches, three of 3 + 8 with 8.
        assertThat(at(divided, "bubble", 1) / at(whole, "useful work", 1))
                .isGreaterThan(2 * at(divided, "bubble", 0) / at(whole, "useful work", 0));
    }

    /** The variant shown is told once; a straight line between the means crosses where the chart marks it. */
    @Test
    void titlesNameTheVariantOnceAndBreakEvensAgreeWithTheMarks() {
        String text = LIFE.replace("STEP", "5 s")
                .replace(
                        "life:\n",
                        "variants:\n  slow: {life.recovery.initialise: 9 min}\n  fast: {life.recovery.initialise:"
                                + " 1 min, life.checkpoint.interval: 4 min}\nlife:\n")
                .replace("job.parallel.data: [2, 8]", "life.checkpoint.write: [1 s, 60 s]")
                .replace(
                        "{kind: states, divided: DIVIDED, x: job.parallel.data}",
                        "{kind: states, x: life.checkpoint.write}\n"
                                + "    - {kind: line, x: life.checkpoint.write, y: ettr, by: variant, crossings: true}");
        Study study = Study.of(Scenario.of(new SourceText("life.yaml", text), Path.of(""), List.of()), false);
        StudyResult result = new StudyRunner(2, done -> {}).run(study);
        List<Figure> figures = Charts.of(result, LifeMetrics.ETTR);

        assertThat(figures.get(0).text().title()).isEqualTo("Where the GPU time goes at slow");
        String mark = ((LineFigure) figures.get(1)).annotations().get(0).label();
        assertThat(BreakEvens.sentences(result, LifeMetrics.ETTR))
                .singleElement()
                .asString()
                .startsWith("slow and fast: break-even at time to write a checkpoint "
                        + mark.substring("equal at ".length()));
    }

    /** A curve that is asked for and has no point is not left out without a word. */
    @Test
    void aClosedFormThatDoesNotHoldIsExplained() {
        String text = LIFE.replace("STEP", "5 s")
                .replace("{kind: states, divided: DIVIDED, x", "{kind: line, y: ettr, overlay: closed-form, x");
        String explicit = caption(text);
        assertThat(explicit).doesNotContain("closed form");
        assertThat(caption(text.replace("damage: restart", "damage: restart, visibility: hang")))
                .endsWith(" No closed form holds here: trainyard explain ettr.closed-form says why.");
    }

    private static String caption(String text) {
        Study study = Study.of(Scenario.of(new SourceText("life.yaml", text), Path.of(""), List.of()), false);
        return Charts.of(new StudyRunner(2, done -> {}).run(study), LifeMetrics.ETTR)
                .get(0)
                .text()
                .caption();
    }

    @Test
    void aStatedStepCannotBeDivided() {
        assertThat(Charts.missing(figures("10 s", "true")))
                .singleElement()
                .asString()
                .contains("not known where its time is stated");
    }
}
