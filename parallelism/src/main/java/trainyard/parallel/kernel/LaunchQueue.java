package trainyard.parallel.kernel;

/**
 * A GPU stream that a host feeds. The host issues work without waiting for it, so it runs ahead while the kernels take
 * longer than issuing them, and the stream runs dry where they take less. Both start together: frameworks wait for the
 * device between passes (Megatron-LM's timers and blocking messages). A kernel starts when it is issued and those before it are
 * done:
 *
 * <pre>  host_i = host_(i-1) + issue_i        stream_i = max(stream_(i-1), host_i) + kernels_i </pre>
 *
 * Work of many operators is added at once by how much its slowest launch lags behind its kernels, which is the same as adding
 * them one by one: {@code stream_i = max(stream_(i-1), host_(i-1) + lag_i) + kernels_i}.
 *
 * <p>With blocking launches the host waits for each kernel: {@code host_i = stream_i = stream_(i-1) + issue_i + kernels_i}.
 */
public final class LaunchQueue {

    private final boolean blocking;
    private double host;
    private double stream;
    private double kernels;

    /** A host that runs ahead. */
    public LaunchQueue() {
        this(false);
    }

    /**
     * @param blocking whether the host waits for every kernel
     */
    public LaunchQueue(boolean blocking) {
        this.blocking = blocking;
    }

    /** Appends an operator: its kernels cannot start before it is issued. */
    public void add(double issueSeconds, double kernelSeconds) {
        add(issueSeconds, kernelSeconds, issueSeconds);
    }

    /**
     * Appends work.
     *
     * @param issueSeconds host time to issue it
     * @param kernelSeconds stream time of its kernels and exchanges
     * @param lagSeconds how much longer than its kernels it takes where host and stream start together: the greatest time to
     *     issue its operators up to one, less the kernels before that one
     */
    public void add(double issueSeconds, double kernelSeconds, double lagSeconds) {
        kernels += kernelSeconds;
        if (blocking) {
            host = stream + issueSeconds + kernelSeconds;
            stream = host;
        } else {
            stream = Math.max(stream, host + lagSeconds) + kernelSeconds;
            host += issueSeconds;
        }
    }

    /** The host waits until the stream has done what was added, so that it loses its lead. */
    public void await() {
        host = stream;
    }

    /** Seconds that the stream has run dry so far. */
    public double idleSeconds() {
        return stream - kernels;
    }
}
