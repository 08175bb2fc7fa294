package trainyard.training.replay.fit;

import java.util.List;
import java.util.Optional;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.MemoryFit;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelTrace;

/**
 * Predicts an iteration: the sum over its kernels, each by the fit of its operation, none faster than an empty kernel. No
 * measured iteration is used.
 *
 * @param gapSeconds from one empty kernel to the next
 * @param products fit of matrix products
 * @param memory fits of other operations by name, that of {@code copy} for those without one
 */
record IterationFit(double gapSeconds, ComputeFit products, List<MemoryFit> memory) {

    private static final String ANY = "copy";

    double seconds(KernelTrace trace) {
        return trace.kernels().stream().mapToDouble(this::seconds).sum();
    }

    private double seconds(Kernel kernel) {
        double seconds = kernel instanceof Kernel.Gemm gemm
                ? products.seconds((double) gemm.batch() * gemm.m(), gemm.n(), gemm.k())
                : fit(kernel.op()).seconds(kernel.bytes());
        return Math.max(gapSeconds, seconds);
    }

    private MemoryFit fit(String op) {
        return find(op).or(() -> find(ANY)).orElseThrow();
    }

    private Optional<MemoryFit> find(String op) {
        return memory.stream().filter(fit -> fit.op().equals(op)).findFirst();
    }
}
