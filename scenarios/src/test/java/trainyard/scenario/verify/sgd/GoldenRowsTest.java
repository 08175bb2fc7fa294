package trainyard.scenario.verify.sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowScore.Status;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationDataException;
import trainyard.scenario.verify.sgd.simulation.GoldenSimulation;

class GoldenRowsTest {

    private static final String HEADER =
            "id,quantity,params,value,unit,rel_tol,check_method,check_value,check_stderr,formula,source\n";
    private static final String LAST_OF_TWO = "P=2;K=2;rate_per_s=0.5";

    @TempDir
    private Path folder;

    @Test
    void aValueIsHeldToTheToleranceOfItsRow() throws IOException {
        assertThat(score("E[X_(K:P)] exponential", LAST_OF_TWO, "3", "1e-9").status())
                .isEqualTo(Status.PASS);
        assertThat(score("e[x_(k:p)]  Exponential", LAST_OF_TWO, "3.00001", "1e-9")
                        .status())
                .isEqualTo(Status.FAIL);
        assertThat(score("E[X_(K:P)] exponential", LAST_OF_TWO, "3.00001", "1e-5")
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void anUnknownOrIncompleteRowSaysWhy() throws IOException {
        assertThat(score("E[X_(K:P)] exponential", "P=2;K=2", "3", "1e-9").reason())
                .isEqualTo("not stated: parameter rate_per_s");
        assertThat(score("E[X_(K:P)] Cauchy", LAST_OF_TWO, "3", "1e-9").reason())
                .isEqualTo("not built: times of the law cauchy");
        assertThat(score("median of X", LAST_OF_TWO, "3", "1e-9").reason())
                .isEqualTo("not built: a form for the quantity median of X");
        assertThat(score("E[T] K-async (simulated; no closed form)", LAST_OF_TWO, "3", "1e-9")
                        .reason())
                .startsWith("not built: a simulation of the quantity");
        RowScore refused = score("E[X_(K:P)] exponential", "P=2;K=3;rate_per_s=1", "3", "1e-9");
        assertThat(refused.status()).isEqualTo(Status.FAIL);
        assertThat(refused.reason()).isEqualTo("refused: K (3) must be a whole number from 1 to 2");
        assertThatThrownBy(() -> score("E[X_(K:P)] exponential", "P=2;K=two;rate_per_s=1", "3", "1e-9"))
                .isInstanceOf(VerificationDataException.class)
                .hasMessageEndingWith("golden.csv:2: column params: K: expected a number, got \"two\"");
    }

    /** Four standard errors, of which one is at most 1 %; a value that was itself simulated brings its own tolerance. */
    @Test
    void aSimulationIsScoredInARowOfItsOwn() throws IOException {
        assertThat(simulated(3.09, 0.03)).containsExactly(Status.PASS, Status.PASS);
        assertThat(simulated(3.13, 0.03)).containsExactly(Status.PASS, Status.FAIL);
        assertThat(simulated(3.00, 0.04)).containsExactly(Status.PASS, Status.FAIL);
        GoldenSimulation off = (quantity, row) -> Optional.of(new SimulatedMean(3.02, 0.001, 1));
        String words = "E[T] K-async (simulated; no closed form)";
        assertThat(statuses(off, words, "3", "0.01")).containsExactly(Status.PASS);
        assertThat(statuses(off, words, "3", "0.005")).containsExactly(Status.FAIL);
    }

    private List<Status> simulated(double mean, double standardError) throws IOException {
        GoldenSimulation simulation = (quantity, row) -> Optional.of(new SimulatedMean(mean, standardError, 1));
        return statuses(simulation, "E[X_(K:P)] exponential", "3", "1e-9");
    }

    private List<Status> statuses(GoldenSimulation simulation, String quantity, String value, String tolerance)
            throws IOException {
        return scores(simulation, quantity, LAST_OF_TWO, value, tolerance).stream()
                .map(RowScore::status)
                .toList();
    }

    private RowScore score(String quantity, String params, String value, String tolerance) throws IOException {
        return scores(GoldenSimulation.NONE, quantity, params, value, tolerance).get(0);
    }

    private List<RowScore> scores(
            GoldenSimulation simulation, String quantity, String params, String value, String tolerance)
            throws IOException {
        Files.writeString(
                folder.resolve("golden.csv"),
                HEADER + "1," + quantity + "," + params + "," + value + ",s," + tolerance + ",,,,,\n");
        return Verification.run(new SgdSuite(simulation, 1), Measurements.of(folder))
                .sources()
                .get(0)
                .rows();
    }
}
