package trainyard.sim.network.collective;

import trainyard.sim.network.FlowNetwork;

/**
 * All-reduce of one buffer over one tree, in chunks: a rank sends a chunk up when it has it from all its children; the
 * root sends it down again, and every rank passes it on.
 */
final class TreeProgram implements RankProgram {

    private static final int NONE = -1;

    private final FlowNetwork network;
    private final BinaryTree tree;
    private final Chunks chunks;
    private final RankListener listener;

    /** Channel from each rank to its parent, and back. */
    private final int[] up;

    private final int[] down;

    /** Chunks that have arrived at the parent from this child, and that this rank has sent up. */
    private final int[] arrivedAtParent;

    private final int[] reduced;
    private final int[] finished;
    private final boolean[] started;

    TreeProgram(FlowNetwork network, BinaryTree tree, Chunks chunks, int[] gpus, RankListener listener) {
        this.network = network;
        this.tree = tree;
        this.chunks = chunks;
        this.listener = listener;
        int ranks = gpus.length;
        up = new int[ranks];
        down = new int[ranks];
        arrivedAtParent = new int[ranks];
        reduced = new int[ranks];
        finished = new int[ranks];
        started = new boolean[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            int parent = tree.parent(rank);
            up[rank] = parent == NONE ? NONE : network.open(gpus[rank], gpus[parent], this::arrivedFromChild);
            down[rank] = parent == NONE ? NONE : network.open(gpus[parent], gpus[rank], this::arrivedFromParent);
        }
    }

    @Override
    public void start(int rank) {
        started[rank] = true;
        reduceWhatIsReady(network.simulation().now(), rank);
    }

    private void arrivedFromChild(long nowNanos, int child) {
        arrivedAtParent[child]++;
        int rank = tree.parent(child);
        if (started[rank]) {
            reduceWhatIsReady(nowNanos, rank);
        }
    }

    private void reduceWhatIsReady(long nowNanos, int rank) {
        int ready = chunks.count();
        for (int child : tree.children(rank)) {
            ready = Math.min(ready, arrivedAtParent[child]);
        }
        while (reduced[rank] < ready) {
            reduced[rank]++;
            if (rank == tree.root()) {
                finishChunk(nowNanos, rank);
            } else {
                network.send(up[rank], chunks.bytes(), rank);
            }
        }
    }

    private void arrivedFromParent(long nowNanos, int rank) {
        finishChunk(nowNanos, rank);
    }

    private void finishChunk(long nowNanos, int rank) {
        for (int child : tree.children(rank)) {
            network.send(down[child], chunks.bytes(), child);
        }
        finished[rank]++;
        if (finished[rank] == chunks.count()) {
            listener.onDone(nowNanos, rank);
        }
    }

    @Override
    public void close() {
        for (int rank = 0; rank < up.length; rank++) {
            if (up[rank] != NONE) {
                network.close(up[rank]);
                network.close(down[rank]);
            }
        }
    }
}
