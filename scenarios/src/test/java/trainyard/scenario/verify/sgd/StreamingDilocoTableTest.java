package trainyard.scenario.verify.sgd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowScore.Status;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.sgd.simulation.GoldenSimulation;

/** Cells of Streaming DiLoCo (arXiv 2501.18512), table 4. */
class StreamingDilocoTableTest {

    private static final String HEADER = "id,topic,setting,metric,value,unit,note,verified,source\n";

    @TempDir
    private Path folder;

    @Test
    void theTableOfTheAuthorsIsReproduced() throws IOException {
        List<RowScore> scores = score(
                cell("1B", 24, 0.1, "Data-Parallel", 50, 86.8),
                cell("10B", 48, 0.8, "Vanilla DiLoCo", 90, 16.0),
                cell("100B", 108, 4.9, "Streaming DiLoCo", 95, 11.0),
                cell("100B", 108, 4.9, "Streaming DiLoCo overlapped", 99, 5.2),
                cell("1B", 24, 0.1, "Streaming DiLoCo overlapped FP4", 95, 2.0));
        assertThat(scores).hasSize(6).allMatch(row -> row.status() == Status.PASS);
        assertThat(scores.subList(0, 5))
                .allMatch(row -> Math.abs(row.errorPercent().getAsDouble()) < 1.5);
        assertThat(scores.get(0).reason()).contains("solved 97.9 Gbit/s");
    }

    @Test
    void oneCellInTwoThatIsFarOffFailsTheTable() throws IOException {
        List<RowScore> scores =
                score(cell("1B", 24, 0.1, "Data-Parallel", 50, 86.8), cell("1B", 24, 0.1, "Data-Parallel", 50, 140));
        assertThat(scores.stream().map(RowScore::status)).containsExactly(Status.PASS, Status.PASS, Status.FAIL);
        assertThat(score(cell("1B", 24, 0.1, "Data-Parallel", 50, 200)).get(0).status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void anUnknownMethodIsNamed() throws IOException {
        RowScore row = score(cell("1B", 24, 0.1, "Gossip", 50, 1)).get(0);
        assertThat(row.status()).isEqualTo(Status.SKIPPED);
        assertThat(row.reason()).isEqualTo("not built: the method Gossip");
    }

    private static String cell(
            String parameters, int layers, double seconds, String method, int percent, double gigabits) {
        return "1,streaming_diloco_sim,params=" + parameters + ";layers=" + layers + ";step_compute_s=" + seconds
                + ";method=" + method + ";compute_utilization_pct=" + percent + ",bandwidth needed between sites,"
                + gigabits + ",Gbit/s,,read in full text,\n";
    }

    private List<RowScore> score(String... rows) throws IOException {
        Files.writeString(folder.resolve("facts.csv"), HEADER + String.join("", rows));
        return Verification.run(new SgdSuite(GoldenSimulation.NONE, 1), Measurements.of(folder))
                .sources()
                .get(0)
                .rows();
    }
}
