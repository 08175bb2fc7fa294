package trainyard.scheduler.peer.gavel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;

class GavelSimulationTest {

    private static final String TABLE = "{\"v100\":{\"('A', 1)\":{\"null\":1.0,\"('A', 1)\":[0.4,0.4]}}}";

    @TempDir
    private Path folder;

    private TraceFile file(String name, String text) throws IOException {
        return TraceFile.of(Files.writeString(folder.resolve(name), text));
    }

    private GavelOutcome play(String policy, GavelRules rules, GavelJob... jobs) throws IOException {
        GavelThroughputs table = GavelThroughputs.read(file("speeds.json", TABLE));
        return GavelSimulation.run(List.of(jobs), table, GavelCluster.of(1, 0, 0), policy, 0, rules)
                .orElseThrow();
    }

    private static GavelJob job(long steps, double arrival) {
        return new GavelJob("A", steps, 1, 1, arrival, GavelJob.Mode.STATIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fifo",
                "fifo_perf",
                "gandiva",
                "gandiva_fair",
                "allox",
                "isolated",
                "max_min_fairness",
                "max_min_fairness_perf",
                "finish_time_fairness",
                "min_total_duration_perf",
                "max_sum_throughput_perf"
            })
    void aJobAloneRunsInRoundsUntilItIsDone(String policy) throws IOException {
        GavelOutcome outcome = play(policy, GavelRules.GAVEL, job(500, 0));

        assertThat(outcome.completionSeconds()).containsExactly(500.0);
        assertThat(outcome.rounds()).isEqualTo(2);
        assertThat(outcome.utilization()).isCloseTo(1, within(1e-12));
    }

    @Test
    void equalJobsTakeTurnsRoundByRound() throws IOException {
        GavelOutcome outcome = play("isolated", GavelRules.GAVEL, job(720, 0), job(720, 0));

        assertThat(outcome.completionSeconds()).containsExactlyInAnyOrder(1080.0, 1440.0);
    }

    @Test
    void aJobThatComesBackLosesARestartInTheForkOfShockwave() throws IOException {
        GavelOutcome outcome = play("isolated", GavelRules.shockwave(120, 20), job(240, 0), job(240, 0));

        // Both lose 20 s of their second round, but for the one that ran in the first: every round is another's turn.
        assertThat(outcome.completionSeconds())
                .allSatisfy(seconds -> assertThat(seconds).isBetween(360.0, 720.0));
        assertThat(outcome.rounds()).isGreaterThan(4);
    }

    @Test
    void damagedListsAndTablesAreRefusedWithFileAndLine() throws IOException {
        String good = "A\tpython3 x\tdir\t--steps\t1\t500\t1\t1\t-1.0\t0.0\n";
        assertThat(GavelTrace.read(file("a.trace", good))).containsExactly(job(500, 0));
        assertThatThrownBy(() -> GavelTrace.read(file("b.trace", good + good.replace("500", "many"))))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("b.trace:2: cell 6");
        assertThatThrownBy(() -> GavelThroughputs.read(file("c.json", "{\"v100\":{\"x\":{\"null\":-1}}}")))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("c.json:1: x");
    }
}
