package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import org.junit.jupiter.api.Test;

/** Two nodes of eight GPUs, of which one is slower, worked out by hand. */
class PoolSpeedsStudyTest {

    private static final String HEAD = """
            trainyard: 1
            name: fast-and-slow
            cluster: {nodes: 2, node: {preset: dgx-h100}}
            """;

    private static String jobs(String speeds) {
        return HEAD + """
                jobs:
                  list:
                    - {id: a, gpus: 8, run: 9 min}
                    - {id: b, gpus: 8, run: 9 min}
                  pools: {fast: 1 node, slow: 1 node}
                  pool-speeds: {slow: %s}
                """.formatted(speeds);
    }

    /** In order b stays on the slow node for 18 minutes, of which half are slowness; the fast node idles for 9. */
    @Test
    void aJobTakesLongerInASlowPool() {
        StudyResult result = run(jobs("{speed: 0.5}") + "scheduler: {policy: fifo}\n");

        assertThat(value(result, "makespan")).isCloseTo(18 * 60, within(1e-6));
        assertThat(value(result, "share.slowed")).isCloseTo(9 / 36.0, within(1e-9));
        assertThat(value(result, "share.useful")).isCloseTo(18 / 36.0, within(1e-9));
    }

    /** After a round of six minutes they change places, and both have done 6 + 3 minutes of work after another. */
    @Test
    void gavelLetsThemTakeTurns() {
        StudyResult result = run(jobs("{speed: 0.5}") + "scheduler: {preset: gavel}\n");

        assertThat(value(result, "makespan")).isCloseTo(12 * 60, within(1e-6));
        assertThat(value(result, "share.slowed")).isCloseTo(6 / 24.0, within(1e-9));
    }

    /** a loses nothing on the slow node, so it leaves the fast one to b, though it came first. */
    @Test
    void sharesKnowTheSpeedsOfEachJob() {
        StudyResult result =
                run(jobs("{classes: {b: 0.1}}") + "scheduler: {policy: shares, shares: max-sum-throughput}\n");

        assertThat(value(result, "makespan")).isCloseTo(9 * 60, within(1e-6));
    }

    @Test
    void muriIsTheOrderOfRemainingServiceOnFewNodes() {
        String list = HEAD + """
                jobs:
                  list:
                    - {id: long, gpus: 16, run: 60 min}
                    - {id: short, gpus: 4, run: 10 min, submit: 5 min}
                    - {id: wide, gpus: 12, run: 5 min, submit: 6 min}
                scheduler: %s
                """;

        StudyResult muri = run(list.formatted("{preset: muri}"));
        StudyResult srsf = run(list.formatted("{policy: srsf, placement: best-fit}"));

        // short and wide stop the long one at 5 and run beside each other; 55 minutes of it are left at 15.
        assertThat(value(muri, "makespan")).isCloseTo(70 * 60, within(1e-6));
        assertThat(value(muri, "jct.mean")).isCloseTo(value(srsf, "jct.mean"), within(1e-9));
    }

    @Test
    void poolsAndClassesThatAreNotThereAreRefused() {
        assertThat(refusal(jobs("{speed: 0.5}").replace("pool-speeds: {slow", "pool-speeds: {slo")
                                + "scheduler: {policy: fifo}\n")
                        .getMessage())
                .contains("there is no pool 'slo'");
        assertThat(refusal(jobs("{classes: {c: 0.5}}") + "scheduler: {policy: fifo}\n")
                        .getMessage())
                .contains("there is no class of jobs 'c'");
        assertThat(refusal(jobs("{speed: 0.5}").replace("  pools: {fast: 1 node, slow: 1 node}\n", "")
                                + "scheduler: {policy: fifo}\n")
                        .getMessage())
                .contains("pool");
    }
}
