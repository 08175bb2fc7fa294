package trainyard.parallel.kernel;

/**
 * Time on the GPU and kernels to launch for it.
 *
 * @param seconds time on the GPU's stream
 * @param kernels kernels launched
 */
public record KernelTime(double seconds, int kernels) {

    public static final KernelTime ZERO = new KernelTime(0, 0);

    public KernelTime plus(KernelTime other) {
        return new KernelTime(seconds + other.seconds, kernels + other.kernels);
    }
}
