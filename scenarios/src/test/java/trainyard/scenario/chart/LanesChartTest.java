package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.report.figure.GanttFigure;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

/** The words around rows of who does what when. */
class LanesChartTest {

    /** A job on all 40 nodes and after it one on 20. */
    private static final String JOBS = """
            trainyard: 1
            name: lanes
            cluster: {nodes: 40, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs:
              list:
                - {id: a, submit: 0 s, gpus: 320, run: 10 days}
                - {id: b, submit: 1 s, gpus: 160, run: 1 h}
            variants: VARIANTS
            report: {charts: [{kind: gantt}]}
            """;

    private static GanttFigure figure(String variants) {
        StudyResult result = TestStudies.run(JOBS.replace("VARIANTS", variants));
        return (GanttFigure)
                Charts.of(result, TestStudies.metric(result, "wait.mean")).get(0);
    }

    @Test
    void rowsOfSeveralDesignsAreOfWhatTheRowsOfOneAre() {
        GanttFigure both = figure("{easy: {scheduler.policy: easy}, fifo: {}}");

        assertThat(both.rows()).hasSize(64);
        assertThat(both.rows().get(0).name()).isEqualTo("easy: node 0");
        assertThat(both.rowTitle())
                .isEqualTo("Node")
                .isEqualTo(figure("{fifo: {}}").rowTitle());
        assertThat(both.text().caption())
                .isEqualTo(
                        "The first replication; time counts from its start. The first 64 of 80 rows are shown; left out are"
                                + " 16 rows of fifo. Name fewer designs under at.");
    }

    /** What a scenario writes as its caption keeps the remark too. */
    @Test
    void theRemarkStandsBehindACaptionOfTheScenario() {
        StudyResult result = TestStudies.run(JOBS.replace("nodes: 40", "nodes: 70")
                .replace("VARIANTS", "{fifo: {}}")
                .replace("gpus: 320", "gpus: 560")
                .replace("kind: gantt", "kind: gantt, caption: Two jobs."));
        GanttFigure figure = (GanttFigure)
                Charts.of(result, TestStudies.metric(result, "wait.mean")).get(0);

        assertThat(figure.text().caption()).isEqualTo("Two jobs. The first 64 of 70 rows are shown.");
    }

    @Test
    void allRowsThatFitNeedNoRemark() {
        assertThat(figure("{fifo: {}}").text().caption())
                .isEqualTo("The first replication; time counts from its start.");
    }

    /** Ten comes after two, whoever is drawn first, and classes stay together. */
    @Test
    void jobsStandInTheKeyByTheirNumbers() {
        StudyResult result = TestStudies.run("""
                trainyard: 1
                name: numbered
                cluster: {nodes: 2, node: {preset: dgx-h100}}
                jobs:
                  list:
                    - {id: a/10, submit: 0 s, gpus: 8, run: 1 h}
                    - {id: b/1, submit: 1 s, gpus: 8, run: 2 h}
                    - {id: a/2, submit: 2 s, gpus: 8, run: 3 h}
                scheduler: {policy: fifo}
                report: {charts: [{kind: gantt}]}
                """);
        GanttFigure figure = (GanttFigure)
                Charts.of(result, TestStudies.metric(result, "wait.mean")).get(0);

        assertThat(figure.states()).containsExactly("job a/2", "job a/10", "job b/1");
    }
}
