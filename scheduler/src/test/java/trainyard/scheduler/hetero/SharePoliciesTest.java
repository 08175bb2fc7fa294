package trainyard.scheduler.hetero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharePoliciesTest {

    private static final double CLOSE = 1e-5;

    static Stream<SharePolicy> policies() {
        return Stream.of(
                new EqualShares(),
                new MaxMinFairness(false),
                new MaxMinFairness(true),
                new FinishTimeFairShares(),
                new MinTotalDuration(),
                new MinTotalDuration(MinTotalDuration.Choice.SELF_DUAL_CENTRE),
                new MaxSumThroughput());
    }

    @Test
    void aJobThatRunsNowhereIsRefused() {
        assertThatThrownBy(() -> new ShareDemand(
                        List.of("a"),
                        new double[][] {{0, 0}},
                        new int[] {1},
                        new double[] {1},
                        new double[] {1},
                        new double[1],
                        new int[] {1, 1}))
                .hasMessage("job a runs on no type of GPU");
        assertThatThrownBy(() -> new ShareDemand(
                        List.of("a"),
                        new double[][] {{1, 0}},
                        new int[] {1},
                        new double[] {1},
                        new double[] {1},
                        new double[0],
                        new int[] {1, 1}))
                .hasMessageContaining("steps and times");
    }

    private static ShareDemand demand(double[][] speeds, int[] gpus, int... fleet) {
        int jobs = speeds.length;
        List<String> ids = new ArrayList<>();
        double[] ones = new double[jobs];
        double[] steps = new double[jobs];
        for (int i = 0; i < jobs; i++) {
            ids.add("job" + i);
            ones[i] = 1;
            steps[i] = 1e5;
        }
        return new ShareDemand(ids, speeds, gpus, ones, steps, new double[jobs], fleet);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void noJobHasMoreThanAllTimeAndNoTypeMoreThanItsGpus(SharePolicy policy) {
        Random random = new Random(20261128);
        double[][] speeds = new double[40][3];
        int[] gpus = new int[40];
        for (int i = 0; i < 40; i++) {
            gpus[i] = 1 << random.nextInt(3);
            for (int j = 0; j < 3; j++) {
                speeds[i][j] = (1 + j) * (0.5 + random.nextDouble());
            }
        }
        int[] fleet = {8, 12, 16};
        double[][] shares = policy.shares(demand(speeds, gpus, fleet));

        double[] used = new double[3];
        for (int i = 0; i < 40; i++) {
            double sum = 0;
            for (int j = 0; j < 3; j++) {
                assertThat(shares[i][j]).isBetween(-CLOSE, 1 + CLOSE);
                sum += shares[i][j];
                used[j] += gpus[i] * shares[i][j];
            }
            assertThat(sum).isLessThan(1 + CLOSE);
        }
        for (int j = 0; j < 3; j++) {
            assertThat(used[j]).isLessThan(fleet[j] + CLOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void equalJobsHaveEqualShares(SharePolicy policy) {
        double[][] shares = policy.shares(demand(new double[][] {{2}, {2}}, new int[] {1, 1}, 1));

        assertThat(shares[0][0]).isCloseTo(shares[1][0], within(CLOSE));
    }

    @Test
    void theFasterTypeGoesToTheJobThatGainsMostFromIt() {
        // Each job is ten times as fast on one of the types.
        double[][] shares =
                new MaxMinFairness(true).shares(demand(new double[][] {{1, 10}, {10, 1}}, new int[] {1, 1}, 1, 1));

        assertThat(shares[0][1]).isCloseTo(1, within(1e-3));
        assertThat(shares[1][0]).isCloseTo(1, within(1e-3));
    }

    @Test
    void theSumOfThroughputIsLargestWhereTheFastestJobRuns() {
        double[][] shares = new MaxSumThroughput().shares(demand(new double[][] {{1}, {3}}, new int[] {1, 1}, 1));

        assertThat(shares[1][0]).isCloseTo(1, within(1e-3));
        assertThat(shares[0][0]).isCloseTo(0, within(1e-3));
    }

    /** One job on one GPU: slacks x, 1 - x (its time), 1 - x (the GPU) and v x - f; the slope of their objective is 0. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3, 40})
    void theSelfDualCentreIsWhereSlacksOverThePowerOfTheirSumAreLargest(double speed) {
        double floor = 0.25 * speed;
        double steps = 1e4;
        double[][] shares = ShareProgram.selfDualCentre(
                new double[][] {{speed / steps}},
                new int[] {1},
                new int[] {1},
                new double[] {floor / steps},
                new double[] {steps},
                new double[][] {{0.9}});

        double low = floor / speed;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double x = (low + high) / 2;
            double sum = x + 2 * (1 - x) + speed * x - floor;
            double slope = 1 / x - 2 / (1 - x) + speed / (speed * x - floor) - 5 * (speed - 1) / (1 + sum);
            low = slope > 0 ? x : low;
            high = slope > 0 ? high : x;
        }
        assertThat(shares[0][0]).isCloseTo(low, within(CLOSE));
    }

    /** With slacks that add up to the same everywhere nothing but their product is left. */
    @Test
    void theSelfDualCentreIsTheAnalyticOneWhereTheSumOfSlacksIsFixed() {
        double[][] rates = {{1e-4}};
        double[][] from = {{0.9}};
        int[] one = {1};
        double[] floors = {0.25e-4};

        assertThat(ShareProgram.selfDualCentre(rates, one, one, floors, new double[] {1e4}, from)[0][0])
                .isCloseTo(ShareProgram.centre(rates, one, one, floors, from)[0][0], within(CLOSE));
    }

    /** x / 1 = y / 2 of one GPU. */
    @Test
    void aJobOfTwiceTheWeightHasTwiceTheShare() {
        double[][] shares = new MaxMinFairness(true)
                .shares(new ShareDemand(
                        List.of("a", "b"),
                        new double[][] {{3}, {3}},
                        new int[] {1, 1},
                        new double[] {1, 2},
                        new double[] {100, 100},
                        new double[2],
                        new int[] {1}));

        assertThat(shares[0][0]).isCloseTo(1 / 3.0, within(CLOSE));
        assertThat(shares[1][0]).isCloseTo(2 / 3.0, within(CLOSE));
    }

    /** x = 2 y and x + 2 y = 1: equal GPU time, not equal time. */
    @Test
    void aJobOfTwoGpusRunsHalfAsLongOnThem() {
        double[][] shares = new MaxMinFairness(true).shares(demand(new double[][] {{3}, {3}}, new int[] {1, 2}, 1));

        assertThat(shares[0][0]).isCloseTo(0.5, within(CLOSE));
        assertThat(shares[1][0]).isCloseTo(0.25, within(CLOSE));
    }

    /**
     * Two jobs of 100 steps share a GPU that does one a second, so that each would take 200 s. After 100 s 20 and 80 steps are
     * left: 100 + 20 / x = 100 + 80 / (1 - x).
     */
    @Test
    void whatAJobHasDoneCountsForItsFairTime() {
        FinishTimeFairShares policy = new FinishTimeFairShares();
        policy.shares(halfDone(0, 100, 100));
        double[][] shares = policy.shares(halfDone(100, 20, 80));

        assertThat(shares[0][0]).isCloseTo(0.2, within(CLOSE));
        assertThat(shares[1][0]).isCloseTo(0.8, within(CLOSE));
    }

    private static ShareDemand halfDone(double seconds, double... left) {
        return new ShareDemand(
                List.of("a", "b"),
                new double[][] {{1}, {1}},
                new int[] {1, 1},
                new double[] {1, 1},
                left,
                new double[] {seconds, seconds},
                new int[] {1});
    }
}
