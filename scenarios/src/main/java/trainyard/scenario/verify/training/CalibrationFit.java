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
 * Finds the factors of a cluster from a few measured steps: the most probable ones, where the logarithm of each factor is
 * normal around 0 with a deviation of its own, so that a factor moves only as far as the rows ask for it, and the logarithm
 * r of predicted over published has a scale s that the rows tell too:
 *
 * <pre>  least of  sum over rows (ln s + (n + 1) / 2 ln(1 + r^2 / (n s^2)))  +  sum over unknowns (deviation from the prior)^2 / 2 </pre>
 *
 * Student's t distribution with n = 4 lets a row that the model misses for reasons of its own pull with a force that falls
 * with its distance (Lange, Little and Taylor 1989, "Robust statistical modeling using the t distribution", JASA 84). A
 * scale that is not given but found keeps factors near 1 where the rows agree with none of them. The sum is minimised without
 * derivatives, which the model does not have at its kinks (BOBYQA: M. Powell, Cambridge DAMTP 2009/NA06).
 */
final class CalibrationFit {

    private static final double DEGREES_OF_FREEDOM = 4;

    /**
     * Where the scale of rows is expected: the means of the errors that simulators state for steps on machines that they
     * were fitted to lie between 3.65 % (Calculon, its own table of A100 steps) and 14.7 % (vTrain, on several nodes); their
     * geometric mean, and half of the distance as its deviation.
     */
    private static final double EXPECTED_SCALE = Math.sqrt(0.0365 * 0.147);

    private static final double SCALE_DEVIATION = Math.log(0.147 / 0.0365) / 2;

    /**
     * Deviations of the logarithms of the factors (assumed): sustained rates and bandwidths of one GPU type lie within some
     * 10 % of each other; the host time per kernel of eager frameworks differs by several times with the processor and
     * with what runs in Python; exchanges differ by a quarter with topology and library version.
     */
    private static final double[] DEVIATIONS = {0.1, 0.1, 1.0, 0.25, 0.25};

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
        double[] most = Arrays.copyOf(DEVIATIONS, DEVIATIONS.length + 1);
        most[DEVIATIONS.length] = SCALE_DEVIATION;
        Arrays.setAll(most, i -> BOUND_DEVIATIONS * most[i]);
        double[] least = Arrays.stream(most).map(d -> -d).toArray();
        BOBYQAOptimizer optimizer = new BOBYQAOptimizer(2 * most.length + 1, FIRST_STEP, LAST_STEP);
        double[] unknowns = optimizer
                .optimize(
                        new MaxEval(MOST_EVALUATIONS),
                        new ObjectiveFunction(fit::loss),
                        GoalType.MINIMIZE,
                        new InitialGuess(new double[most.length]),
                        new SimpleBounds(least, most))
                .getPoint();
        return calibration(unknowns);
    }

    /**
     * @param unknowns logarithms of the factors, then of the scale over its expectation
     */
    private double loss(double[] unknowns) {
        double scaled = unknowns[DEVIATIONS.length];
        double loss = Math.pow(scaled / SCALE_DEVIATION, 2) / 2;
        for (int i = 0; i < DEVIATIONS.length; i++) {
            loss += Math.pow(unknowns[i] / DEVIATIONS[i], 2) / 2;
        }
        double scale = EXPECTED_SCALE * Math.exp(scaled);
        StepModel model = calibration(unknowns).model(catalog);
        for (TrainingRow.Scorable row : rows) {
            double ratio = row.published().predicted(model.cost(row.job()))
                    / row.published().value();
            double distance = Math.log(ratio) / scale;
            loss += Math.log(scale)
                    + (DEGREES_OF_FREEDOM + 1) / 2 * Math.log1p(distance * distance / DEGREES_OF_FREEDOM);
        }
        return loss;
    }

    private static ClusterCalibration calibration(double[] unknowns) {
        double[] factors =
                Arrays.stream(unknowns, 0, DEVIATIONS.length).map(Math::exp).toArray();
        return new ClusterCalibration(
                new KernelCalibration(Map.of(), factors[0], factors[1], 1, factors[2]), factors[3], factors[4]);
    }
}
