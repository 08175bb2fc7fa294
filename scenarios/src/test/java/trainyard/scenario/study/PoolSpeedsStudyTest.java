package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.scenario.workload.cluster.QueueAt;

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

    /**
     * Of a job that is half as fast on the slow node, eight slow GPUs count 8 and eight fast ones 16; of one that is as fast on both, 8: the first has the fast ones,
     * though it came last. Both train in data parallel without an exchange, with noise that makes any batch as good.
     */
    @Test
    void siaKnowsTheSpeedsOfEachJob() {
        String training =
                "{alpha-grad: 0 ms, beta-grad: 1 ms, noise-scale: 1000000000, initial-batch: 8, most-pass: 8, most-gpus: 8}";

        StudyResult result =
                run(jobs("{classes: {b: 0.5}}") + "  training: {a: %s, b: %s}\n".formatted(training, training)
                        + "scheduler: {preset: sia, explore: false}\n");

        assertThat(value(result, "makespan")).isCloseTo(9 * 60, within(1e-6));
        assertThat(value(result, "wait.mean")).isZero();
    }

    @Test
    void siaRefusesWhatMakesAllTheSame() {
        assertThat(refusal(jobs("{speed: 0.5}") + "scheduler: {policy: sia, fairness: 0}\n"))
                .hasMessageContaining("with a power of 0 all GPUs are worth the same");
        assertThat(refusal(jobs("{speed: 0.5}") + "scheduler: {policy: sia, unallocated: 1}\n"))
                .hasMessageContaining("costs no more than one with the fewest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"placement: spread", "population: 10 allocations", "avoid-interference: false"})
    void keysOfOthersCountForNothingWithSia(String key) {
        String text = jobs("{speed: 0.5}") + "scheduler: {policy: sia, %s}\n".formatted(key);

        assertThatThrownBy(() -> UnusedKeys.check(TestStudies.study(text).scenario()))
                .hasMessageContaining("'" + key.substring(0, key.indexOf(':')) + "' has no effect with policy sia");
    }

    /**
     * Sixteen GPUs for two jobs, one that reads and one that computes. In turns neither loses anything; as Muri's simulator has it a group
     * of two is 1.31 times slower. One behind the other they end after 10 and 20 minutes.
     */
    @Test
    void muriLetsJobsTakeTurns() {
        String list = HEAD + """
                jobs:
                  list:
                    - {id: reads, gpus: 16, run: 10 min, stages: {storage: 2 s}}
                    - {id: computes, gpus: 16, run: 10 min, stages: {gpu: 2 s}}
                scheduler: %s
                """;

        StudyResult exact = run(list.formatted("{preset: muri, group-slowdown: [1, 1, 1]}"));
        StudyResult muri = run(list.formatted("{preset: muri-l}"));
        StudyResult srsf = run(list.formatted("{policy: srsf}"));

        assertThat(value(exact, "jct.mean")).isCloseTo(10 * 60, within(1e-6));
        assertThat(value(muri, "jct.mean")).isCloseTo(13.1 * 60, within(1e-6));
        assertThat(value(srsf, "jct.mean")).isCloseTo(15 * 60, within(1e-6));
        assertThat(value(exact, "share.useful")).isCloseTo(1, within(1e-9));
        assertThat(refusal(list.formatted("{policy: muri-s, group-slowdown: [1, 1]}"))
                        .getMessage())
                .contains("three factors, got 2");
    }

    @Test
    void stagesThatSayNothingAreRefused() {
        String list = HEAD + """
                jobs:
                  list: [{id: a, gpus: 16, run: 10 min, stages: %s}]
                scheduler: {policy: %s}
                """;

        assertThat(refusal(list.formatted("{gpu: 0 s}", "muri-s")).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).isEqualTo("an iteration takes some time");
                    assertThat(problem.hint()).contains("write one of the stages");
                    assertThat(problem.position().orElseThrow().line()).isEqualTo(5);
                    assertThat(problem.position().orElseThrow().column()).isEqualTo(49);
                });
        Study unused = TestStudies.study(list.formatted("{gpu: 2 s}", "srtf"));
        assertThatThrownBy(() -> UnusedKeys.check(unused.scenario())).hasMessageContaining("'stages' has no effect");
        assertThat(refusal(list.formatted("{gpus: 2 s}", "muri-s")).getMessage())
                .contains("unknown key 'gpus'");
        assertThat(refusal(list.formatted("{gpu: -2 s}", "muri-s")).getMessage())
                .contains("'-2' is negative");
    }

    @Test
    void queueCountsEachOfThoseWhoShareGpus() {
        Study study = TestStudies.study(HEAD + """
                jobs:
                  list:
                    - {id: reads, gpus: 16, run: 10 min, stages: {storage: 2 s}}
                    - {id: computes, gpus: 16, run: 10 min, stages: {gpu: 2 s}}
                scheduler: {policy: muri-s}
                """);

        QueueAt queue = QueueAt.of(study.workload(study.cells().get(0)), 300);

        assertThat(queue.running()).isEqualTo(2);
        assertThat(queue.heldGpus()).isEqualTo(16);
        assertThat(queue.waiting()).isEmpty();
    }

    @Test
    void jobsThatShareGpusAreNotTakenFromTheirNodes() {
        assertThat(refusal(HEAD + """
                jobs:
                  list: [{id: a, gpus: 16, run: 10 min}]
                  spot: {nodes: 1 node, up: 8 h, notice: 2 min, away: 4 h}
                scheduler: {policy: muri-s}
                """).getMessage()).contains("nodes stay under jobs that share GPUs");
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
