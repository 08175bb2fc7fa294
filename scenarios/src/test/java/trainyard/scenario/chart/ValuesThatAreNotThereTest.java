package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.HeatMapFigure;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.sgd.SgdMetrics;

/** Runs that diverge have no loss: what is said of the others, and how charts show it. */
class ValuesThatAreNotThereTest {

    /** At a curvature of 1, rates from 2 on diverge; below, a step leaves 1 - rate. */
    private static final String TEXT = """
            trainyard: 1
            name: rates
            replications: 3
            sgd:
              problem: {kind: quadratic, noise: 0}
              workers: 1
              compute: {time: 1 s, law: fixed}
              optimizer: {rate: 0.1}
              horizon: 40 s
            variants:
              plain: {}
              momentum: {sgd.optimizer.momentum: 0.5}
            sweep:
              sgd.optimizer.rate: [RATES]
            report:
              headline: loss
              charts:
                - {kind: KIND, x: sgd.optimizer.rate, z: variant, y: loss, by: variant}
            """;

    private static StudyResult run(String rates, String kind) {
        return TestStudies.run(TEXT.replace("RATES", rates).replace("KIND", kind));
    }

    private static String sentence(String rates) {
        return BreakEvens.sentences(run(rates, "heatmap"), SgdMetrics.LOSS).get(0);
    }

    /** With momentum a rate of 0.3 is the better one at 0.01 and 0.02; at 2.9 plain steps diverge and those with momentum do not. */
    @Test
    void nobodyIsBetterThroughoutWhereARunDiverged() {
        assertThat(sentence("0.01, 0.02"))
                .isEqualTo("plain and momentum: none, momentum is better throughout, from rate 0.01 to 0.02");
        assertThat(sentence("0.01, 0.02, 2.9"))
                .isEqualTo(
                        "plain and momentum: none, momentum is better, at the 2 of 3 values of rate where both are known");
    }

    @Test
    void divergedCellsOfAMapAreCalledSo() {
        HeatMapFigure map = (HeatMapFigure)
                Charts.of(run("0.1, 2.9", "heatmap"), SgdMetrics.LOSS).get(0);
        List<HeatMapFigure.Cell> cells =
                map.cells().stream().flatMap(List::stream).toList();
        assertThat(cells)
                .filteredOn(HeatMapFigure.Infeasible.class::isInstance)
                .containsExactly(new HeatMapFigure.Infeasible("diverged", "diverged"));
        assertThat(map.text().caption()).contains("diverged");
    }

    /** Of two candidates for a cell one diverged: the other one is the winner. */
    @Test
    void aCandidateThatDivergedWinsNothing() {
        String winners = TEXT.replace("RATES", "0.1, 2.9")
                .replace(
                        "kind: KIND, x: sgd.optimizer.rate, z: variant",
                        "kind: winner, x: sgd.optimizer.rate, z: sgd.batch")
                .replace("report:", "  sgd.batch: [1, 2]\nreport:");
        HeatMapFigure map = (HeatMapFigure)
                Charts.of(TestStudies.run(winners), SgdMetrics.LOSS).get(0);
        assertThat(map.cells().get(0).get(1))
                .isInstanceOfSatisfying(
                        HeatMapFigure.Winner.class,
                        winner -> assertThat(winner.name()).isEqualTo("momentum"));
    }
}
