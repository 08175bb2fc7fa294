package trainyard.scenario.workload.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.Study;
import trainyard.scenario.workload.Workload;

/** Who waits, why and until when on 8 GPUs, worked out by hand. */
class QueueAtTest {

    private static final double HOUR = 3600;

    /** a leaves one GPU free until 2 h, b has all until 3 h; c would fit beside a but may not overtake b. */
    private static final String JOBS = """
            trainyard: 1
            name: three
            cluster: {nodes: 1 node, node: {preset: dgx-h100}}
            scheduler: {policy: fifo}
            jobs:
              list:
                - {id: a, gpus: 7, run: 2 h}
                - {id: b, gpus: 8, submit: 30 min, run: 1 h, team: vision}
                - {id: c, gpus: 1, submit: 45 min, run: 1 h}
                - {id: d, gpus: 1, submit: 90 min, run: 1 h}
            """;

    private static Workload workload() {
        return workload(JOBS);
    }

    private static Workload workload(String text) {
        Study study = Study.of(Scenario.of(new SourceText("test.yaml", text), Path.of(""), List.of()), false);
        return study.workload(study.cells().get(0));
    }

    @Test
    void eachJobThatWaitsHasItsReasonAndItsStart() {
        QueueAt queue = QueueAt.of(workload(), HOUR);

        assertThat(queue.running()).isEqualTo(1);
        assertThat(queue.heldGpus()).isEqualTo(7);
        assertThat(queue.waiting())
                .containsExactly(
                        new QueueAt.Waiting(
                                "b",
                                "vision",
                                8,
                                HOUR / 2,
                                "fewer GPUs are free than it wants",
                                OptionalDouble.of(2 * HOUR),
                                Optional.empty(),
                                OptionalDouble.empty(),
                                Optional.empty()),
                        new QueueAt.Waiting(
                                "c",
                                "",
                                1,
                                0.75 * HOUR,
                                "it may not overtake: b",
                                OptionalDouble.of(3 * HOUR),
                                Optional.empty(),
                                OptionalDouble.empty(),
                                Optional.empty()));
    }

    /** At 96 min c has filled in until 105 min, and d, which would delay b at 2 h, waits. */
    @Test
    void aPolicyThatKeepsGpusForAJobSaysFromWhen() {
        for (String policy : List.of("easy", "conservative")) {
            assertThat(QueueAt.of(workload(JOBS.replace("fifo", policy)), 1.6 * HOUR)
                            .waiting())
                    .as(policy)
                    .extracting(QueueAt.Waiting::job, QueueAt.Waiting::reservedSeconds)
                    .containsExactly(
                            tuple("b", OptionalDouble.of(2 * HOUR)),
                            tuple("d", policy.equals("easy") ? OptionalDouble.empty() : OptionalDouble.of(3 * HOUR)));
        }
        assertThat(QueueAt.of(workload(), HOUR).waiting())
                .as("first in, first out")
                .allSatisfy(job -> assertThat(job.reservedSeconds()).isEmpty());
    }

