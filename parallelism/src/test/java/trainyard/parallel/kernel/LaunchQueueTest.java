package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LaunchQueueTest {

    /** Issue time 1, kernel time 5: the stream waits 1 and ends at 6. The host is 5 ahead, so two issues of 2 without kernels stay hidden. */
    @Test
    void aHostThatRanAheadHidesShortKernels() {
        LaunchQueue queue = new LaunchQueue(false);
        queue.add(1, 5);
        queue.add(2, 0);
        queue.add(2, 0);
        assertThat(queue.idleSeconds()).isEqualTo(1);
        queue.add(2, 0);
        assertThat(queue.idleSeconds()).isEqualTo(2);
    }

    /** The stream ends with the last kernel, which starts when the host is done. */
    @Test
    void anIdleGpuWaitsForTheWholeHostTime() {
        LaunchQueue queue = new LaunchQueue(false);
        for (int i = 0; i < 10; i++) {
            queue.add(0.5, 0.125);
        }
        assertThat(queue.idleSeconds()).isEqualTo(5 - 9 * 0.125);
    }

    /** Written out, the recursion is the longest path: the stream ends at the greatest of host_i + kernels from i on. */
    @Test
    void equalsTheLongestPath() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int n = random.nextInt(1, 30);
            double[] issue = random.doubles(n).toArray();
            double[] kernels = random.doubles(n).toArray();
            LaunchQueue queue = new LaunchQueue(false);
            double total = 0;
            for (int i = 0; i < n; i++) {
                queue.add(issue[i], kernels[i]);
                total += kernels[i];
            }
            assertThat(queue.idleSeconds() + total).isCloseTo(longestPath(issue, kernels), within(1e-12));
        }
    }

    /** The stream has waited 1 when the host waits for it, and an issue of 2 leaves a gap of 2 before its kernel of 1. */
    @Test
    void aHostThatWaitsLosesItsLead() {
        LaunchQueue queue = new LaunchQueue(false);
        queue.add(1, 5);
        queue.await();
        queue.add(2, 1);
        assertThat(queue.idleSeconds()).isEqualTo(1 + 2);
    }

    /** Issues of 1 and 3 for kernels of 4 and 2: the second is issued while the first runs, so only the first is waited for. */
    @Test
    void workOfSeveralOperatorsTakesItsKernelsAndItsLag() {
        LaunchQueue queue = new LaunchQueue(false);
        queue.add(1, 5);
        queue.await();
        queue.add(1 + 3, 4 + 2, Math.max(1, 1 + 3 - 4));
        assertThat(queue.idleSeconds()).isEqualTo(1 + 1);
    }

    @Test
    void blockingLaunchesHideNothing() {
        LaunchQueue queue = new LaunchQueue(true);
        queue.add(1, 5);
        queue.add(2, 0.5);
        assertThat(queue.idleSeconds()).isEqualTo(3);
    }

    private static double longestPath(double[] issue, double[] kernels) {
        double longest = 0;
        for (int turn = 0; turn < issue.length; turn++) {
            double path = 0;
            for (int i = 0; i < issue.length; i++) {
                path += (i <= turn ? issue[i] : 0) + (i >= turn ? kernels[i] : 0);
            }
            longest = Math.max(longest, path);
        }
        return longest;
    }
}
