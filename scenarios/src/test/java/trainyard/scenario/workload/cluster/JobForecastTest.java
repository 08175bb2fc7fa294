package trainyard.scenario.workload.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.junit.jupiter.api.Test;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.study.TestStudies;

/** {@code jobs.forecast} and nodes by a timetable, in scenarios. */
class JobForecastTest {

    /** 24 jobs a day of one GPU for two hours: 2 GPUs in the mean, which grow to four times as many in 60 days. */
    private static final String SCENARIO = """
            trainyard: 1
            name: plan
            seed: 7
            replications: 2
            cluster:
              nodes: 2 nodes
              node: {preset: dgx-h100}
            jobs:
              arrivals:
                horizon: 60 days
                classes:
                  work: {every: 1 h, gpus: 1, run: 2 h, form: fixed, growth: 2}
              forecast: {fit: 50 days, plan: 10 days}
            scheduler: {policy: fifo}
            """;

    private static final String STEPS = """
            trainyard: 1
            name: steps
            cluster:
              nodes: 2 nodes
              node: {preset: dgx-h100}
            jobs:
              list:
                - {id: a, gpus: 8, run: 90 min}
                - {id: b, gpus: 8, run: 90 min}
              autoscaler: {rule: scheduled, provision: 0 s, steps: [{from: 0 s, nodes: 1 node}, {from: 1 h, nodes: 2 nodes}]}
            scheduler: {policy: fifo}
            """;

    /** Over the last ten days the rate is 2 GPUs x 2^(t / 30 d): 2 x 30 / 10 / ln 2 x (2^2 - 2^(5/3)) = 7.14 in the mean. */
    @Test
    void foreseesTheGrowthOfTheRate() {
        StudyResult result = TestStudies.run(SCENARIO);

        double grown = 2 * 3 / Math.log(2) * (4 - Math.pow(2, 5 / 3.0));
        assertThat(TestStudies.value(result, "forecast.gpus")).isCloseTo(grown, within(0.1 * grown));
        assertThat(TestStudies.value(result, "forecast.growth")).isCloseTo(1, within(0.2));
        assertThat(TestStudies.value(result, "forecast.error"))
                .isLessThan(TestStudies.value(result, "forecast.error.naive"));
        // Each of the jobs drawn holds a GPU for two hours.
        assertThat(TestStudies.value(result, "jobs")).isCloseTo(grown * 12 * 10, within(0.15 * grown * 120));
    }

    /** Of days after the last job nothing can be played as it came. */
    @Test
    void plannedDaysWithoutAJobAreRefused() {
        String after = SCENARIO.replace("plan: 10 days", "ahead: 20 days, plan: 10 days, play: actual");

        assertThat(TestStudies.run(after).cells())
                .singleElement()
                .satisfies(cell -> assertThat(cell.first()
                                .orElseThrow()
                                .infeasible()
                                .orElseThrow()
                                .message())
                        .isEqualTo("no job comes in the planned days"));
    }

    /** All replications look back on the same past, and the jobs that came are the same in each. */
    @Test
    void replicationsDifferInTheFutureAlone() {
        StudyResult drawn = TestStudies.run(SCENARIO);
        StudyResult came = TestStudies.run(SCENARIO.replace("plan: 10 days", "plan: 10 days, play: actual"));

        assertThat(values(drawn, "forecast.error")).hasSize(1);
        assertThat(values(drawn, "jobs")).hasSize(2);
        assertThat(values(came, "jobs")).hasSize(1);
    }

    private static Set<Double> values(StudyResult result, String metric) {
        return Set.copyOf(result.cells().get(0).outcomes().stream()
                .map(outcome -> outcome.metrics().get(TestStudies.metric(result, metric)))
                .distinct()
                .toList());
    }

    @Test
    void nodesComeWhenTheTimetableSays() {
        StudyResult result = TestStudies.run(STEPS);

        assertThat(TestStudies.value(result, "wait.mean")).isCloseTo(1800, within(1e-6));
        assertThat(TestStudies.value(result, "makespan")).isCloseTo(150 * 60, within(1e-6));
        // 8 GPUs for 150 min and 8 for 90 min.
        assertThat(TestStudies.value(result, "provisioned-gpu-hours")).isCloseTo(8 * 240 * 60, within(1e-3));
    }

    @Test
    void whatCannotBeIsRefusedWithItsPlace() {
        assertThat(problem(SCENARIO.replace("fit: 50 days", "fit: 70 days")))
                .contains("line=13, column=19")
                .contains("the jobs go on for 60 days");
        assertThat(problem(STEPS.replace("nodes: 2 nodes}]", "nodes: 3 nodes}]")))
                .contains("3 nodes cannot be there of 2");
        assertThat(problem(STEPS.replace("{from: 1 h,", "{from: 0 s,")))
                .contains("does not begin after the one before");
        assertThat(problem(STEPS.replaceAll(", steps: .*]}", "}"))).contains("has no steps");
    }

    private static String problem(String scenario) {
        return TestStudies.refusal(scenario).problems().toString();
    }
}
