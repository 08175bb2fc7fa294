package trainyard.training.replay;

import java.util.List;
import java.util.Objects;

/**
 * What one training iteration executed.
 *
 * @param job name, such as {@code mlp-256x3-b128}
 * @param framework what executed it, with its version
 * @param network layers in words
 * @param batch examples of the iteration
 * @param parameters of the network
 * @param kernels in the order of their execution
 */
public record KernelTrace(
        String job, String framework, String network, int batch, long parameters, List<Kernel> kernels) {

    public KernelTrace {
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(framework, "framework");
        Objects.requireNonNull(network, "network");
        kernels = List.copyOf(kernels);
        if (batch < 1 || parameters < 1 || kernels.isEmpty()) {
            throw new IllegalArgumentException("a trace has a batch, parameters and kernels: " + job);
        }
    }

    /** Its matrix products. */
    public List<Kernel.Gemm> gemms() {
        return kernels.stream()
                .filter(Kernel.Gemm.class::isInstance)
                .map(Kernel.Gemm.class::cast)
                .toList();
    }

    /** Floating-point operations of the matrix products. */
    public double flops() {
        return kernels.stream().mapToDouble(Kernel::flops).sum();
    }

    /** Bytes that all kernels together must move. */
    public double bytes() {
        return kernels.stream().mapToDouble(Kernel::bytes).sum();
    }
}
