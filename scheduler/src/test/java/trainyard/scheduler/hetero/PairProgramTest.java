package trainyard.scheduler.hetero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs with pairs of jobs, by hand and against the simplex method of Commons Math. */
class PairProgramTest {

    private static final int TYPES = 3;
    private static final double ROUNDING = 1e-4;

    private static ShareDemand demand(double[][] speeds, double[] steps, int[] gpus, int[] fleet, SharePair... pairs) {
        int jobs = speeds.length;
        double[] ones = new double[jobs];
        Arrays.fill(ones, 1);
        return new ShareDemand(
                IntStream.range(0, jobs).mapToObj(i -> "j" + i).toList(),
                speeds,
                gpus,
                ones,
                steps,
                new double[jobs],
                fleet,
                List.of(pairs));
    }

    private static SharePair pair(int first, int second, double... part) {
        return new SharePair(first, second, new double[][] {part, part});
    }

    /** One GPU for two jobs that lose a quarter of their speed beside each other: 0.75 of it is more than the half of turns. */
    @Test
    void twoJobsShareTheOneGpu() {
        ShareDemand two = demand(
                new double[][] {{1}, {1}},
                new double[] {60_000, 60_000},
                new int[] {1, 1},
                new int[] {1},
                pair(0, 1, 0.75));
        for (SharePolicy policy : policies()) {
            double[][] shares = policy.shares(two);

            assertThat(shares).hasNumberOfRows(3);
            assertThat(shares[0][0] + shares[2][0] * 0.75).isCloseTo(0.75, within(0.05));
            assertThat(shares[1][0] + shares[2][0] * 0.75).isCloseTo(0.75, within(0.05));
        }
        assertThat(new MaxMinFairness(true).shares(two)[2][0]).isCloseTo(1, within(ROUNDING));
    }

    /** At 0.4 of their speed each they get more by turns. */
    @Test
    void aPairThatDoesLessThanOneJobIsLeftAlone() {
        double[][] shares = new MaxMinFairness(true)
                .shares(demand(
                        new double[][] {{1}, {1}},
                        new double[] {60, 60},
                        new int[] {1, 1},
                        new int[] {1},
                        pair(0, 1, 0.4)));

        assertThat(shares[2][0]).isCloseTo(0, within(ROUNDING));
        assertThat(shares[0][0]).isCloseTo(0.5, within(ROUNDING));
        assertThat(shares[1][0]).isCloseTo(0.5, within(ROUNDING));
    }

    /**
     * Three jobs on one GPU, of which "a" and "b" go together at full speed and "c" with nobody: with the pair half of the time all
     * have a half, by turns they have a third.
     */
    @Test
    void whoGoesWithNobodyGainsToo() {
        double[][] shares = new MaxMinFairness(true)
                .shares(demand(
                        new double[][] {{1}, {1}, {1}},
                        new double[] {60, 60, 60},
                        new int[] {1, 1, 1},
                        new int[] {1},
                        pair(0, 1, 1)));

        assertThat(shares[2][0]).isCloseTo(0.5, within(ROUNDING));
        assertThat(shares[3][0]).isCloseTo(0.5, within(ROUNDING));
    }

    /** "a" and "b" lose nothing beside each other on the second GPU and may not meet on the first, which the others need: they have it in turns. */
    @Test
    void pairsAreOfATypeOfGpu() {
        double[][] shares = new MaxMinFairness(true)
                .shares(demand(
                        new double[][] {{1, 1}, {1, 1}, {1, 0}, {1, 0}},
                        new double[] {60, 60, 60, 60},
                        new int[] {1, 1, 1, 1},
                        new int[] {1, 1},
                        pair(0, 1, 0, 1)));

        assertThat(shares[4][0]).isZero();
        assertThat(shares[4][1]).isCloseTo(1, within(0.01));
        assertThat(shares[2]).containsExactly(new double[] {0.5, 0}, within(0.01));
    }

    static List<SharePolicy> policies() {
        return List.of(new MaxMinFairness(true), new FinishTimeFairShares(), new MinTotalDuration());
    }

    /** No job has more than all of its time, no type more than all of its GPUs, whatever is in pairs. */
    @ParameterizedTest
    @MethodSource("policies")
    void sharesStayWithinTimeAndGpus(SharePolicy policy) {
        for (int seed = 0; seed < 40; seed++) {
            Instance instance = Instance.of(seed);
            double[] steps = new double[instance.rates.length];
            Arrays.setAll(steps, i -> 100 * (i + 1));

            double[][] shares = policy.shares(demand(
                    instance.rates, steps, instance.gpus, instance.fleet, instance.pairs.toArray(SharePair[]::new)));

            double[] time = new double[instance.rates.length];
            double[] taken = new double[TYPES];
            for (int unit = 0; unit < shares.length; unit++) {
                SharePair pair = unit < time.length ? null : instance.pairs.get(unit - time.length);
                for (int type = 0; type < TYPES; type++) {
                    assertThat(shares[unit][type]).isBetween(0.0, 1.0);
                    time[pair == null ? unit : pair.first()] += shares[unit][type];
                    taken[type] += shares[unit][type] * instance.gpus[pair == null ? unit : pair.first()];
                    if (pair != null) {
                        time[pair.second()] += shares[unit][type];
                    }
                }
            }
            assertThat(Arrays.stream(time).max().orElseThrow()).isLessThanOrEqualTo(1);
            for (int type = 0; type < TYPES; type++) {
                assertThat(taken[type]).isLessThanOrEqualTo(instance.fleet[type]);
            }
        }
    }

