package trainyard.faults.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.junit.jupiter.api.Test;
import trainyard.faults.checkpoint.Retention.Rung;
import trainyard.sim.random.RandomStreams;

class RetentionTest {

    private static final long MINUTE = 60_000_000_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final Retention LADDER =
            new Retention(3, List.of(new Rung("daily", 24 * HOUR, 7), new Rung("hourly", HOUR, 24)));

    /** Most snapshots kept at once, by taking one after the other. */
    private static int peak(Retention ladder, long intervalNanos, int snapshots) {
        List<Long> kept = new ArrayList<>();
        int peak = 0;
        for (long i = 1; i <= snapshots; i++) {
            kept.add(i * intervalNanos);
            int[] keepers =
                    ladder.keepers(kept.stream().mapToLong(Long::longValue).toArray());
            for (int j = kept.size() - 1; j >= 0; j--) {
                if (keepers[j] == Retention.NOT_KEPT) {
                    kept.remove(j);
                }
            }
            peak = Math.max(peak, kept.size());
        }
        return peak;
    }

    /** Every 20 minutes: 3 + 24 + 7, less the hourly one among the last three and the daily one among the hourly ones. */
    @Test
    void thePeakIsTheClosedForm() {
        assertThat(LADDER.mostKept(20 * MINUTE)).isEqualTo(32);
        assertThat(peak(LADDER, 20 * MINUTE, 30 * 24 * 3)).isEqualTo(32);
    }

    /** Half-hourly from 22:00 on: midnight begins a day as well as an hour, which is the finer of the two. */
    @Test
    void theFinestKeeperCounts() {
        Retention ladder = new Retention(1, List.of(new Rung("daily", 24 * HOUR, 2), new Rung("hourly", HOUR, 2)));
        long[] taken = {22 * HOUR, 22 * HOUR + 30 * MINUTE, 23 * HOUR, 24 * HOUR, 24 * HOUR + 30 * MINUTE, 25 * HOUR};
        assertThat(ladder.names()).containsExactly("last 1", "hourly", "daily");
        assertThat(ladder.keepers(taken))
                .containsExactly(2, Retention.NOT_KEPT, Retention.NOT_KEPT, 1, Retention.NOT_KEPT, 0);
    }

    @Test
    void thePeakOfRandomLaddersIsTheClosedForm() {
        UniformRandomProvider random = new RandomStreams(5, 0).stream("ladders");
        for (int trial = 0; trial < 60; trial++) {
            long interval = HOUR / (1 + random.nextInt(6));
            Retention ladder = new Retention(
                    1 + random.nextInt(8),
                    List.of(
                            new Rung("hourly", HOUR, 1 + random.nextInt(30)),
                            new Rung("daily", 24 * HOUR, 1 + random.nextInt(5))));
            assertThat(peak(ladder, interval, (int) (10 * 24 * HOUR / interval)))
                    .as("%s every %d", ladder, interval)
                    .isEqualTo((int) ladder.mostKept(interval));
        }
    }
}
