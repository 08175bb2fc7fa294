package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.step.cost.TimeState;
import trainyard.report.figure.Estimate;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.step.StepMetrics;

/** Scenarios with {@code cluster.condition}. */
class UnevenStudyTest {

    private static final Metric WAIT = StepMetrics.timeShare(TimeState.STRAGGLER_WAIT);

    private static String job(String condition, String more) {
        return """
                trainyard: 1
                name: test
                cluster: {nodes: 4, node: {preset: dgx-a100}, condition: {%s}}
                job:
                  model: {preset: gpt3-1.3b}
                  batch: {global: 64, micro: 1}
                  parallel: {tensor: 2, pipeline: 1, zero: 1}
                %s
                """.formatted(condition, more);
    }

    private static StudyResult run(String text) {
        Scenario scenario = Scenario.of(new SourceText("test", text), Path.of(""), List.of());
        return new StudyRunner(1, done -> {}).run(Study.of(scenario, false));
    }

    private static CellResult only(String text) {
        return run(text).grid().get(0);
    }

    @Test
    void jitterGivesAnIntervalThatShrinksWithTheReplications() {
        Estimate few =
                only(job("jitter: {cv: 10%}", "replications: 4")).estimate(WAIT).orElseThrow();
        Estimate many = only(job("jitter: {cv: 10%}", "replications: 40"))
                .estimate(WAIT)
                .orElseThrow();
        assertThat(few.isExact()).isFalse();
        assertThat(many.high() - many.low()).isLessThan((few.high() - few.low()) / 1.5);
    }

    @Test
    void theSameSeedGivesTheSameSteps() {
        String text = job("jitter: {cv: 10%, distribution: gamma}", "replications: 3");
        assertThat(only(text).outcomes().get(1).metrics())
                .isEqualTo(only(text).outcomes().get(1).metrics());
        assertThat(only(text).mean(StepMetrics.STEP_TIME))
                .isNotEqualTo(only(text + "seed: 2\n").mean(StepMetrics.STEP_TIME));
    }

    /** One of 32 GPUs at half speed is as late wherever it is drawn. */
    @Test
    void aDrawnStragglerCostsWhatANamedOneCosts() {
        CellResult drawn = only(job("stragglers: [{count: 1, speed: 0.5}]", "replications: 3"));
        CellResult named = only(job("stragglers: [{gpus: 7, speed: 0.5}]", ""));
        assertThat(drawn.mean(StepMetrics.STEP_TIME)).isEqualTo(named.mean(StepMetrics.STEP_TIME));
    }

    /** All ports of a leaf's nodes share its uplinks; one port that is down leaves seven of eight. */
    @Test
    void slowLinksReachTheGpusThatUseThem() {
        double healthy = only(job("", "")).mean(StepMetrics.STEP_TIME).orElseThrow();
        for (String link : List.of("port, nodes: 3, share: 0", "scale-up, nodes: 3, share: 0.5")) {
            CellResult slow = only(job("slow-links: [{link: " + link + "}]", ""));
            assertThat(slow.mean(StepMetrics.STEP_TIME).orElseThrow()).isGreaterThan(healthy);
        }
    }

    @Test
    void whatContradictsItselfIsRefusedWithItsPlace() {
        refused("stragglers: [{speed: 0.5}]", "a straggler needs one of gpus, nodes and count");
        refused("stragglers: [{gpus: 7-3, speed: 0.5}]", "the range 7-3 runs backwards");
        refused("stragglers: [{gpus: 32, speed: 0.5}]", "there is no 32 among the 32 GPUs of the cluster");
        refused("stragglers: [{count: 33, speed: 0.5}]", "33 stragglers are more than the 32 GPUs of the job");
        refused("slow-links: [{link: scale-up, nodes: 0, share: 0}]", "a job does not go on");
        refused("jitter: {cv: 50%, distribution: normal}", "normal times with a cv of 0.5 would often be below 0");
        refused("other-nodes: [{preset: jean-zay-v100-quad, nodes: 1}]", "ranks are laid out over nodes of one size");
    }

    private static void refused(String condition, String message) {
        assertThatThrownBy(() -> {
                    StudyResult result = run(job(condition, ""));
                    result.requireFeasible();
                })
                .isInstanceOf(ScenarioException.class)
                .satisfies(thrown -> assertThat(((ScenarioException) thrown).problems())
                        .anyMatch(problem -> problem.message().contains(message)));
    }
}
