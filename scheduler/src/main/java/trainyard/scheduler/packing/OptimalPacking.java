package trainyard.scheduler.packing;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The fewest bins, by depth-first search over the items from the largest on: each goes into one of the open bins, of those
 * with equal room only into the first, or into a new one. A branch is cut when the bins open, and those that the rest needs
 * beyond the room left, reach the best packing known. The problem is NP-hard, so the search gives up after a number of steps.
 */
public final class OptimalPacking {

    /** Most items that are searched; each is a level of the search. */
    private static final int MOST_ITEMS = 1000;

    private final long capacity;
    private final long[] sizes;
    private final long[] restFrom;
    private final long[] free;
    private final int bound;
    private long stepsLeft;
    private int best;

    private OptimalPacking(BinPacking problem, long steps) {
        capacity = problem.capacity();
        long[] unsorted = problem.sizes();
        sizes = Arrays.stream(problem.decreasing())
                .mapToLong(item -> unsorted[item])
                .toArray();
        restFrom = new long[sizes.length + 1];
        for (int item = sizes.length - 1; item >= 0; item--) {
            restFrom[item] = restFrom[item + 1] + sizes[item];
        }
        free = new long[sizes.length];
        bound = PackingBound.atLeast(problem);
        best = Math.min(
                PackingRule.FIRST_FIT_DECREASING.pack(problem).bins(),
                PackingRule.BEST_FIT_DECREASING.pack(problem).bins());
        stepsLeft = steps;
    }

    /**
     * The fewest bins that hold all items.
     *
     * @param steps places that are tried before the search gives up, at least 1
     * @return the number; empty where it could not be proved within these steps, or more than 1000 items would have to be searched
     */
    public static OptionalInt bins(BinPacking problem, long steps) {
        OptimalPacking search = new OptimalPacking(problem, steps);
        boolean searched = problem.items() <= MOST_ITEMS && search.best > search.bound;
        if (searched) {
            search.place(0, 0, 0);
        }
        return search.best == search.bound || (searched && search.stepsLeft > 0)
                ? OptionalInt.of(search.best)
                : OptionalInt.empty();
    }

    private void place(int item, int open, long room) {
        if (item == sizes.length) {
            best = Math.min(best, open);
            return;
        }
        if (open + Math.max(0, -Math.floorDiv(room - restFrom[item], capacity)) >= best) {
            return;
        }
        for (int bin = 0; bin <= open && best > bound && stepsLeft > 0; bin++) {
            if (bin == open) {
                tryNewBin(item, open, room);
            } else if (free[bin] >= sizes[item] && isFirstOfItsRoom(bin)) {
                stepsLeft--;
                free[bin] -= sizes[item];
                place(item + 1, open, room - sizes[item]);
                free[bin] += sizes[item];
            }
        }
    }

    private void tryNewBin(int item, int open, long room) {
        if (open + 1 < best) {
            stepsLeft--;
            free[open] = capacity - sizes[item];
            place(item + 1, open + 1, room + free[open]);
        }
    }

    private boolean isFirstOfItsRoom(int bin) {
        for (int other = 0; other < bin; other++) {
            if (free[other] == free[bin]) {
                return false;
            }
        }
        return true;
    }
}
