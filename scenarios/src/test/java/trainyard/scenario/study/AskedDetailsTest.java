package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.SourceText;

/** Which runs are recorded on the way, of two policies on two placements in four replications. */
class AskedDetailsTest {

    private static Study study(String chart) {
        String scenario = """
                trainyard: 1
                name: test
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                jobs: {list: [{id: A, gpus: 8, run: 10 s}, {id: B, gpus: 4, run: 5 s}]}
                scheduler: {policy: fifo}
                replications: 4
                sweep:
                  scheduler.policy: [fifo, srtf]
                  scheduler.placement: [first-fit, best-fit]
                report: {charts: [CHART]}
                """.replace("CHART", chart);
        return Study.of(Scenario.of(new SourceText("test.yaml", scenario), Path.of(""), List.of()), false);
    }

    /** Recorded replications by policy and placement. */
    private static Map<String, Integer> recorded(String chart) {
        Map<String, Integer> recorded = new LinkedHashMap<>();
        AskedDetails.of(study(chart))
                .forEach((cell, runs) ->
                        recorded.put(String.join(" ", cell.coordinates().values()), runs));
        return recorded;
    }

    @Test
    void aChartThatComparesShowsTheFirstCellOfEachValue() {
        assertThat(recorded("{kind: over-time, y: waiting-jobs, by: scheduler.policy}"))
                .isEqualTo(Map.of("fifo first-fit", 1, "srtf first-fit", 1));
        assertThat(recorded("{kind: over-time, y: waiting-jobs, by: scheduler.policy, runs: 9,"
                        + " at: {scheduler.placement: best-fit}}"))
                .isEqualTo(Map.of("fifo best-fit", 4, "srtf best-fit", 4));
    }

    @Test
    void distributionsWithinARunAreShownFromWithin() {
        assertThat(recorded("{kind: cdf, y: slowdown, by: scheduler.placement}"))
                .isEqualTo(Map.of("fifo first-fit", 1, "fifo best-fit", 1));
        assertThat(recorded("{kind: cdf, y: wait.mean, by: scheduler.placement}"))
                .isEmpty();
    }

    @Test
    void anAxisThatAChartLeavesOutStaysAtItsFirstValue() {
        assertThat(recorded("{kind: over-time, y: waiting-jobs}")).isEqualTo(Map.of("fifo first-fit", 1));
    }

    @Test
    void whatOnlyTheResultTellsIsNotRecorded() {
        assertThat(recorded("{kind: table}")).isEmpty();
        assertThat(recorded("{kind: gantt, at: {scheduler.policy: srtf, scheduler.placement: best-fit}}"))
                .isEqualTo(Map.of("srtf best-fit", 1));
    }

    /** Details kept on the way are those of a run of their own. */
    @Test
    void aRecordedRunTellsWhatARunForItselfTells() {
        Study recording = study("{kind: over-time, y: waiting-jobs, by: scheduler.policy}");
        Study plain = study("{kind: table}");
        StudyResult result = new StudyRunner(2, done -> {}).runForCharts(recording);
        StudyResult without = new StudyRunner(2, done -> {}).run(plain);

        for (int i = 0; i < result.cells().size(); i++) {
            Cell cell = recording.cells().get(i);
            assertThat(result.cells().get(i).outcomes())
                    .isEqualTo(without.cells().get(i).outcomes());
            assertThat(recording.details(cell, 0))
                    .isEqualTo(plain.details(plain.cells().get(i), 0));
        }
    }
}
