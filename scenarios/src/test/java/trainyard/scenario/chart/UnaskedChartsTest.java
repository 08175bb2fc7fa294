package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.Figure;
import trainyard.report.figure.StepFigure;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

/** A list of jobs that asks for no chart has one all the same. */
class UnaskedChartsTest {

    private static final String JOBS = """
            trainyard: 1
            name: unasked
            cluster: {nodes: 1, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs: {list: [{id: a, gpus: 8, run: 10 min}, {id: b, gpus: 8, run: 20 min}]}
            """;

    /** A job of 16 GPUs cannot run on the first of one and two nodes, which the distribution would show. */
    @Test
    void whatCannotBeDrawnIsLeftOut() {
        StudyResult result = TestStudies.run(
                JOBS.replace("gpus: 8, run: 20", "gpus: 16, run: 20") + "sweep: {cluster.nodes: [1, 2]}\n");
        List<Figure> figures = Charts.of(result, TestStudies.metric(result, "makespan"));
        assertThat(figures).singleElement().isInstanceOf(TableFigure.class);
    }

    /** The first job takes 10 min, the second waits for it and takes 30: of each half. */
    @Test
    void jobsHaveADistributionOfTheirTimes() {
        StudyResult result = TestStudies.run(JOBS);
        List<Figure> figures = Charts.of(result, TestStudies.metric(result, "makespan"));
        StepFigure cdf = (StepFigure) figures.get(0);
        assertThat(cdf.series()).hasSize(1);
        assertThat(cdf.series().get(0).points())
                .anySatisfy(point -> {
                    assertThat(point.x()).isCloseTo(10, within(0.01));
                    assertThat(point.y().value()).isEqualTo(50);
                })
                .last()
                .satisfies(point -> assertThat(point.y().value()).isEqualTo(100));
    }
}
