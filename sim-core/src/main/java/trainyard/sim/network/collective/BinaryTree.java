package trainyard.sim.network.collective;

import java.util.Arrays;

/**
 * Parents and children of a binary tree over the ranks 0 to n-1 in which every odd rank is a leaf and 0 is the root
 * with one child; its height is {@code ceil(log2 n)}. The parent of a rank replaces its lowest set bit by the next
 * higher one, or only clears it where that leads beyond the ranks (the in-order tree of P. Sanders, J. Speck, J. L.
 * Träff, Two-tree algorithms for full bandwidth broadcast, Parallel Computing 35(12), 2009).
 */
final class BinaryTree {

    private static final int NONE = -1;

    private final int root;
    private final int[] parent;
    private final int[][] children;

    private BinaryTree(int root, int[] parent) {
        this.root = root;
        this.parent = parent;
        children = new int[parent.length][0];
        for (int rank = 0; rank < parent.length; rank++) {
            if (rank != root) {
                int[] known = children[parent[rank]];
                children[parent[rank]] = Arrays.copyOf(known, known.length + 1);
                children[parent[rank]][known.length] = rank;
            }
        }
    }

    /** The tree itself. */
    static BinaryTree inOrder(int ranks) {
        int[] parent = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            parent[rank] = inOrderParent(rank, ranks);
        }
        return new BinaryTree(0, parent);
    }

    /** Its complement, in which other ranks are leaves: mirrored for an even number of ranks, else shifted by one. */
    static BinaryTree complement(int ranks) {
        int[] parent = new int[ranks];
        boolean even = ranks % 2 == 0;
        for (int rank = 0; rank < ranks; rank++) {
            int image = even ? ranks - 1 - rank : (rank + ranks - 1) % ranks;
            int up = inOrderParent(image, ranks);
            parent[rank] = up == NONE ? NONE : even ? ranks - 1 - up : (up + 1) % ranks;
        }
        return new BinaryTree(even ? ranks - 1 : 1 % ranks, parent);
    }

    private static int inOrderParent(int rank, int ranks) {
        if (rank == 0) {
            return NONE;
        }
        int lowest = rank & -rank;
        int up = (rank ^ lowest) | lowest << 1;
        return up < ranks ? up : rank ^ lowest;
    }

    int root() {
        return root;
    }

    int ranks() {
        return parent.length;
    }

    int parent(int rank) {
        return parent[rank];
    }

    int[] children(int rank) {
        return children[rank];
    }
}
