package trainyard.faults.checkpoint;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which snapshots a level keeps: the last ones and, at widening distances, older ones. Of each slot of an hour or a day the
 * first snapshot is kept, for as many slots as the rung says, so that what is kept of a snapshot is settled when it is taken.
 *
 * @param last newest ones, at least 1
 * @param rungs older ones
 */
public record Retention(int last, List<Rung> rungs) {

    /**
     * First snapshots of the newest slots.
     *
     * @param name such as {@code hourly}
     * @param slotNanos length of a slot, above 0
     * @param count slots, at least 1
     */
    public record Rung(String name, long slotNanos, int count) {

        public Rung {
            if (slotNanos < 1 || count < 1) {
                throw new IllegalArgumentException(
                        "rung " + name + " needs slots above 0 ns, got " + count + " of " + slotNanos + " ns");
            }
        }
    }

    /** Of a snapshot that nothing keeps. */
    static final int NOT_KEPT = -1;

    /** Only the newest one. */
    public static final Retention NEWEST = new Retention(1, List.of());

    public Retention {
        if (last < 1) {
            throw new IllegalArgumentException("at least the last snapshot is kept, got " + last);
        }
        rungs = rungs.stream().sorted(Comparator.comparingLong(Rung::slotNanos)).toList();
    }

    /** Whether only the newest one is kept. */
    public boolean isNewestOnly() {
        return last == 1 && rungs.isEmpty();
    }

    /**
     * Most snapshots that are kept at once where one is taken every {@code intervalNanos}: those of all rungs less the ones
     * that a finer rung keeps anyway. A window of n slots of length p holds at least {@code floor(n p / P)} firsts of slots of
     * length P; slots that divide each other are assumed.
     */
    public long mostKept(long intervalNanos) {
        long kept = last;
        long window = Math.multiplyExact(last, intervalNanos);
        for (Rung rung : rungs) {
            long own = Math.min(rung.count(), Long.MAX_VALUE / rung.slotNanos());
            kept += Math.max(0, own - window / Math.max(rung.slotNanos(), intervalNanos));
            window = Math.max(window, own * rung.slotNanos());
        }
        return kept;
    }

    /** What keeps snapshots: the last ones, then each rung, from fine to coarse. */
    List<String> names() {
        return Stream.concat(Stream.of("last " + last), rungs.stream().map(Rung::name))
                .toList();
    }

    /**
     * The finest of {@link #names} that keeps each of some snapshots, {@link #NOT_KEPT} where none does.
     *
     * @param takenNanos when each was taken, ascending
     */
    int[] keepers(long[] takenNanos) {
        int[] keepers = new int[takenNanos.length];
        Arrays.fill(keepers, 0, Math.max(0, keepers.length - last), NOT_KEPT);
        for (int i = 0; i < rungs.size(); i++) {
            keepFirsts(i + 1, takenNanos, keepers);
        }
        return keepers;
    }

    private void keepFirsts(int keeper, long[] taken, int[] keepers) {
        Rung rung = rungs.get(keeper - 1);
        int found = 0;
        for (int i = keepers.length - 1; i >= 0 && found < rung.count(); i--) {
            if (i == 0 || taken[i - 1] / rung.slotNanos() != taken[i] / rung.slotNanos()) {
                keepers[i] = keepers[i] == NOT_KEPT ? keeper : keepers[i];
                found++;
            }
        }
    }
}
