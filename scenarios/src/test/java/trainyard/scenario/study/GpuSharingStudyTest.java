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
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.source.ScenarioException;

/** Jobs that take parts of GPUs, and cells of teams, in scenarios. */
class GpuSharingStudyTest {

    /** Two GPUs: A and B share one for 10 s, C has the other for 5 s, and D, which wants 0.75, waits for C. */
    private static final String FOUR_JOBS = """
            trainyard: 1
            name: four-jobs
            cluster: {nodes: 1, node: {preset: dgx-h100, gpus: 2}}
            cost: {price: 3.6 USD/GPU-hour}
            scheduler: {policy: POLICY, placement: best-fit}
            jobs:
              list:
                - {id: a, team: x, gpus: 0.5, run: 10 s}
                - {id: b, team: y, gpus: 0.25, run: 10 s, submit: 1 s}
                - {id: c, team: y, gpus: 1, run: 5 s, submit: 1 s}
                - {id: d, team: y, gpus: 0.75, run: 4 s, submit: 2 s}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {"fifo", "fifo-fit-first", "sjf", "easy", "conservative", "max-min", "drf", "kueue", "priority"})
    void partsOfGpusCountAsWhatTheyAre(String policy) {
        StudyResult result = run(FOUR_JOBS.replace("POLICY", policy));

        assertThat(value(result, "wait.mean")).isCloseTo(1.0, within(1e-9));
        assertThat(value(result, "makespan")).isEqualTo(11);
        double held = 5 + 2.5 + 5 + 3;
        assertThat(value(result, "gpu-hours")).isCloseTo(held, within(1e-9));
        assertThat(value(result, "utilization")).isCloseTo(held / 22, within(1e-9));
        assertThat(value(result, "team.y.gpu-hours")).isCloseTo(10.5, within(1e-9));
        assertThat(value(result, "team.y.gpus.most")).isCloseTo(1.25, within(1e-9));
        assertThat(value(result, "cost")).isCloseTo(0.022, within(1e-9));
        // While d waits, 0.25 is free in all.
        assertThat(value(result, "share.fragmented")).isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "placement: best-fit | placement: spread | placement spread knows whole ones only",
                "policy: fifo | policy: pod-by-pod | policy pod-by-pod hands out whole ones only",
                "gpus: 0.25 | gpus: 0.2505 | neither whole nor a part of one in thousandths",
                "gpus: 0.25 | gpus: 1.5 | neither whole nor a part of one in thousandths",
                "gpus: 0.25 | gpus: 0 | out of range",
                "gpus: 0.25 | gpus: half | is not a number of GPUs",
                "placement: best-fit | defragmentation: {} | jobs are moved on whole ones only",
            })
    void whatOnlyWholeGpusHaveIsRefusedWithItsPlace(String from, String to, String message) {
        String scenario = FOUR_JOBS.replace("POLICY", "fifo").replace(from.strip(), to.strip());

        ScenarioException refused = refusal(scenario);
        assertThat(refused.getMessage()).contains(message.strip());
        assertThat(refused.problems()).allSatisfy(problem -> {
            assertThat(problem.position()).isPresent();
            assertThat(problem.hint()).isNotEmpty();
        });
    }

    private static String slowed(String text) {
        return FOUR_JOBS.replace("POLICY", "fifo").replace("jobs:\n", "jobs:\n  sharing-slowdown: [1.5]\n" + text);
    }

    /** "a" has 9 s left when "b" comes, which take 13.5 s; "b" has done as much by then and ends a second later. */
    @Test
    void jobsOnOneGpuSlowEachOtherDownAsStated() {
        StudyResult result = run(slowed(""));

        assertThat(value(result, "makespan")).isCloseTo(15.5, within(1e-6));
        assertThat(value(result, "wait.mean")).isCloseTo(1.0, within(1e-6));
        assertThat(value(result, "gpu-hours.slowed")).isCloseTo((0.5 + 0.25) * 4.5, within(1e-6));
    }

    @Test
    void aSlowdownIsRefusedWhereItCannotBeToldOrCountsForNothing() {
        assertThat(refusal(slowed("  spot: {nodes: 1 node, up: 8 h, notice: 2 min, away: 4 h}\n"))
                        .getMessage())
                .contains("nodes stay under jobs that slow each other down");
        assertThat(refusal(slowed("  checkpoint: {on-stop: falls-back}\n")).getMessage())
                .contains("save when they are stopped");
        assertThat(refusal(slowed("").replace("[1.5]", "[0.5]")).getMessage()).contains("out of range");
        Study whole = TestStudies.study(
                slowed("").replace("0.5,", "1,").replace("0.25,", "1,").replace("0.75,", "1,"));
        assertThatThrownBy(() -> UnusedKeys.check(whole.scenario()))
                .hasMessageContaining("'sharing-slowdown' has no effect");
    }

    /** Half of the jobs on 0.4 of a GPU, as the list has it. */
    @Test
    void partsAreDrawnFromClassesToo() {
        StudyResult result = run("""
                trainyard: 1
                name: drawn
                cluster: {nodes: 1, node: {preset: dgx-h100}}
                scheduler: {policy: fifo-fit-first, placement: fgd}
                jobs:
                  arrivals:
                    horizon: 1 day
                    classes:
                      notebook: {every: 10 min, gpus: [0.4, 1], run: 1 min, spread: 0.01}
                """);

        double jobs = value(result, "jobs.done");
        assertThat(value(result, "gpu-hours") / 60 / jobs).isCloseTo(0.7, within(0.1));
    }

    private static final String CELLS = """
            trainyard: 1
            name: cells
            cluster: {nodes: 2, node: {preset: dgx-h100}}
            scheduler:
              policy: priority
              placement: buddy
              teams: {a: {cells: {node: 1}}, spare: {cells: {4-gpus: 1}}}
            jobs:
              list:
                - {id: low, team: others, gpus: 12, run: 10 s}
                - {id: high, team: a, gpus: 8, run: 5 s, submit: 1 s}
            """;

    /** The job of a team without cells is stopped after 1 s of 10 and goes on at 6 s. */
    @Test
    void aCellIsTheTeamsWhateverRunsThere() {
        StudyResult result = run(CELLS);

        assertThat(value(result, "team.a.wait.mean")).isZero();
        assertThat(value(result, "preemptions")).isEqualTo(1);
        assertThat(value(result, "makespan")).isEqualTo(15);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node: 1 | nod: 1 | did you mean 'node'",
                "node: 1 | node: 2 | promised more than the 16 GPUs have in cells of 4 GPUs",
                "policy: priority | policy: pod-by-pod | without a look at cells",
            })
    void cellsThatAreNotThereAreRefused(String from, String to, String message) {
        assertThat(refusal(CELLS.replace(from.strip(), to.strip())).problems())
                .anySatisfy(problem ->
                        assertThat(problem.message() + problem.hint()).contains(message.strip()));
    }
}