    /** b has less time left than a after half an hour and stops it; c has more than b has then, and waits. */
    @Test
    void whoWasStoppedIsToldForWhom() {
        QueueAt queue = QueueAt.of(
                workload(JOBS.replace("fifo", "srtf").replace("gpus: 1, submit: 45", "gpus: 2, submit: 45")), HOUR);

        assertThat(queue.waiting())
                .filteredOn(waiting -> waiting.job().equals("a"))
                .singleElement()
                .satisfies(waiting -> {
                    assertThat(waiting.stopped()).hasValue(new QueueAt.Stopped("b", HOUR / 2));
                    assertThat(waiting.startSeconds())
                            .as("again once c, the shorter, is done")
                            .hasValue(2.5 * HOUR);
                });
        assertThat(queue.waiting())
                .filteredOn(waiting -> waiting.job().equals("c"))
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.stopped()).isEmpty());
    }

    /** Each job takes 5 min to start: a ends at 65 min and b at 130 min. Halfway through, saves of 2 min each 10 min count too. */
    @Test
    void whatStartsAndSavesTakeCounts() {
        String fifo = """
                trainyard: 1
                name: costs
                cluster: {nodes: 1 node, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs:
                  checkpoint: {start: 5 min}
                  list:
                    - {id: a, gpus: 8, run: 1 h}
                    - {id: b, gpus: 8, submit: 10 min, run: 1 h}
                    - {id: c, gpus: 8, submit: 11 min, run: 1 h}
                """;
        for (double minutes : new double[] {30, 62}) {
            assertThat(QueueAt.of(workload(fifo), minutes * 60).waiting())
                    .extracting(QueueAt.Waiting::startSeconds)
                    .containsExactly(OptionalDouble.of(65 * 60), OptionalDouble.of(130 * 60));
        }
        assertThat(QueueAt.start(workload(fifo), HOUR, "", 8, HOUR)).hasValue(195 * 60);
        String saves = fifo.replace("start: 5 min", "start: 5 min, interval: 10 min, write: 2 min");
        assertThat(QueueAt.of(workload(saves), HOUR)
                        .waiting()
                        .get(0)
                        .startSeconds()
                        .orElseThrow())
                .isGreaterThanOrEqualTo(75 * 60);
    }

    /** The only node is away from 3 h to 4 h, which was known beforehand; faults to come are not. */
    @Test
    void plannedMaintenanceIsForeseen() {
        Workload planned = workload(JOBS.replace("jobs:\n", """
                jobs:
                  maintenance: {first: 3 h, every: 10 days, length: 1 h, notice: 0 s}
                """));
        assertThat(QueueAt.start(planned, HOUR, "", 8, 2 * HOUR)).hasValue(5 * HOUR);
    }

    @Test
    void nobodyWaitsBeforeTheFirstAndAfterTheLast() {
        assertThat(QueueAt.of(workload(), HOUR / 4).waiting()).isEmpty();
        assertThat(QueueAt.of(workload(), 3.5 * HOUR).waiting()).isEmpty();
    }

    /** A trial has all GPUs until its third of 9 h is over; which of the three then goes on is open. */
    @Test
    void amidASweepNoStartIsKnown() {
        Workload tuned = workload("""
                trainyard: 1
                name: tuned
                cluster: {nodes: 1 node, node: {preset: dgx-h100}}
                scheduler: {policy: fifo}
                jobs: {sweeps: {tune: {trials: 3, gpus: 8, train: 9 h, method: successive-halving, rungs: 2, team: vision}}}
                """);
        QueueAt queue = QueueAt.of(tuned, HOUR);

        assertThat(queue.running()).isEqualTo(1);
        assertThat(queue.waiting())
                .containsExactly(
                        new QueueAt.Waiting(
                                "tune/0/trial1/rung0",
                                "vision",
                                8,
                                0,
                                "fewer GPUs are free than it wants",
                                OptionalDouble.empty(),
                                Optional.of(QueueAt.NoStart.UNKNOWN),
                                OptionalDouble.empty(),
                                Optional.empty()),
                        new QueueAt.Waiting(
                                "tune/0/trial2/rung0",
                                "vision",
                                8,
                                0,
                                "it may not overtake: tune/0/trial1/rung0",
                                OptionalDouble.empty(),
                                Optional.of(QueueAt.NoStart.UNKNOWN),
                                OptionalDouble.empty(),
                                Optional.empty()));
        assertThat(QueueAt.of(tuned, 7 * HOUR).waiting())
                .as("the first two are done, the third runs")
                .isEmpty();
        assertThatThrownBy(() -> QueueAt.start(tuned, HOUR, "", 1, HOUR))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("which trials of sweep tune go on");
    }

    /** Beside c there are 7 GPUs from 3 h on; d is not known at 1 h. */
    @Test
    void aJobSubmittedNowStartsBehindThoseThatWait() {
        assertThat(QueueAt.start(workload(), HOUR, "", 7, HOUR)).hasValue(3 * HOUR);
        assertThat(QueueAt.start(workload(), HOUR, "", 8, HOUR)).hasValue(4 * HOUR);
        assertThat(QueueAt.start(workload(), HOUR, "", 9, HOUR)).isEmpty();
    }
}
