package trainyard.parallel.input;

/**
 * Copies from a host to a GPU.
 *
 * @param bytesPerSecond rate
 * @param pinned whether the host memory is locked, so that copies run beside the training; else the step waits for each
 */
public record HostCopy(double bytesPerSecond, boolean pinned) {

    public HostCopy {
        if (!(bytesPerSecond > 0)) {
            throw new IllegalArgumentException("a copy needs a rate above 0, got " + bytesPerSecond);
        }
    }
}
