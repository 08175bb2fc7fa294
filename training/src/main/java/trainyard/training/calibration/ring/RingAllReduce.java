package trainyard.training.calibration.ring;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;

/**
 * Sums an array over all ranks of a ring in {@code 2 (n - 1)} steps of {@code 1/n} of it each: first every rank gets the sum
 * of one part (reduce-scatter), then all parts go round (all-gather); Patarasuk and Yuan, "Bandwidth optimal all-reduce
 * algorithms for clusters of workstations" (2009). A part is sent in pieces that fit into the socket's buffer, each of them
 * followed by a piece received, so that no two ranks wait for each other. Parts are added in the order of the ring, so every
 * rank has the same bits. A rank that waits asks again and again, as message-passing libraries do, since a core that sleeps takes
 * longer to wake than a small message takes; it lets others have the core where they want it.
 */
public final class RingAllReduce {

    private static final int PIECE_FLOATS = 8192;

    private final int rank;
    private final int ranks;
    private final SocketChannel next;
    private final SocketChannel previous;
    private final ByteBuffer out = buffer();
    private final ByteBuffer in = buffer();

    /**
     * @param rank of this process, from 0
     * @param ranks number of processes, at least 2
     * @param next connection to the rank behind, which does not block
     * @param previous connection to the rank before, which does not block
     */
    public RingAllReduce(int rank, int ranks, SocketChannel next, SocketChannel previous) {
        this.rank = rank;
        this.ranks = ranks;
        this.next = next;
        this.previous = previous;
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(PIECE_FLOATS * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /**
     * Replaces the values by their sum over all ranks.
     *
     * @throws IOException if a neighbour is gone
     */
    public void sum(float[] values) throws IOException {
        for (int step = 0; step < ranks - 1; step++) {
            exchange(values, rank - step, rank - step - 1, true);
        }
        for (int step = 0; step < ranks - 1; step++) {
            exchange(values, rank + 1 - step, rank - step, false);
        }
    }

    private int begin(int part, int length) {
        return (int) ((long) length * part / ranks);
    }

    private void exchange(float[] values, int sent, int received, boolean add) throws IOException {
        int sending = Math.floorMod(sent, ranks);
        int receiving = Math.floorMod(received, ranks);
        int from = begin(sending, values.length);
        int to = begin(sending + 1, values.length);
        int into = begin(receiving, values.length);
        int end = begin(receiving + 1, values.length);
        while (from < to || into < end) {
            if (from < to) {
                from += send(values, from, Math.min(PIECE_FLOATS, to - from));
            }
            if (into < end) {
                into += receive(values, into, Math.min(PIECE_FLOATS, end - into), add);
            }
        }
    }

    private int send(float[] values, int from, int count) throws IOException {
        out.clear();
        out.asFloatBuffer().put(values, from, count);
        out.limit(count * Float.BYTES);
        while (out.hasRemaining()) {
            if (next.write(out) == 0) {
                Thread.yield();
            }
        }
        return count;
    }

    private int receive(float[] values, int into, int count, boolean add) throws IOException {
        in.clear().limit(count * Float.BYTES);
        while (in.hasRemaining()) {
            int got = previous.read(in);
            if (got < 0) {
                throw new EOFException("the rank before rank " + rank + " is gone");
            }
            if (got == 0) {
                Thread.yield();
            }
        }
        in.flip();
        for (int i = 0; i < count; i++) {
            float value = in.getFloat(i * Float.BYTES);
            values[into + i] = add ? values[into + i] + value : value;
        }
        return count;
    }
}
