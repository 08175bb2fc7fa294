package trainyard.scenario.verify.faults;

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
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationDataException;
import trainyard.scenario.verify.faults.simulation.RowSimulation;

class ClosedFormRowsTest {

    private static final String HEADER = "id,family,name,formula,params,value,unit,tolerance,note,split\n";
    private static final String IDENTITY = "1e-9 rel (analytic); simulate: within 3 standard errors";

    @TempDir
    private Path folder;

    @Test
    void everyGoldenValueHolds() {
        FaultsSuite suite = new FaultsSuite(RowSimulation.NONE, 1);
        SourceScore forms = Verification.run(suite, Measurements.shipped(suite)).sources().stream()
                .filter(source -> source.source().equals("closed-forms"))
                .findFirst()
                .orElseThrow();
        assertThat(forms.rows()).hasSize(149);
        assertThat(forms.skipped()).isZero();
        assertThat(forms.failed()).isZero();
        assertThat(forms.gated()).isEqualTo(149);
    }

    @Test
    void numbersInANameAreParameters() throws IOException {
        assertThat(score("mttf", "P_survive_48h", "N_nodes=1;rf_per_node_day=0.5", "0.36787944117144233", IDENTITY)
                        .status())
                .isEqualTo(RowScore.Status.PASS);
        assertThat(score("spares", "P_full_cold_c1", "N=1;s=0;node_mttf_h=3;node_mttr_h=1", "0.75", IDENTITY)
                        .status())
                .isEqualTo(RowScore.Status.PASS);
        assertThat(score("optimum", "waste_at_young", "C_s=60;M_s=11134.8;R_s=300", "0.12908949", "analytic")
                        .predicted()
                        .orElseThrow())
                .isBetween(0.12, 0.14);
    }

    @Test
    void aWrongValueFailsAndAnUnknownOrIncompleteRowSaysWhy() throws IOException {
        assertThat(score("mttf", "MTTF", "N_nodes=24;rf_per_node_day=1", "1.00000001", IDENTITY)
                        .status())
                .isEqualTo(RowScore.Status.FAIL);
        assertThat(score("mttf", "MTTF", "N_nodes=24", "1", IDENTITY).reason())
                .isEqualTo("not stated: parameter rf_per_node_day");
        assertThat(score("mttf", "MTTR", "", "1", IDENTITY).reason())
                .isEqualTo("not built: form MTTR of the family mttf");
        assertThat(score("gossip", "rounds", "", "1", IDENTITY).reason()).isEqualTo("not built: family gossip");
        RowScore refused = score("mttf", "MTTF", "N_nodes=0;rf_per_node_day=1", "1", IDENTITY);
        assertThat(refused.status()).isEqualTo(RowScore.Status.FAIL);
        assertThat(refused.reason()).isEqualTo("refused: nodes (0) must be at least 1");
    }

    @Test
    void aDamagedRowNamesFileLineAndColumn() {
        assertThatThrownBy(() -> score("mttf", "MTTF", "N_nodes=many;rf_per_node_day=1", "1", IDENTITY))
                .isInstanceOf(VerificationDataException.class)
                .hasMessageEndingWith("forms.csv:2: column params: N_nodes: expected a number, got \"many\"");
        assertThatThrownBy(() -> score("mttf", "MTTF", "N_nodes=1.5;rf_per_node_day=1", "1", IDENTITY))
                .hasMessageContaining("expected a whole number");
        assertThatThrownBy(() -> score("mttf", "MTTF", "N_nodes=1;N_nodes=2", "1", IDENTITY))
                .hasMessageContaining("states N_nodes twice");
    }

    /** A simulation is held to four standard errors, and to a standard error of 1 % of the value. */
    @Test
    void aSimulationIsScoredInARowOfItsOwn() throws IOException {
        assertThat(simulated(1.03, 0.008).status()).isEqualTo(RowScore.Status.PASS);
        assertThat(simulated(1.04, 0.008).status()).isEqualTo(RowScore.Status.FAIL);
        assertThat(simulated(1.03, 0.02).status()).isEqualTo(RowScore.Status.FAIL);
    }

    private RowScore simulated(double mean, double standardError) throws IOException {
        RowSimulation simulation = (family, name, row) -> Optional.of(new SimulatedMean(mean, standardError, 1));
        List<RowScore> scores = scores(simulation, "mttf", "MTTF", "N_nodes=24;rf_per_node_day=1", "1", IDENTITY);
        assertThat(scores).hasSize(2);
        assertThat(scores.get(0).status()).isEqualTo(RowScore.Status.PASS);
        return scores.get(1);
    }

    /** Numbers that no clock holds fail their row, not the table. */
    @Test
    void aSimulationThatOverflowsFailsItsRow() throws IOException {
        RowSimulation overflows =
                (family, name, row) -> Optional.of(new SimulatedMean(Math.addExact(Long.MAX_VALUE, 1), 0, 1));
        List<RowScore> scores = scores(overflows, "mttf", "MTTF", "N_nodes=24;rf_per_node_day=1", "1", IDENTITY);
        assertThat(scores).hasSize(1);
        assertThat(scores.get(0).status()).isEqualTo(RowScore.Status.FAIL);
        assertThat(scores.get(0).reason()).isEqualTo("refused: long overflow");
    }

    /** A form of first order may be off as far as its row says, but not where faults are 100 times as rare. */
    @Test
    void aFirstOrderFormIsHeldWhereItIsExact() throws IOException {
        assertThat(firstOrder(0.94, 1))
                .containsExactly(RowScore.Status.PASS, RowScore.Status.PASS, RowScore.Status.PASS);
        assertThat(firstOrder(0.94, 1.06))
                .containsExactly(RowScore.Status.PASS, RowScore.Status.PASS, RowScore.Status.FAIL);
        assertThat(firstOrder(0.88, 1))
                .containsExactly(RowScore.Status.PASS, RowScore.Status.FAIL, RowScore.Status.PASS);
    }

    /** Simulations that are off by two factors, at the rates of the row and at a hundredth of them. */
    private List<RowScore.Status> firstOrder(double here, double rarer) throws IOException {
        String params = "V_s=20;C_s=60;M_silent_s=604800;M_failstop_s=10800;R_s=300";
        double form = 0.1521443683500106;
        double rareForm =
                2 * Math.sqrt(80 * (1 / 60_480_000.0 + 1 / 2_160_000.0)) + 300 * (1 / 60_480_000.0 + 1 / 1_080_000.0);
        RowSimulation simulation = (family, name, row) -> {
            double mean = row.get("M_failstop_s").equals("10800") ? here * form : rarer * rareForm;
            return Optional.of(new SimulatedMean(mean, 0.008 * mean, 1));
        };
        String tolerance = "within 10% while <0.2";
        return scores(simulation, "sdc", "waste_opt", params, String.valueOf(form), tolerance).stream()
                .map(RowScore::status)
                .toList();
    }

    private RowScore score(String family, String name, String params, String value, String tolerance)
            throws IOException {
        return scores(RowSimulation.NONE, family, name, params, value, tolerance)
                .get(0);
    }

    private List<RowScore> scores(
            RowSimulation simulation, String family, String name, String params, String value, String tolerance)
            throws IOException {
        String row = String.join(",", "row", family, name, "", params, value, "h", tolerance, "", "");
        Files.writeString(folder.resolve("forms.csv"), HEADER + row + "\n");
        return Verification.run(new FaultsSuite(simulation, 1), Measurements.of(folder))
                .sources()
                .get(0)
                .rows();
    }
}
