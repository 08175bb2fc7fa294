package trainyard.scheduler.cells;

import java.util.Arrays;

/** Cells of a team. Each that is in use is bound to a cell of the cluster, until nothing of it is used any more. */
final class VirtualCluster {

    /** Bound to no cell. */
    static final int UNBOUND = -1;

    private final CellSpace space;
    private final boolean[] used;
    /** For the first GPU of each cell: the first GPU of the one to which it is bound, and how many of it are used. */
    private final int[] bound;

    private final int[] usedOfRoot;

    VirtualCluster(CellSpace space) {
        this.space = space;
        used = new boolean[space.gpus()];
        bound = new int[space.gpus()];
        usedOfRoot = new int[space.gpus()];
        Arrays.fill(bound, UNBOUND);
    }

    CellSpace space() {
        return space;
    }

    boolean isUsed(int gpu) {
        return used[gpu];
    }

    /** The first GPU of the cell of the cluster to which the cell of one is bound. */
    int bound(int gpu) {
        return bound[space.rootStart(gpu)];
    }

    /** The GPU of the cluster that one is, in a cell that is bound. */
    int physical(int gpu) {
        return bound(gpu) + gpu - space.rootStart(gpu);
    }

    /** A job gets a GPU; its cell is bound so that it is one of the cluster. Whether it was not bound before. */
    boolean use(int gpu, int physical) {
        int root = space.rootStart(gpu);
        used[gpu] = true;
        bound[root] = physical - (gpu - root);
        return usedOfRoot[root]++ == 0;
    }

    /** A job gives a GPU back. Whether nothing of its cell is used any more; it is bound until {@link #unbind}. */
    boolean release(int gpu) {
        used[gpu] = false;
        return --usedOfRoot[space.rootStart(gpu)] == 0;
    }

    void unbind(int gpu) {
        bound[space.rootStart(gpu)] = UNBOUND;
    }
}
