package trainyard.sim.network;

import java.util.Arrays;

/** Messages on their way, in parallel arrays; each may name the one that waits behind it. */
final class MessagePool {

    private static final int NONE = -1;

    private int[] channel = new int[16];
    private double[] bytes = new double[16];
    private int[] argument = new int[16];
    private int[] next = new int[16];
    private int size;
    private final IntStack free = new IntStack();

    int add(int onChannel, double newBytes, int newArgument) {
        int message = free.size() > 0 ? free.pop() : grow();
        channel[message] = onChannel;
        bytes[message] = newBytes;
        argument[message] = newArgument;
        next[message] = NONE;
        return message;
    }

    void remove(int message) {
        free.push(message);
    }

    boolean isEmpty() {
        return free.size() == size;
    }

    int channel(int message) {
        return channel[message];
    }

    double bytes(int message) {
        return bytes[message];
    }

    int argument(int message) {
        return argument[message];
    }

    int next(int message) {
        return next[message];
    }

    void setNext(int message, int follower) {
        next[message] = follower;
    }

    int capacity() {
        return channel.length;
    }

    private int grow() {
        if (size == channel.length) {
            channel = Arrays.copyOf(channel, 2 * size);
            bytes = Arrays.copyOf(bytes, 2 * size);
            argument = Arrays.copyOf(argument, 2 * size);
            next = Arrays.copyOf(next, 2 * size);
        }
        return size++;
    }
}
