package trainyard.parallel.kernel;

/**
 * A GPU stream that a host feeds. The host issues work without waiting for it, so it runs ahead while the kernels take
 * longer than issuing them, and the stream runs dry where they take less. Both start together: frameworks wait for the
 * device between passes (Megatron-LM's timers and blocking messages).
 *
 * <pre>  host_i = host_(i-1) + issue_i        stream_i = max(stream_(i-1) + kernels_i, host_i) </pre>
 */
public final class LaunchQueue {

    private double host;
    private double stream;
    private double kernels;

    /**
     * Appends work.
     *
     * @param issueSeconds host time to issue it
     * @param kernelSeconds stream time of its kernels and exchanges
     */
    public void add(double issueSeconds, double kernelSeconds) {
        host += issueSeconds;
        kernels += kernelSeconds;
        stream = Math.max(stream + kernelSeconds, host);
    }

    /** Seconds that the stream has run dry so far. */
    public double idleSeconds() {
        return stream - kernels;
    }
}
