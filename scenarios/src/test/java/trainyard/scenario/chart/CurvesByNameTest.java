package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Series;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.life.LifeMetrics;
import trainyard.scenario.workload.metric.Metric;

class CurvesByNameTest {

    private static final Metric QUANTITY = LifeMetrics.ETTR;

    /** Team a is first in one list of arrivals and b in another, and in some one of the teams has no job at all. */
    private static final String TEAMS = """
            trainyard: 1
            name: teams
            replications: 6
            cluster: {nodes: 4 nodes, node: {preset: dgx-h100}}
            jobs:
              arrivals:
                horizon: 6 h
                classes:
                  small: {every: 60 min, gpus: [1, 2, 4, 8], run: 1 h, teams: {a: 1, b: 1, c: 1}}
            scheduler: {policy: fifo}
            report:
              charts:
                - {kind: over-time, y: team-gpus, runs: 6}
            """;

    @Test
    void curvesOfOneNameAreOneCurveWhateverTheirOrder() {
        Map<String, List<TimeSeries>> curves =
                CurvesByName.of(List.of(List.of(held("a", 1), held("b", 2)), List.of(held("b", 3), held("a", 4))));

        assertThat(curves.keySet()).containsExactly("a", "b");
        assertThat(valuesAtOne(curves.get("a"))).containsExactly(1.0, 4.0);
        assertThat(valuesAtOne(curves.get("b"))).containsExactly(2.0, 3.0);
    }

    @Test
    void whoIsAbsentFromAReplicationHeldNothingInIt() {
        Map<String, List<TimeSeries>> curves =
                CurvesByName.of(List.of(List.of(held("a", 1)), List.of(held("a", 4), held("b", 3))));

        assertThat(curves.keySet()).containsExactly("a", "b");
        assertThat(valuesAtOne(curves.get("b"))).containsExactly(0.0, 3.0);
    }

    @Test
    void whatIsNoPartOfAWholeIsLeftOutWhereItIsAbsent() {
        Map<String, List<TimeSeries>> curves = CurvesByName.of(List.of(
                List.of(held("a", 1)), List.of(held("a", 4), held("b", 3).beside())));

        assertThat(valuesAtOne(curves.get("b"))).containsExactly(3.0);
    }

    @Test
    void aFanHasEveryTeamOfEveryReplication() {
        StudyResult result = TestStudies.run(TEAMS);

        LineFigure figure = (LineFigure)
                Charts.of(result, TestStudies.metric(result, "cost")).get(0);

        assertThat(figure.series()).extracting(Series::name).containsExactlyInAnyOrder("a", "b", "c");
    }

    private static TimeSeries held(String team, double gpus) {
        List<TimeSeries.At> points = List.of(new TimeSeries.At(0, gpus), new TimeSeries.At(2, 0));
        return new TimeSeries(QUANTITY, team, TimeSeries.Shape.STEP, points);
    }

    private static List<Double> valuesAtOne(List<TimeSeries> curves) {
        return curves.stream().map(curve -> curve.value(1).orElseThrow()).toList();
    }
}
