package trainyard.scheduler.cells;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * GPUs in a row that lie in cells within cells: buddy allocation looks for the smallest free cell that holds a job.
 *
 * <p>A job that is smaller than the smallest cell that holds it takes parts of that cell, each a cell of its own and the largest that it
 * fills. A job that no cell holds takes whole nodes of several and the rest of one more; one that is no larger than a node is never
 * divided among cells that have no cell of a node in common.
 */
final class CellSpace {

    private static final int NONE = -1;

    private final CellLevels levels;
    /** For each GPU the first one of the largest cell in which it lies, and the level of that cell. */
    private final int[] rootStart;

    private final int[] rootLevel;

    /**
     * @param roots levels of the largest cells, descending, so that each begins at a multiple of its size
     */
    CellSpace(CellLevels levels, int[] roots) {
        this.levels = levels;
        int gpus = Arrays.stream(roots).map(levels::size).sum();
        rootStart = new int[gpus];
        rootLevel = new int[gpus];
        int start = 0;
        for (int level : roots) {
            int end = start + levels.size(level);
            Arrays.fill(rootStart, start, end, start);
            Arrays.fill(rootLevel, start, end, level);
            start = end;
        }
    }

    int gpus() {
        return rootStart.length;
    }

    /** The first GPU of the largest cell in which one lies. */
    int rootStart(int gpu) {
        return rootStart[gpu];
    }

    /** The level of the largest cell in which a GPU lies. */
    int rootLevel(int gpu) {
        return rootLevel[gpu];
    }

    /** Whether all GPUs of a cell are free. */
    boolean isFree(int start, int level, IntPredicate free) {
        for (int gpu = start; gpu < start + levels.size(level); gpu++) {
            if (!free.test(gpu)) {
                return false;
            }
        }
        return true;
    }

    /** GPUs of the largest free cell in which a free one lies. */
    int largestFree(int start, int level, IntPredicate free) {
        int largest = level;
        for (int above = level + 1; above <= rootLevel[start]; above++) {
            if (!isFree(first(start, above), above, free)) {
                break;
            }
            largest = above;
        }
        return levels.size(largest);
    }

    /** The first GPU of the cell of a level in which one lies. */
    private int first(int gpu, int level) {
        return gpu - (gpu - rootStart[gpu]) % levels.size(level);
    }

    /**
     * GPUs for a job.
     *
     * @param fromEnd whether of equal cells the last is taken
     * @return as many as it wants; none if they are not free where it can use them
     */
    int[] pick(int wanted, IntPredicate free, boolean fromEnd) {
        int[] inOne = pickInOne(wanted, free, fromEnd);
        return inOne.length > 0 || wanted <= levels.size(levels.nodeLevel()) ? inOne : pickNodes(wanted, free, fromEnd);
    }

    private int[] pickInOne(int wanted, IntPredicate free, boolean fromEnd) {
        int level = levels.levelFor(wanted);
        if (level == levels.count()) {
            return new int[0];
        }
        int size = levels.size(level);
        int best = NONE;
        int least = Integer.MAX_VALUE;
        int[] scratch = new int[wanted];
        for (int start = 0; start < gpus(); start = nextCell(start, level)) {
            if (rootLevel[start] < level || fill(start, level, wanted, free, scratch, 0) < 0) {
                continue;
            }
            int tight =
                    isFree(start, level, free) ? size + largestFree(start, level, free) : countFree(start, level, free);
            if (tight < least || tight == least && fromEnd) {
                best = start;
                least = tight;
            }
        }
        if (best == NONE) {
            return new int[0];
        }
        fill(best, level, wanted, free, scratch, 0);
        return scratch;
    }

    /** The next cell of a level, or the next cell that is too small to hold one. */
    private int nextCell(int start, int level) {
        return start + levels.size(Math.min(level, rootLevel[start]));
    }

    private int countFree(int start, int level, IntPredicate free) {
        int count = 0;
        for (int gpu = start; gpu < start + levels.size(level); gpu++) {
            count += free.test(gpu) ? 1 : 0;
        }
        return count;
    }

    /**
     * Takes GPUs of one cell: the whole cell, or whole cells of the level below and the rest of one more, which is the one with
     * least free that is enough, the last of equals.
     *
     * @return the place behind those taken; below 0 if it has not enough
     */
    private int fill(int start, int level, int wanted, IntPredicate free, int[] taken, int at) {
        if (wanted == 0) {
            return at;
        }
        int size = levels.size(level);
        if (wanted == size) {
            return isFree(start, level, free) ? takeAll(start, size, taken, at) : NONE;
        }
        int part = levels.size(level - 1);
        int rest = wanted % part;
        int restOf = rest == 0 ? NONE : tightest(start, level, rest, free, taken, at);
        if (rest > 0 && restOf == NONE) {
            return NONE;
        }
        int next = rest == 0 ? at : fill(restOf, level - 1, rest, free, taken, at);
        int missing = wanted / part;
        for (int child = start; child < start + size && missing > 0; child += part) {
            if (child != restOf && isFree(child, level - 1, free)) {
                next = takeAll(child, part, taken, next);
                missing--;
            }
        }
        return missing == 0 ? next : NONE;
    }

    private static int takeAll(int start, int size, int[] taken, int at) {
        for (int i = 0; i < size; i++) {
            taken[at + i] = start + i;
        }
        return at + size;
    }

    private int tightest(int start, int level, int wanted, IntPredicate free, int[] scratch, int at) {
        int best = NONE;
        int least = Integer.MAX_VALUE;
        for (int child = start; child < start + levels.size(level); child += levels.size(level - 1)) {
            int count = countFree(child, level - 1, free);
            if (count <= least && fill(child, level - 1, wanted, free, scratch, at) >= 0) {
                best = child;
                least = count;
            }
        }
        return best;
    }

    /** Free nodes in their order, and the rest in a cell of another. */
    private int[] pickNodes(int wanted, IntPredicate free, boolean fromEnd) {
        int node = levels.nodeLevel();
        int size = levels.size(node);
        int[] taken = new int[wanted];
        int next = 0;
        for (int start = 0; start < gpus() && wanted - next >= size; start = nextCell(start, node)) {
            if (rootLevel[start] >= node && isFree(start, node, free)) {
                next = takeAll(start, size, taken, next);
            }
        }
        int missing = wanted - next;
        if (missing >= size) {
            return new int[0];
        }
        if (missing > 0) {
            boolean[] used = new boolean[gpus()];
            for (int i = 0; i < next; i++) {
                used[taken[i]] = true;
            }
            int[] rest = pickInOne(missing, gpu -> free.test(gpu) && !used[gpu], fromEnd);
            if (rest.length == 0) {
                return rest;
            }
            System.arraycopy(rest, 0, taken, next, missing);
        }
        return taken;
    }
}
