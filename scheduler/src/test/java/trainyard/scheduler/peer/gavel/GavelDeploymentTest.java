package trainyard.scheduler.peer.gavel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.faults.trace.TraceFile;

class GavelDeploymentTest {

    /** Rounds of 120 s; 10 s until a job trains and 10 s to save it. */
    private static final GavelRules RULES = GavelRules.shockwave(120, 20);

    private static final String TABLE = "{\"v100\":{\"('A', 1)\":{\"null\":1.0},\"('A', 2)\":{\"null\":1.0},"
            + "\"('LM (batch size 40)', 1)\":{\"null\":100.0},\"('LM (batch size 80)', 1)\":{\"null\":80.0}}}";

    @TempDir
    private Path folder;

    private GavelThroughputs table;

    @BeforeEach
    void readTable() throws IOException {
        table = GavelThroughputs.read(TraceFile.of(Files.writeString(folder.resolve("speeds.json"), TABLE)));
    }

    private GavelOutcome play(int gpus, GavelJob... jobs) {
        return GavelDeployment.run(List.of(jobs), table, GavelCluster.of(gpus, 0, 0), "isolated", RULES)
                .orElseThrow();
    }

    private static GavelJob job(long steps, int gpus, double arrival) {
        return new GavelJob("A", steps, gpus, 1, arrival, GavelJob.Mode.STATIC);
    }

    @Test
    void aJobAloneKeepsItsGpusAndStartsOnce() {
        GavelOutcome outcome = play(1, job(500, 1, 0));

        assertThat(outcome.completionSeconds()).containsExactly(10.0 + 500 + 10);
        assertThat(outcome.utilization()).isCloseTo(500.0 / 520, within(1e-12));
        assertThat(outcome.rounds()).isEqualTo(5);
    }

    @Test
    void aJobStartsInTheMiddleOfARoundOnGpusThatAreFree() {
        GavelOutcome outcome = play(2, job(500, 1, 0), job(100, 1, 30));

        assertThat(outcome.completionSeconds().get(1)).isCloseTo(60 - 30 + 10 + 100 + 10, within(1e-9));
    }

    @Test
    void aJobThatNeedsTheGpusOfAnotherWaitsUntilThatIsSaved() {
        // At 60 s both have had as much, and the first keeps its GPU; at 180 s it has had more, and loses it at 240 s.
        GavelOutcome outcome = play(1, job(500, 1, 0), job(50, 1, 30));

        assertThat(outcome.completionSeconds().get(1)).isCloseTo(240 + 10 + 10 + 50 + 10 - 30, within(1e-9));
    }

    @Test
    void anotherBatchSizeCostsAStartAtTheEndOfItsEpoch() {
        // 1,492 steps are an epoch at 40, of which the first 3 of 10 and 10 anyway are small; 746 are one at 80.
        GavelOutcome outcome = play(1, new GavelJob("LM (batch size 40)", 20 * 1492, 1, 1, 0, GavelJob.Mode.ACCORDION));

        double small = 11 * 1492 / 100.0;
        double large = 9 * 746 / 80.0;
        // It stops at 174.12 s and is saved at 184.12 s, after the middle of the second round, and starts with the
        // third.
        assertThat(outcome.completionSeconds().get(0)).isCloseTo(240 + 10 + large + 10, within(0.1));
        assertThat(10 + small).isBetween(120.0, 180.0);
    }

    @Test
    void twoTypesOfGpuAndTooWideJobsAreRefused() {
        assertThatThrownBy(() -> GavelDeployment.run(List.of(), table, GavelCluster.of(1, 1, 0), "isolated", RULES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one type of GPU");
        assertThatThrownBy(() -> play(1, job(1, 2, 0))).isInstanceOf(IllegalArgumentException.class);
        assertThat(GavelDeployment.run(List.of(), table, GavelCluster.of(1, 0, 0), "shockwave", RULES))
                .isEmpty();
    }
}