    @Test
    void theLeastRateIsAsLargeAsTheSimplexMethodMakesIt() {
        for (int seed = 0; seed < 100; seed++) {
            Instance instance = Instance.of(seed);

            double ours = PairProgram.solve(
                            instance.rates, instance.gpus, instance.fleet, instance.pairs, new LeastRate())
                    .objective();

            assertThat(ours).as("seed %d", seed).isCloseTo(instance.simplex(), within(ROUNDING * Math.max(1, ours)));
        }
    }

    /** Without pairs both ways end at the same point. */
    @Test
    void jobsAloneHaveTheSharesOfTheProgramWithoutPairs() {
        for (int seed = 0; seed < 100; seed++) {
            Instance instance = Instance.of(seed);

            double[][] ours = PairProgram.solve(
                            instance.rates, instance.gpus, instance.fleet, List.of(), new LeastRate())
                    .shares();

            double[][] other = ShareProgram.solve(instance.rates, instance.gpus, instance.fleet, new LeastRate())
                    .shares();
            for (int job = 0; job < ours.length; job++) {
                assertThat(ours[job]).as("seed %d job %d", seed, job).containsExactly(other[job], within(1e-3));
            }
        }
    }

    @Test
    void pairsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> pair(1, 1, 0.5)).hasMessageContaining("a pair has two jobs in their order");
        assertThatThrownBy(() -> pair(0, 1, 1.5)).hasMessageContaining("from 0 to 1 times as fast");
        assertThatThrownBy(() -> new SharePair(0, 1, new double[][] {{0.5}, {0}}))
                .hasMessageContaining("both or neither");
        assertThatThrownBy(() -> demand(
                        new double[][] {{1}, {1}},
                        new double[] {1, 1},
                        new int[] {1, 2},
                        new int[] {2},
                        pair(0, 1, 0.9)))
                .hasMessageContaining("two jobs of as many GPUs make a pair");
    }

    /** Random jobs, about half of whose pairs may be, on some types. */
    private record Instance(double[][] rates, int[] gpus, int[] fleet, List<SharePair> pairs) {

        static Instance of(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            int jobs = 2 + random.nextInt(9);
            double[][] rates = new double[jobs][TYPES];
            int[] gpus = new int[jobs];
            for (int i = 0; i < jobs; i++) {
                gpus[i] = 1 << random.nextInt(2);
                for (int j = 0; j < TYPES; j++) {
                    rates[i][j] = 0.1 + random.nextDouble();
                }
            }
            List<SharePair> pairs = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                for (int k = i + 1; k < jobs; k++) {
                    if (gpus[i] == gpus[k] && random.nextBoolean()) {
                        double[][] parts = new double[2][TYPES];
                        for (int j = 0; j < TYPES; j++) {
                            boolean runs = random.nextInt(3) > 0;
                            parts[0][j] = runs ? 0.3 + 0.7 * random.nextDouble() : 0;
                            parts[1][j] = runs ? 0.3 + 0.7 * random.nextDouble() : 0;
                        }
                        pairs.add(new SharePair(i, k, parts));
                    }
                }
            }
            return new Instance(rates, gpus, new int[] {2 + random.nextInt(4), 2 + random.nextInt(4), 2}, pairs);
        }

        /** The largest least rate; variables are the shares row by row, and behind them that rate. */
        double simplex() {
            int jobs = rates.length;
            int last = (jobs + pairs.size()) * TYPES;
            double[][] time = new double[jobs][last + 1];
            double[][] rate = new double[jobs][last + 1];
            double[][] taken = new double[TYPES][last + 1];
            for (int j = 0; j < TYPES; j++) {
                for (int i = 0; i < jobs; i++) {
                    put(time, rate, taken, i, i * TYPES + j, j, 1);
                    rate[i][last] = -1;
                }
                for (int p = 0; p < pairs.size(); p++) {
                    SharePair pair = pairs.get(p);
                    int column = (jobs + p) * TYPES + j;
                    put(time, rate, taken, pair.first(), column, j, pair.parts()[0][j]);
                    put(time, rate, taken, pair.second(), column, j, pair.parts()[1][j]);
                    taken[j][column] = gpus[pair.first()];
                }
            }
            List<LinearConstraint> all = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                all.add(new LinearConstraint(time[i], Relationship.LEQ, 1));
                all.add(new LinearConstraint(rate[i], Relationship.GEQ, 0));
            }
            for (int j = 0; j < TYPES; j++) {
                all.add(new LinearConstraint(taken[j], Relationship.LEQ, fleet[j]));
            }
            double[] objective = new double[last + 1];
            objective[last] = 1;
            return new SimplexSolver()
                    .optimize(
                            new LinearObjectiveFunction(objective, 0),
                            new LinearConstraintSet(all),
                            GoalType.MAXIMIZE,
                            new NonNegativeConstraint(true))
                    .getValue();
        }

        private void put(
                double[][] time, double[][] rate, double[][] taken, int job, int column, int type, double part) {
            time[job][column] = 1;
            rate[job][column] = part * rates[job][type];
            taken[type][column] = gpus[job];
        }
    }
}
