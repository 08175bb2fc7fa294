package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code scheduler.space-sharing}: two jobs on the same GPUs, at stated and at measured speeds. */
class SpaceSharingStudyTest {

    private static String listed(String jobs, String scheduler) {
        return """
                trainyard: 1
                name: two-on-one-node
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                jobs:
                  list:
                    - {id: a, gpus: 8, run: 12 min}
                    - {id: b, gpus: 8, run: 24 min}
                %sscheduler: {policy: shares%s}
                """.formatted(jobs, scheduler);
    }

    private static String measured(String pools, String scheduler) {
        return """
                trainyard: 1
                name: lists-of-gavel
                cluster: {nodes: 2, node: {preset: dgx-h100, gpus: 4}}
                jobs:
                  trace: {file: "shipped:gavel/minimize_makespan.trace.gz", format: gavel, tables: "shipped:gavel/simulation_throughputs.json.gz", gpu-type: v100, first: 30 jobs}
                %sscheduler: {policy: shares, placement: any%s}
                """.formatted(pools, scheduler);
    }

    /** At 0.75 of their speed beside each other a is done at 16 minutes, and b, with 12 minutes of work left then, at 28; by turns they end at 18 and 36. */
    @Test
    void twoJobsOfOneSizeHaveTheSameGpus() {
        String slowdown = "  sharing-slowdown: [1.3333333333]\n";

        StudyResult paired = run(listed(slowdown, ", space-sharing: true"));
        StudyResult alone = run(listed("", ""));

        assertThat(value(paired, "makespan")).isCloseTo(28 * 60, within(0.01));
        assertThat(value(paired, "jct.mean")).isCloseTo(22 * 60, within(0.01));
        assertThat(value(paired, "share.useful")).isCloseTo(1, within(1e-6));
        assertThat(value(paired, "preemptions")).isZero();
        assertThat(value(alone, "makespan")).isCloseTo(36 * 60, within(0.01));
        assertThat(value(alone, "jct.mean")).isCloseTo(27 * 60, within(0.01));
    }

    /** What the authors of Gavel measured on V100s is enough for the first jobs of their list to be done sooner, under each objective for which Gavel has pairs. */
    @ParameterizedTest
    @CsvSource({"max-min-fairness", "finish-time-fairness", "min-total-duration"})
    void jobsOfGavelAreDoneSooner(String shares) {
        StudyResult alone = run(measured("", ", shares: " + shares));
        StudyResult paired = run(measured("", ", space-sharing: true, shares: " + shares));

        assertThat(value(paired, "makespan")).isLessThan(0.95 * value(alone, "makespan"));
        assertThat(value(paired, "jct.mean")).isLessThan(0.95 * value(alone, "jct.mean"));
    }

    @Test
    void pairsNeedSpeeds() {
        assertThat(refusal(listed("", ", space-sharing: true")).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).isEqualTo("nothing says how fast two jobs are on the same GPUs");
                    assertThat(problem.hint()).contains("sharing-slowdown: [1.4]");
                    assertThat(problem.position().orElseThrow().line()).isEqualTo(8);
                });
        assertThat(refusal(listed("  sharing-slowdown: [1.2, 1.4]\n", ", space-sharing: true"))
                        .getMessage())
                .contains("needs one factor, got 2");
        assertThat(refusal(listed("  sharing-slowdown: [2]\n", ", space-sharing: true"))
                        .getMessage())
                .contains("do no more than by turns");
        assertThat(refusal(measured("  pools: {v100: 1 node, p10: 1 node}\n", ", space-sharing: true"))
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("how fast two jobs are on the GPUs of pool p10");
                    assertThat(problem.hint()).contains("p100");
                });
    }

    @Test
    void whatPairsLackIsRefused() {
        String slowdown = "  sharing-slowdown: [1.4]\n";

        assertThat(refusal(listed(
                                slowdown + "  spot: {nodes: 1 node, up: 8 h, notice: 2 min, away: 4 h}\n",
                                ", space-sharing: true"))
                        .getMessage())
                .contains("nodes stay under jobs that share GPUs");
        assertThat(refusal(listed(slowdown + "  checkpoint: {on-stop: falls-back}\n", ", space-sharing: true"))
                        .getMessage())
                .contains("jobs that share GPUs save when they are stopped");
    }

    @ParameterizedTest
    @CsvSource({
        "', space-sharing: true, shares: equal-shares', space-sharing",
        "', space-sharing: true, shares: max-sum-throughput', space-sharing",
        "'', sharing-slowdown",
    })
    void keysThatCountForNothingAreRefused(String scheduler, String key) {
        String text = listed("  sharing-slowdown: [1.4]\n", scheduler);

        assertThatThrownBy(() -> UnusedKeys.check(TestStudies.study(text).scenario()))
                .hasMessageContaining("'" + key + "' has no effect");
    }
}
