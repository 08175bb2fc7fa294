package trainyard.scheduler.hetero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.junit.jupiter.api.Test;

/** The best value of each program is the one that the simplex method of Commons Math finds. */
class ShareProgramTest {

    private static final int TYPES = 3;

    /** Near the end of the path the Newton matrix holds squares of 1e6 and more; what is left of 16 digits ends it at 1e-5 of the best or a little more. */
    private static final double ROUNDING = 1e-4;

    /** Random jobs; variables of the linear program are the shares row by row, and behind them the least rate. */
    private record Instance(double[][] rates, int[] gpus, int[] fleet) {

        static Instance of(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int jobs = 1 + random.nextInt(12);
            double[][] rates = new double[jobs][TYPES];
            int[] gpus = new int[jobs];
            for (int i = 0; i < jobs; i++) {
                gpus[i] = 1 << random.nextInt(3);
                for (int j = 0; j < TYPES; j++) {
                    rates[i][j] = 0.1 + random.nextDouble();
                }
            }
            return new Instance(rates, gpus, new int[] {2 + random.nextInt(8), 2 + random.nextInt(8), 4});
        }

        int variables() {
            return rates.length * TYPES + 1;
        }

        List<LinearConstraint> capacities() {
            List<LinearConstraint> all = new ArrayList<>();
            for (int i = 0; i < rates.length; i++) {
                double[] ofJob = new double[variables()];
                for (int j = 0; j < TYPES; j++) {
                    ofJob[i * TYPES + j] = 1;
                }
                all.add(new LinearConstraint(ofJob, Relationship.LEQ, 1));
            }
            for (int j = 0; j < TYPES; j++) {
                double[] ofType = new double[variables()];
                for (int i = 0; i < rates.length; i++) {
                    ofType[i * TYPES + j] = gpus[i];
                }
                all.add(new LinearConstraint(ofType, Relationship.LEQ, fleet[j]));
            }
            return all;
        }

        double simplex(double[] objective, List<LinearConstraint> constraints) {
            return new SimplexSolver()
                    .optimize(
                            new LinearObjectiveFunction(objective, 0),
                            new LinearConstraintSet(constraints),
                            GoalType.MAXIMIZE,
                            new NonNegativeConstraint(true))
                    .getValue();
        }
    }

    @Test
    void theLeastRateIsAsLargeAsTheSimplexMethodMakesIt() {
        for (int seed = 0; seed < 100; seed++) {
            Instance instance = Instance.of(seed);
            List<LinearConstraint> constraints = instance.capacities();
            for (int i = 0; i < instance.rates().length; i++) {
                double[] atLeast = new double[instance.variables()];
                System.arraycopy(instance.rates()[i], 0, atLeast, i * TYPES, TYPES);
                atLeast[instance.variables() - 1] = -1;
                constraints.add(new LinearConstraint(atLeast, Relationship.GEQ, 0));
            }
            double[] objective = new double[instance.variables()];
            objective[instance.variables() - 1] = 1;

            double ours = ShareProgram.solve(instance.rates(), instance.gpus(), instance.fleet(), new LeastRate())
                    .objective();

            assertThat(ours)
                    .as("seed %d", seed)
                    .isCloseTo(instance.simplex(objective, constraints), within(ROUNDING * Math.max(1, ours)));
        }
    }

    @Test
    void theSumOfRatesIsAsLargeAsTheSimplexMethodMakesIt() {
        for (int seed = 0; seed < 100; seed++) {
            Instance instance = Instance.of(seed);
            double[] objective = new double[instance.variables()];
            for (int i = 0; i < instance.rates().length; i++) {
                System.arraycopy(instance.rates()[i], 0, objective, i * TYPES, TYPES);
            }
            double[][] shares = ShareProgram.maximiseSum(instance.rates(), instance.gpus(), instance.fleet());
            double ours = 0;
            for (int i = 0; i < shares.length; i++) {
                for (int j = 0; j < TYPES; j++) {
                    ours += shares[i][j] * instance.rates()[i][j];
                }
            }

            assertThat(ours)
                    .as("seed %d", seed)
                    .isCloseTo(
                            instance.simplex(objective, instance.capacities()), within(ROUNDING * Math.max(1, ours)));
        }
    }

    /** The least rate of jobs of which each has a trait of its own, so that none stands for another. */
    private static final class EachByItself implements JobTerm {
        private final JobTerm least = new LeastRate();

        @Override
        public double slack(int job, double u, double t) {
            return least.slack(job, u, t);
        }

        @Override
        public void derivatives(int job, double u, double t, double[] out) {
            least.derivatives(job, u, t, out);
        }

        @Override
        public double start(double[] u) {
            return least.start(u);
        }

        @Override
        public List<Double> traits(int job) {
            return List.of((double) job);
        }

        @Override
        public int direction() {
            return least.direction();
        }
    }

    @Test
    void oneOfEqualJobsStandsForAll() {
        for (int seed = 0; seed < 100; seed++) {
            Instance few = Instance.of(seed);
            int[] copyOf = new SplittableRandom(-1 - seed)
                    .ints(30, 0, few.gpus().length)
                    .toArray();
            double[][] rates =
                    Arrays.stream(copyOf).mapToObj(i -> few.rates()[i]).toArray(double[][]::new);
            int[] gpus = Arrays.stream(copyOf).map(i -> few.gpus()[i]).toArray();

            ShareProgram.Optimum one = ShareProgram.solve(rates, gpus, few.fleet(), new LeastRate());
            ShareProgram.Optimum each = ShareProgram.solve(rates, gpus, few.fleet(), new EachByItself());

            assertThat(one.objective()).as("seed %d", seed).isCloseTo(each.objective(), within(ROUNDING));
            for (int job = 0; job < gpus.length; job++) {
                assertThat(one.shares()[job]).as("seed %d", seed).containsExactly(each.shares()[job], within(ROUNDING));
            }
        }
        assertThat(EqualJobs.of(new double[][] {{1, 2}, {1, 3}, {1, 2}}, new int[] {1, 1, 1}, new LeastRate())
                        .count())
                .containsExactly(2, 1);
    }
}
