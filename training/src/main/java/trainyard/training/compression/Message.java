package trainyard.training.compression;

/**
 * What one worker sends for one gradient.
 *
 * @param bytes on the wire
 * @param isLinear whether messages can be added on their way, so that an all-reduce carries them; others are gathered
 * @param rounds collectives behind one another that share the bytes, 1 or more
 * @param encode work before it is sent
 * @param decode work for each message that arrives, or for the one sum
 */
public record Message(long bytes, boolean isLinear, int rounds, Effort encode, Effort decode) {

    /**
     * Bytes that a worker sends where a ring sums messages: {@code 2 (P - 1) / P} of one.
     *
     * @param workers number of workers P, 1 or more
     */
    public double ringBytes(int workers) {
        return 2.0 * (workers - 1) / workers * bytes;
    }

    /**
     * Bytes that a worker gets where messages are gathered: one of each other worker.
     *
     * @param workers number of workers, 1 or more
     */
    public double gatheredBytes(int workers) {
        return (double) bytes * (workers - 1);
    }

    Message withEncode(Effort more) {
        return new Message(bytes, isLinear, rounds, encode.plus(more), decode);
    }
}
