package trainyard.sim.network;

import java.util.Arrays;

/** The channels of a {@link FlowNetwork}, one array per field; numbers of closed channels are given again. */
final class ChannelTable {

    private static final int NONE = -1;

    int[] from = new int[16];
    int[] to = new int[16];
    long[] label = new long[16];
    double[] flows = new double[16];
    boolean[] open = new boolean[16];

    /** To be closed when the last message has arrived. */
    boolean[] closing = new boolean[16];

    boolean[] connected = new boolean[16];

    /** Variable in the max-min system; -1 where the route has no links. */
    int[] variable = new int[16];

    long[] latencyNanos = new long[16];

    /** Message that transfers, and the last one that waits behind it; -1 where there is none. */
    int[] head = new int[16];

    int[] tail = new int[16];
    int[] undelivered = new int[16];

    /** Bytes that the head had left at {@code updatedNanos}. */
    double[] remainingBytes = new double[16];

    long[] updatedNanos = new long[16];

    /** Bytes/s of each flow since {@code updatedNanos}. */
    double[] rate = new double[16];

    /** Bytes of whole messages that each flow has transferred on the present route. */
    double[] movedBytes = new double[16];

    private int size;
    private final IntStack free = new IntStack();

    int add(int fromGpu, int toGpu, long newLabel, double newFlows) {
        int channel = free.size() > 0 ? free.pop() : grow();
        from[channel] = fromGpu;
        to[channel] = toGpu;
        label[channel] = newLabel;
        flows[channel] = newFlows;
        open[channel] = true;
        closing[channel] = false;
        head[channel] = NONE;
        tail[channel] = NONE;
        undelivered[channel] = 0;
        rate[channel] = 0;
        movedBytes[channel] = 0;
        return channel;
    }

    void remove(int channel) {
        open[channel] = false;
        free.push(channel);
    }

    /** Channel numbers in use are below this. */
    int size() {
        return size;
    }

    int capacity() {
        return from.length;
    }

    private int grow() {
        if (size == from.length) {
            int length = 2 * size;
            from = Arrays.copyOf(from, length);
            to = Arrays.copyOf(to, length);
            label = Arrays.copyOf(label, length);
            flows = Arrays.copyOf(flows, length);
            open = Arrays.copyOf(open, length);
            closing = Arrays.copyOf(closing, length);
            connected = Arrays.copyOf(connected, length);
            variable = Arrays.copyOf(variable, length);
            latencyNanos = Arrays.copyOf(latencyNanos, length);
            head = Arrays.copyOf(head, length);
            tail = Arrays.copyOf(tail, length);
            undelivered = Arrays.copyOf(undelivered, length);
            remainingBytes = Arrays.copyOf(remainingBytes, length);
            updatedNanos = Arrays.copyOf(updatedNanos, length);
            rate = Arrays.copyOf(rate, length);
            movedBytes = Arrays.copyOf(movedBytes, length);
        }
        return size++;
    }
}
