package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static trainyard.scenario.study.TestStudies.refusal;
import static trainyard.scenario.study.TestStudies.run;
import static trainyard.scenario.study.TestStudies.value;

import org.junit.jupiter.api.Test;

/** Jobs that are moved so that another one fits, worked out by hand. */
class DefragmentationStudyTest {

    /** Each node has a long job of two GPUs and a short one of six; then six and six are free, and a job wants eight on one. */
    private static final String SCATTERED = """
            trainyard: 1
            name: scattered
            cluster: {nodes: 2, node: {preset: dgx-h100%s}}
            jobs:
              list:
                - {id: a, gpus: 6, run: 10 min}
                - {id: b, gpus: 2, run: 100 min}
                - {id: c, gpus: 6, run: 10 min}
                - {id: d, gpus: 2, run: 100 min}
                - {id: wide, gpus: 8, run: 10 min, submit: 1 min}
            scheduler: {policy: fifo, placement: best-fit%s}
            """;

    @Test
    void aMoveMakesPlace() {
        StudyResult still = run(SCATTERED.formatted("", ""));
        StudyResult moved = run(SCATTERED.formatted("", ", defragmentation: {moves: 1 job, rest: 0 s}"));

        assertThat(value(still, "wait.mean")).isCloseTo(99 * 60 / 5.0, within(1e-6));
        assertThat(value(still, "moves")).isZero();
        assertThat(value(moved, "wait.mean")).isCloseTo(9 * 60 / 5.0, within(1e-6));
        assertThat(value(moved, "moves")).isEqualTo(1);
        assertThat(value(moved, "preemptions")).isZero();
    }

    @Test
    void movesThatLookAtNoProcessorsAreRefused() {
        assertThat(refusal(SCATTERED.formatted(", cpus: 64", ", defragmentation: {moves: 1 job}"))
                        .getMessage())
                .contains("without a look at pools, processors and memory");
    }
}
