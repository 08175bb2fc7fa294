package trainyard.training.wire;

/** Moves bytes between workers and parameter servers, and says when they have arrived. */
public interface Wire {

    /**
     * Sends from a worker to the servers, each of which gets its share.
     *
     * @param arrived runs when the last share is there, maybe at once
     */
    void push(int worker, double bytes, Runnable arrived);

    /** Sends from the servers to a worker, each its share. */
    void pull(int worker, double bytes, Runnable arrived);

    /** Sends from one worker to another. */
    void send(int from, int to, double bytes, Runnable arrived);

    /** Sums over the first workers, so that each of them has the sum. */
    void allReduce(int workers, double bytes, Runnable done);

    /** Gathers what each of the first workers has; every worker gets all. */
    void allGather(int workers, double bytesEach, Runnable done);

    /** Bytes that have left workers and servers, all together. */
    double sentBytes();
}
