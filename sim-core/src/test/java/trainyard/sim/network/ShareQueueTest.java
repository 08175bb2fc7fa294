package trainyard.sim.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShareQueueTest {

    private static double[] drain(double[] capacities) {
        var shares = new FairShares(capacities.length);
        var links = new IntStack();
        for (int link = 0; link < capacities.length; link++) {
            shares.open(link, capacities[link], 1);
            links.push(link);
        }
        var queue = new ShareQueue(shares, capacities.length);
        queue.start(links);
        return IntStream.range(0, capacities.length)
                .mapToDouble(i -> capacities[queue.poll()])
                .toArray();
    }

    private static void assertDrainsInOrder(double[] capacities) {
        double[] sorted = capacities.clone();
        Arrays.sort(sorted);
        assertThat(drain(capacities)).containsExactly(sorted);
    }

    @Test
    void leavesInOrderWhetherSharesSpreadOrNot() {
        for (int size : new int[] {1, 2, 16, 17, 100, 1000}) {
            var random = new SplittableRandom(size);
            assertDrainsInOrder(random.doubles(size, 1, 2).toArray());
            assertDrainsInOrder(random.doubles(size, -300, 300)
                    .map(exponent -> Math.pow(10, exponent))
                    .toArray());
            assertDrainsInOrder(
                    random.ints(size, 0, 3).mapToDouble(step -> 5 + step).toArray());
        }
    }

    @Test
    void failedAndUnboundedLinksComeFirstAndLast() {
        double[] capacities = new SplittableRandom(1).doubles(100, 1, 2).toArray();
        capacities[40] = 0;
        capacities[70] = 0;
        capacities[10] = Double.POSITIVE_INFINITY;
        assertDrainsInOrder(capacities);
        assertDrainsInOrder(new double[30]);
    }

    /** Shares of the links left grow between polls, as in progressive filling; a stale one shows at its poll. */
    @Test
    void linkWhoseShareHasGrownComesAtItsNewPlace() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            int size = 1 + random.nextInt(80);
            double[] share = random.doubles(size, 1, 2).toArray();
            var shares = new FairShares(size);
            var links = new IntStack();
            for (int link = 0; link < size; link++) {
                shares.open(link, share[link], 1);
                links.push(link);
            }
            var queue = new ShareQueue(shares, size);
            queue.start(links);
            for (int left = size; left > 0; ) {
                int link = queue.poll();
                if (share[link] > queue.polledShare()) {
                    queue.putBack(link, share[link]);
                    continue;
                }
                assertThat(share[link])
                        .as("seed %d", seed)
                        .isEqualTo(Arrays.stream(share).min().orElseThrow());
                share[link] = Double.POSITIVE_INFINITY;
                left--;
                int other = random.nextInt(size);
                if (share[other] < 100) {
                    share[other] += random.nextDouble();
                    shares.open(other, share[other], 1);
                }
            }
        }
    }

    @Test
    void linksWithoutOpenVariablesAreLeftOut() {
        var shares = new FairShares(3);
        var links = new IntStack();
        for (int link = 0; link < 3; link++) {
            shares.open(link, 10 + link, 1);
            links.push(link);
        }
        var queue = new ShareQueue(shares, 3);
        queue.start(links);
        shares.take(1, 5, 1);
        assertThat(new int[] {queue.poll(), queue.poll()}).containsExactly(0, 2);
    }
}
