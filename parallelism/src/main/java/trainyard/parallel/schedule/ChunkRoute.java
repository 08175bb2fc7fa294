package trainyard.parallel.schedule;

import java.util.Arrays;

/**
 * Where the result of a pass goes: from the chunk that holds one piece of the model to the one that holds the next.
 * A slot is a chunk of a stage, numbered {@code stage x chunks + chunk}.
 */
public final class ChunkRoute {

    /** No further slot: the loss follows, or the data came before. */
    public static final int END = -1;

    private final int chunks;
    private final int[] next;
    private final int[] previous;

    /**
     * @param placement which piece lies where
     * @param stages pipeline stages
     * @param chunks chunks per stage
     */
    public ChunkRoute(ChunkPlacement placement, int stages, int chunks) {
        this.chunks = chunks;
        this.next = new int[stages * chunks];
        this.previous = new int[stages * chunks];
        Arrays.fill(next, END);
        Arrays.fill(previous, END);
        int pieces = placement.pieces(stages, chunks);
        int[][] slotOfPiece = new int[placement.copies()][pieces];
        for (int slot = 0; slot < next.length; slot++) {
            slotOfPiece[slot % chunks % placement.copies()][placement.piece(slot / chunks, slot % chunks, stages)] =
                    slot;
        }
        for (int[] copy : slotOfPiece) {
            for (int piece = 1; piece < pieces; piece++) {
                next[copy[piece - 1]] = copy[piece];
                previous[copy[piece]] = copy[piece - 1];
            }
        }
    }

    public int slot(int stage, int chunk) {
        return stage * chunks + chunk;
    }

    public int stage(int slot) {
        return slot / chunks;
    }

    public int chunk(int slot) {
        return slot % chunks;
    }

    /** Slot that takes a forward result; {@link #END} after the last piece. */
    public int next(int slot) {
        return next[slot];
    }

    /** Slot that takes the gradient of a slot's input; {@link #END} before the first piece. */
    public int previous(int slot) {
        return previous[slot];
    }

    public int slots() {
        return next.length;
    }
}
