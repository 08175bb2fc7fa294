package trainyard.scheduler.packing;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rules that put one item after the other and never move one again. The first four take them as they come, which is all that
 * can be done where models arrive one by one; the decreasing forms see all of them first and take the largest first.
 *
 * <p>With OPT the fewest bins there can be: any-fit rules use at most 1.7 OPT (Dosa and Sgall, "First Fit bin packing: a tight
 * analysis", STACS 2013; best fit the same, ICALP 2014), first fit decreasing at most 11/9 OPT + 6/9 (Dosa, "The tight bound of
 * First Fit Decreasing", ESCAPE 2007). Worst fit may need 2 OPT.
 */
public enum PackingRule {
    /** The newest bin, or else a new one. */
    NEXT_FIT,
    /** The bin opened first in which it fits. */
    FIRST_FIT,
    /** The fullest bin in which it fits; of equal ones that opened first. */
    BEST_FIT,
    /** The emptiest bin, if it fits there; of equal ones that opened first. */
    WORST_FIT,
    /** First fit, the largest items first. */
    FIRST_FIT_DECREASING,
    /** Best fit, the largest items first. */
    BEST_FIT_DECREASING,
    /** Worst fit, the largest items first. */
    WORST_FIT_DECREASING;

    private static final int NONE = -1;

    /** Packs all items. */
    public Packing pack(BinPacking problem) {
        int[] binOf = new int[problem.items()];
        long[] sizes = problem.sizes();
        long[] free = new long[sizes.length];
        int bins = 0;
        for (int item : sorts()
                ? problem.decreasing()
                : IntStream.range(0, problem.items()).toArray()) {
            long size = sizes[item];
            int bin = choose(free, bins, size);
            if (bin == NONE) {
                bin = bins++;
                free[bin] = problem.capacity();
            }
            free[bin] -= size;
            binOf[item] = bin;
        }
        return new Packing(binOf, Arrays.copyOf(free, bins));
    }

    private boolean sorts() {
        return compareTo(FIRST_FIT_DECREASING) >= 0;
    }

    private int choose(long[] free, int bins, long size) {
        return switch (this) {
            case NEXT_FIT -> bins > 0 && free[bins - 1] >= size ? bins - 1 : NONE;
            case FIRST_FIT, FIRST_FIT_DECREASING -> first(free, bins, size);
            case BEST_FIT, BEST_FIT_DECREASING -> extreme(free, bins, size, -1);
            case WORST_FIT, WORST_FIT_DECREASING -> extreme(free, bins, size, 1);
        };
    }

    private static int first(long[] free, int bins, long size) {
        for (int bin = 0; bin < bins; bin++) {
            if (free[bin] >= size) {
                return bin;
            }
        }
        return NONE;
    }

    /** The bin with the most room if {@code sign} is 1, with the least if it is -1. */
    private static int extreme(long[] free, int bins, long size, int sign) {
        int best = NONE;
        for (int bin = 0; bin < bins; bin++) {
            if (free[bin] >= size && (best == NONE || sign * Long.compare(free[bin], free[best]) > 0)) {
                best = bin;
            }
        }
        return best;
    }
}
