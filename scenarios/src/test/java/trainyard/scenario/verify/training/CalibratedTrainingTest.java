package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trainyard.scenario.validity.ValidityTable;
import trainyard.scenario.verify.CalibratedScore;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationJson;
import trainyard.scenario.verify.VerificationResult;
import trainyard.scenario.verify.VerificationText;
import trainyard.sim.hardware.HardwareCatalog;

class CalibratedTrainingTest {

    private static final Measurements SHIPPED = Measurements.shipped();
    private static final String SINGLE_NODE = "vtrain_singlenode";

    private static final AtomicInteger DONE = new AtomicInteger();

    private static VerificationResult result;
    private static int expected;

    @BeforeAll
    static void verify() {
        TrainingSuite suite = TrainingSuite.of(HardwareCatalog.load());
        Measurements few = new Measurements(Map.of(
                SINGLE_NODE,
                SHIPPED.bySource().get(SINGLE_NODE),
                "megatron_sc21",
                SHIPPED.bySource().get("megatron_sc21")));
        result = Verification.run(suite, few).with(suite.calibrated(few, DONE::incrementAndGet));
        expected = suite.clustersToCalibrate(few);
    }

    private static CalibratedScore singleNode() {
        return result.calibrated(SINGLE_NODE).orElseThrow();
    }

    @Test
    void tellsEveryClusterThatItCalibrates() {
        assertThat(DONE).hasValue(expected).hasValue(singleNode().clusters().size());
    }

    @Test
    void leavesOutSourcesWithFewGatedRows() {
        assertThat(result.calibrated("megatron_sc21")).isEmpty();
    }

    @Test
    void doesNotScoreTheRowsThatCalibrate() {
        List<String> used = singleNode().clusters().get(0).rows();
        Set<String> scored = new HashSet<>(
                singleNode().score().rows().stream().map(RowScore::id).toList());

        assertThat(singleNode().clusters()).hasSize(1);
        assertThat(used).hasSize(CalibratedTraining.MOST_ROWS).doesNotHaveDuplicates();
        assertThat(scored).doesNotContainAnyElementsOf(used).hasSize(936 - CalibratedTraining.MOST_ROWS);
        assertThat(used.get(0)).as("least SHA-256 of the identifiers").isEqualTo("vtrain_singlenode-1175");
    }

    /** Hosts of that source launch several times slower than assumed; eight rows tell. */
    @Test
    void calibrationCutsTheErrorOfRowsThatItHasNotSeen() {
        SourceScore before = result.sources().stream()
                .filter(source -> source.source().equals(SINGLE_NODE))
                .findFirst()
                .orElseThrow();

        assertThat(singleNode().score().meanAbsolutePercent().orElseThrow())
                .isLessThan(12)
                .isLessThan(before.meanAbsolutePercent().orElseThrow());
    }

    /** The other sources are calibrated when the shipped table is renewed; this one costs a test little. */
    @Test
    void theShippedTableTellsTheCalibratedError() {
        double shipped = ValidityTable.shipped().rows().stream()
                .filter(row -> row.suite().equals("training") && row.source().equals(SINGLE_NODE))
                .findFirst()
                .orElseThrow()
                .calibratedErrorPercent()
                .orElseThrow();

        assertThat(shipped)
                .as("run ValidityTableTest once with -Dtrainyard.update=true")
                .isCloseTo(singleNode().score().meanAbsolutePercent().orElseThrow(), within(1.0));
    }

    @Test
    void printsBothFigures() {
        assertThat(VerificationText.render(result))
                .contains("Calibrated with a few rows")
                .contains("host time x ");
        assertThat(VerificationJson.render(result))
                .contains("\"mape_pct\"")
                .contains("\"calibrated_mape_pct\"")
                .contains("\"calibration\"");
    }
}
