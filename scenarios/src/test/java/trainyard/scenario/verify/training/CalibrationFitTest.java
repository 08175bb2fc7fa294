package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.StepModel;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.training.PublishedFigure.Quantity;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.hardware.HardwareCatalog;

/** Rows whose steps are those of a machine with known factors, so that the fit can be held to it. */
class CalibrationFitTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    /** Products 8 % slower than assumed, a host that takes 1.4 times as long. */
    private static final StepModel MACHINE =
            new ClusterCalibration(new KernelCalibration(Map.of(), 1.08, 1, 1, 1.4), 1, 1).model(CATALOG);

    private static final int ROWS = 8;

    /** Every hundredth row of one node: small and large models. */
    private static List<TrainingRow.Scorable> rows() {
        TrainingRowReader reader = new TrainingRowReader(CATALOG);
        List<CsvRow> table =
                Measurements.shipped().bySource().get("vtrain_singlenode").rows();
        List<TrainingRow.Scorable> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            TrainingRow.Scorable row = (TrainingRow.Scorable) reader.read(table.get(100 * i));
            rows.add(published(row, MACHINE.cost(row.job()).seconds()));
        }
        return rows;
    }

    private static TrainingRow.Scorable published(TrainingRow.Scorable row, double seconds) {
        return new TrainingRow.Scorable(
                row.id(), row.gate(), row.job(), new PublishedFigure(Quantity.STEP_TIME, seconds));
    }

    private static double meanError(StepModel model, List<TrainingRow.Scorable> rows) {
        return rows.stream()
                .mapToDouble(row -> Math.abs(
                        model.cost(row.job()).seconds() / row.published().value() - 1))
                .average()
                .orElseThrow();
    }

    @Test
    void findsTheMachineThatTheRowsRanOn() {
        List<TrainingRow.Scorable> rows = rows();

        assertThat(meanError(CalibrationFit.of(CATALOG, rows).model(CATALOG), rows))
                .isLessThan(0.01);
    }

    /** A row that took 1.6 times as long for reasons of its own does not make the seven others wrong. */
    @Test
    void oneRowThatTheModelMissesDoesNotDecide() {
        List<TrainingRow.Scorable> rows = rows();
        List<TrainingRow.Scorable> others = rows.subList(1, ROWS);
        List<TrainingRow.Scorable> disturbed = new ArrayList<>(others);
        disturbed.add(published(rows.get(0), 1.6 * rows.get(0).published().value()));

        assertThat(meanError(CalibrationFit.of(CATALOG, disturbed).model(CATALOG), others))
                .isLessThan(0.02);
    }

    /** Half of the rows say twice as fast, half twice as slow: no machine explains them, and the factors stay near 1. */
    @Test
    void rowsThatAgreeWithNoFactorsLeaveThemNearOne() {
        List<TrainingRow.Scorable> rows = rows();
        List<TrainingRow.Scorable> torn = new ArrayList<>();
        StepModel assumed = new ClusterCalibration(KernelCalibration.NONE, 1, 1).model(CATALOG);
        for (int i = 0; i < ROWS; i++) {
            double seconds = assumed.cost(rows.get(i).job()).seconds();
            torn.add(published(rows.get(i), i % 2 == 0 ? seconds * 2 : seconds / 2));
        }

        CalibrationFit.of(CATALOG, torn)
                .factors()
                .forEach((what, factor) -> assertThat(factor).as(what).isBetween(0.8, 1.25));
    }
}
