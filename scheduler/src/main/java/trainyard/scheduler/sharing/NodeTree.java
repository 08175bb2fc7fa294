package trainyard.scheduler.sharing;

import java.util.Arrays;

/** A number for each node, in a tree over them: the largest is found, or one of those above, in a few steps. */
public final class NodeTree {

    /** Of a node that does not fit. */
    public static final int UNFIT = -1;

    private final int leaves;
    /** The largest number below each inner node. */
    private final int[] largest;

    /** How many below it fit. */
    private final int[] fitting;

    public NodeTree(int nodes) {
        this.leaves = Math.max(1, Integer.highestOneBit(Math.max(1, 2 * nodes - 1)));
        this.largest = new int[2 * leaves];
        this.fitting = new int[2 * leaves];
        Arrays.fill(largest, UNFIT);
    }

    /** Sets a number without a look at what is above it; {@link #build} follows. */
    public void put(int node, int number) {
        largest[leaves + node] = number;
        fitting[leaves + node] = number == UNFIT ? 0 : 1;
    }

    public void build() {
        for (int inner = leaves - 1; inner > 0; inner--) {
            join(inner);
        }
    }

    public void set(int node, int number) {
        if (largest[leaves + node] == number) {
            return;
        }
        put(node, number);
        for (int inner = (leaves + node) / 2; inner > 0; inner /= 2) {
            join(inner);
        }
    }

    private void join(int inner) {
        largest[inner] = Math.max(largest[2 * inner], largest[2 * inner + 1]);
        fitting[inner] = fitting[2 * inner] + fitting[2 * inner + 1];
    }

    /** How many nodes fit. */
    public int fitting() {
        return fitting[1];
    }

    /** The first node with the largest number; {@link #UNFIT} where none fits. */
    public int best() {
        if (largest[1] == UNFIT) {
            return UNFIT;
        }
        int at = 1;
        while (at < leaves) {
            at = 2 * at + (largest[2 * at] == largest[at] ? 0 : 1);
        }
        return at - leaves;
    }

    /** The node that fits with so many fitting ones before it. */
    public int fitting(int before) {
        int at = 1;
        int left = before;
        while (at < leaves) {
            at = 2 * at;
            if (left >= fitting[at]) {
                left -= fitting[at];
                at++;
            }
        }
        return at - leaves;
    }
}
