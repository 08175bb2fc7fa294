package trainyard.sim.collective;

import java.util.Arrays;

/**
 * GPUs joined by direct links without a switch, and how many rings fit on the links among the first few of them.
 *
 * <p>A ring is a directed cycle through all ranks; two rings may not use the same link in the same direction. A link
 * carries one ring each way, so a set of link-disjoint undirected cycles gives twice as many rings. NCCL's topology
 * search looks for the same thing (src/graph/search.cc).
 */
final class LinkMesh {

    private final int[][] links;

    private LinkMesh(int[][] links) {
        this.links = links;
    }

    /** Hybrid cube mesh of DGX-1 V100: six links per GPU (NVIDIA DGX-1 white paper WP-08437-002, figure 4). */
    static LinkMesh hybridCube() {
        return new LinkMesh(new int[][] {
            {0, 1, 1, 2, 2, 0, 0, 0},
            {1, 0, 2, 1, 0, 2, 0, 0},
            {1, 2, 0, 1, 0, 0, 2, 0},
            {2, 1, 1, 0, 0, 0, 0, 2},
            {2, 0, 0, 0, 0, 1, 1, 2},
            {0, 2, 0, 0, 1, 0, 2, 1},
            {0, 0, 2, 0, 1, 2, 0, 1},
            {0, 0, 0, 2, 2, 1, 1, 0}
        });
    }

    /** Every GPU joined to every other by the same number of links. */
    static LinkMesh full(int gpus, int linksPerPair) {
        int[][] links = new int[gpus][gpus];
        for (int a = 0; a < gpus; a++) {
            for (int b = 0; b < gpus; b++) {
                links[a][b] = a == b ? 0 : linksPerPair;
            }
        }
        return new LinkMesh(links);
    }

    /** Rings among the first {@code ranks} GPUs; 0 where their links form no cycle through all of them. */
    int rings(int ranks) {
        if (ranks == 2) {
            return links[0][1];
        }
        int[][] free = new int[ranks][];
        for (int a = 0; a < ranks; a++) {
            free[a] = Arrays.copyOf(links[a], ranks);
        }
        int bound = leastDegree(free) / 2;
        return 2 * (isComplete(free) ? bound : disjointCycles(free, bound));
    }

    /**
     * Whether every two ranks have equally many links. Such a graph falls into cycles through all ranks, with one link of
     * each rank left over where their number is odd (Walecki 1892 for single links; Alspach, Bermond and Sotteau 1990 for
     * any number), so as many fit as the links of a rank allow, and no search, which would take years, is needed.
     */
    private static boolean isComplete(int[][] free) {
        for (int a = 0; a < free.length; a++) {
            for (int b = 0; b < free.length; b++) {
                if (a != b && free[a][b] != free[0][1]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int leastDegree(int[][] free) {
        int least = Integer.MAX_VALUE;
        for (int[] row : free) {
            int degree = 0;
            for (int count : row) {
                degree += count;
            }
            least = Math.min(least, degree);
        }
        return least;
    }

    private static int disjointCycles(int[][] free, int bound) {
        if (bound == 0) {
            return 0;
        }
        int[] path = new int[free.length];
        boolean[] used = new boolean[free.length];
        used[0] = true;
        return extend(free, path, 1, used, bound, 0);
    }

    /** Tries every way to complete the cycle in {@code path}, then packs further cycles into what is left. */
    private static int extend(int[][] free, int[] path, int length, boolean[] used, int bound, int best) {
        int last = path[length - 1];
        if (length == path.length) {
            return last > path[1] && free[last][0] > 0 ? Math.max(best, close(free, path, bound)) : best;
        }
        int found = best;
        for (int next = 1; next < path.length && found < bound; next++) {
            if (!used[next] && free[last][next] > 0) {
                used[next] = true;
                path[length] = next;
                found = extend(free, path, length + 1, used, bound, found);
                used[next] = false;
            }
        }
        return found;
    }

    private static int close(int[][] free, int[] path, int bound) {
        take(free, path, 1);
        int total = 1 + disjointCycles(free, bound - 1);
        take(free, path, -1);
        return total;
    }

    private static void take(int[][] free, int[] path, int count) {
        for (int i = 0; i < path.length; i++) {
            int a = path[i];
            int b = path[(i + 1) % path.length];
            free[a][b] -= count;
            free[b][a] -= count;
        }
    }
}
