package trainyard.scheduler.policy.sia;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/**
 * The prices of a GPU in each pool at which the bound {@code L(price) = sum price x GPUs + sum over jobs of max(0, worth - price x GPUs)} is least, which is the
 * value of the linear relaxation of a {@link ConfigurationProgram}. {@code L} is convex and made of planes: it is found by cutting planes (Kelley, The cutting-plane
 * method for solving convex programs, Journal of SIAM 1960), each of them a small linear program in the prices, whatever the number of jobs.
 *
 * @param prices of each pool, 0 or more
 * @param bound L there
 */
record PoolPrices(double[] prices, double bound) {

    private static final int MOST_CUTS = 400;
    private static final double CLOSE = 1e-7;
    private static final int MOST_PIVOTS = 20_000;

    /** L and its slope at some prices. */
    private record Cut(double[] at, double value, double[] slope) {}

    static PoolPrices of(List<List<ConfigurationProgram.Option>> jobs, int[] capacity) {
        double most = most(jobs);
        Cut best = cut(jobs, capacity, new double[capacity.length]);
        List<Cut> cuts = new ArrayList<>(List.of(best));
        for (int i = 0; i < MOST_CUTS && most > 0; i++) {
            double[] next = lowest(cuts, most);
            if (next.length == 0 || best.value() - next[capacity.length] <= CLOSE * Math.abs(best.value())) {
                break;
            }
            Cut found = cut(jobs, capacity, Arrays.copyOf(next, capacity.length));
            cuts.add(found);
            best = found.value() < best.value() ? found : best;
        }
        return new PoolPrices(best.at(), best.value());
    }

    /** No GPU is worth more than all of a job by itself. */
    private static double most(List<List<ConfigurationProgram.Option>> jobs) {
        return jobs.stream()
                .flatMap(List::stream)
                .mapToDouble(option -> option.worth() / option.gpus())
                .max()
                .orElse(0);
    }

    private static Cut cut(List<List<ConfigurationProgram.Option>> jobs, int[] capacity, double[] prices) {
        double value = 0;
        double[] slope = new double[capacity.length];
        for (int pool = 0; pool < capacity.length; pool++) {
            value += prices[pool] * capacity[pool];
            slope[pool] = capacity[pool];
        }
        for (List<ConfigurationProgram.Option> options : jobs) {
            double most = 0;
            ConfigurationProgram.Option chosen = null;
            for (ConfigurationProgram.Option option : options) {
                double reduced = option.worth() - prices[option.pool()] * option.gpus();
                if (reduced > most) {
                    most = reduced;
                    chosen = option;
                }
            }
            value += most;
            if (chosen != null) {
                slope[chosen.pool()] -= chosen.gpus();
            }
        }
        return new Cut(prices, value, slope);
    }

    /** Prices at which the highest of the planes is lowest, and its height; empty where rounding ends the simplex method. */
    private static double[] lowest(List<Cut> cuts, double mostPrice) {
        int pools = cuts.get(0).at().length;
        List<LinearConstraint> constraints = new ArrayList<>();
        for (Cut cut : cuts) {
            double[] row = new double[pools + 1];
            double right = cut.value();
            for (int pool = 0; pool < pools; pool++) {
                row[pool] = -cut.slope()[pool];
                right -= cut.slope()[pool] * cut.at()[pool];
            }
            row[pools] = 1;
            constraints.add(new LinearConstraint(row, Relationship.GEQ, right));
        }
        for (int pool = 0; pool < pools; pool++) {
            double[] row = new double[pools + 1];
            row[pool] = 1;
            constraints.add(new LinearConstraint(row, Relationship.LEQ, mostPrice));
        }
        double[] height = new double[pools + 1];
        height[pools] = 1;
        try {
            // L is the worth of some choice at least, which is 0 or more.
            return new SimplexSolver()
                    .optimize(
                            new LinearObjectiveFunction(height, 0),
                            new LinearConstraintSet(constraints),
                            GoalType.MINIMIZE,
                            new NonNegativeConstraint(true),
                            new MaxIter(MOST_PIVOTS))
                    .getPoint();
        } catch (MathIllegalStateException e) {
            return new double[0];
        }
    }
}
