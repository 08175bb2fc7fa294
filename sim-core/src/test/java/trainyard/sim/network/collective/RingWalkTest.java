package trainyard.sim.network.collective;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RingWalkTest {

    /** K (d + a) */
    @Test
    void equalHopsTakeTheirTimeInEveryStep() {
        assertThat(RingWalk.nanos(new long[] {7, 7, 7}, new long[] {2, 2, 2}, 4))
                .isEqualTo(4 * 9);
    }

    /** One slow hop without latency on the ring: its K messages follow each other. */
    @Test
    void slowHopPacesTheRing() {
        assertThat(RingWalk.nanos(new long[] {100, 1, 1, 1}, new long[] {5, 0, 0, 0}, 6))
                .isEqualTo(6 * 100 + 5);
    }

    @Test
    void longestWalkEqualsTheRecursion() {
        for (int seed = 0; seed < 5000; seed++) {
            var random = new SplittableRandom(seed);
            int ranks = 2 + random.nextInt(12);
            int steps = 1 + random.nextInt(2 * ranks);
            int classes = 1 + random.nextInt(5);
            long[] transfer =
                    random.longs(ranks, 0, classes).map(i -> i * 10 + 1).toArray();
            long[] latency =
                    random.longs(ranks, 0, random.nextBoolean() ? 3 : 60).toArray();
            assertThat(RingWalk.nanos(transfer, latency, steps))
                    .as("seed %d", seed)
                    .isEqualTo(recursion(transfer, latency, steps));
        }
    }

    private static long recursion(long[] transfer, long[] latency, int steps) {
        int ranks = transfer.length;
        long[] end = transfer.clone();
        for (int k = 1; k < steps; k++) {
            long[] next = new long[ranks];
            for (int i = 0; i < ranks; i++) {
                int previous = (i + ranks - 1) % ranks;
                next[i] = transfer[i] + Math.max(end[i], end[previous] + latency[previous]);
            }
            end = next;
        }
        long last = 0;
        for (int i = 0; i < ranks; i++) {
            last = Math.max(last, end[i] + latency[i]);
        }
        return last;
    }
}
