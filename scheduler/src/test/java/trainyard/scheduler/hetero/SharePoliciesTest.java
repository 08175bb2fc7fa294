package trainyard.scheduler.hetero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharePoliciesTest {

    private static final double CLOSE = 1e-5;

    static Stream<SharePolicy> policies() {
        return Stream.of(
                new EqualShares(),
                new MaxMinFairness(false),
                new MaxMinFairness(true),
                new FinishTimeFairness(),
                new MinTotalDuration(),
                new MaxSumThroughput());
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
}
