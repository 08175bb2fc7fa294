package trainyard.scenario.verify.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.BOBYQAOptimizer;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.StepModel;
import trainyard.sim.hardware.HardwareCatalog;

/**
 * Finds the factors of a cluster from a few measured steps: the most probable ones, where the logarithm of predicted over
 * published is normal with {@link #ROW_DEVIATION} and the logarithm of each factor is normal around 0 with a deviation of
 * its own, so that a factor moves only as far as the rows ask for it and few rows cannot overfit. The sum of squares is
 * minimised without derivatives, which the model does not have at its kinks (BOBYQA: M. Powell, Cambridge DAMTP 2009/NA06).
 */
final class CalibrationFit {

    /** What is left of a row when the machine is known: noise of runs and of the model (assumed). */
    private static final double ROW_DEVIATION = 0.03;

    /**
     * Deviations of the logarithms of the factors (assumed): sustained rates and bandwidths of one GPU type lie within some
     * 10 % of each other; the host time per kernel of eager frameworks differs by several times with the processor and
     * with what runs in Python; exchanges differ by a quarter with topology and library version.
     */
    private static final double[] DEVIATIONS = {0.1, 0.1, 1.0, 0.25};

    private static final double BOUND_DEVIATIONS = 3;
    private static final double FIRST_STEP = 0.2;
    private static final double LAST_STEP = 1e-4;
    private static final int MOST_EVALUATIONS = 10_000;

    private final HardwareCatalog catalog;
    private final List<TrainingRow.Scorable> rows;

    private CalibrationFit(HardwareCatalog catalog, List<TrainingRow.Scorable> rows) {
        this.catalog = catalog;
        this.rows = rows;
    }

    /** The factors for a cluster on which the rows ran. */
    static ClusterCalibration of(HardwareCatalog catalog, List<TrainingRow.Scorable> rows) {
        CalibrationFit fit = new CalibrationFit(catalog, rows);
        double[] most = Arrays.stream(DEVIATIONS).map(d -> BOUND_DEVIATIONS * d).toArray();
        double[] least = Arrays.stream(most).map(d -> -d).toArray();
        BOBYQAOptimizer optimizer = new BOBYQAOptimizer(2 * DEVIATIONS.length + 1, FIRST_STEP, LAST_STEP);
        double[] logs = optimizer
                .optimize(
                        new MaxEval(MOST_EVALUATIONS),
                        new ObjectiveFunction(fit::loss),
                        GoalType.MINIMIZE,
                        new InitialGuess(new double[DEVIATIONS.length]),
                        new SimpleBounds(least, most))
                .getPoint();
        return calibration(logs);
    }

    private double loss(double[] logs) {
        double loss = 0;
        for (int i = 0; i < logs.length; i++) {
            loss += Math.pow(logs[i] / DEVIATIONS[i], 2);
        }
        StepModel model = calibration(logs).model(catalog);
        for (TrainingRow.Scorable row : rows) {
            double ratio = row.published().predicted(model.cost(row.job()))
                    / row.published().value();
            loss += Math.pow(Math.log(ratio) / ROW_DEVIATION, 2);
        }
        return loss;
    }

    private static ClusterCalibration calibration(double[] logs) {
        double[] factors = Arrays.stream(logs).map(Math::exp).toArray();
        return new ClusterCalibration(
                new KernelCalibration(Map.of(), factors[0], factors[1], 1, factors[2]), factors[3]);
    }
}
