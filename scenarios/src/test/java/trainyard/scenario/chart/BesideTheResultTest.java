package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.TornadoFigure;
import trainyard.scenario.answer.Answer;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;
import trainyard.scenario.workload.step.StepMetrics;

/** What stands beside a result: what was published of it, and what moves it. Four jobs of 8 GPUs take 10 s each. */
class BesideTheResultTest {

    private static final String JOBS = """
            trainyard: 1
            name: beside
            cluster: {nodes: 2, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs:
              list:
                - {id: a, gpus: 8, run: 10 s}
                - {id: b, gpus: 8, run: 10 s}
                - {id: c, gpus: 8, run: 10 s}
                - {id: d, gpus: 8, run: 10 s}
            """;

    private static Figure first(String scenario) {
        StudyResult result = TestStudies.run(scenario);
        return Charts.of(result, TestStudies.metric(result, "makespan")).get(0);
    }

    @Test
    void bars() {
        Figure figure = first(JOBS + """
                variants:
                  two: {published.makespan: {value: 25 s, source: A}}
                  one: {cluster.nodes: 1, published.makespan: {value: 50 s, source: A}}
                  four: {cluster.nodes: 4}
                report: {headline: makespan, charts: [{kind: bar, x: variant, y: makespan}]}
                """);
        assertThat(((BarFigure) figure).series())
                .containsExactly(
                        BarSeries.of("simulated", 20, 40, 10),
                        new BarSeries(
                                "published",
                                List.of(
                                        Optional.of(Estimate.exact(25)),
                                        Optional.of(Estimate.exact(50)),
                                        Optional.empty())));
    }

    /** Nothing is added where nothing was published of the metric that the bars show. */
    @Test
    void barsAlone() {
        Figure figure = first(JOBS + """
                variants:
                  two: {published.jct.mean: {value: 25 s, source: A}}
                  one: {cluster.nodes: 1}
                report: {headline: makespan, charts: [{kind: bar, x: variant, y: makespan}]}
                """);
        assertThat(((BarFigure) figure).series()).containsExactly(BarSeries.of("makespan", 20, 40));
    }

    /** From one node to four it is 40 s to 10 s, and from 8 GPUs a node to 16, of which two jobs share one, 20 s to 10 s. */
    @Test
    void tornado() {
        TornadoFigure figure = (TornadoFigure) first(JOBS + """
                vary: {cluster.nodes: [1, 4], cluster.node.gpus: [8, 16]}
                report: {headline: makespan, charts: [{kind: tornado, y: makespan, caption: Two ranges.}]}
                """);
        assertThat(figure.text().caption()).endsWith("Two ranges. The bars add up to 40 s, 75 % of it Cluster: nodes.");
    }

    /** A model does not fit in 1 GiB: the range with that end has no bar, which is said. */
    @Test
    void aRangeWithAnEndThatCannotRunIsNamed() {
        String step = """
                trainyard: 1
                name: memory
                cluster: {nodes: 1, node: {preset: dgx-a100}}
                job:
                  model: {preset: gpt3-1.3b}
                  batch: {global: 64 sequences, micro: 1 sequence, sequence-length: 2048 tokens}
                vary: {cluster.node.gpu.memory: [1 GiB, 80 GiB], cluster.node.nic-bandwidth: [100 Gb/s, 200 Gb/s]}
                report: {headline: step-time, charts: [{kind: tornado, y: step-time}]}
                """;
        StudyResult result = TestStudies.run(step);
        TornadoFigure figure =
                (TornadoFigure) Charts.of(result, StepMetrics.STEP_TIME).get(0);
        assertThat(figure.swings()).hasSize(1);
        assertThat(figure.text().caption())
                .endsWith("Left out are the ranges with these ends: memory 1 GiB (no value: the cell cannot run).");
        assertThat(Answer.of(result).obstacles()).singleElement().asString().startsWith("memory 1 GiB: stage 0 needs ");
    }
}
