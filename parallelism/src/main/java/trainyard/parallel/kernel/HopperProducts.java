package trainyard.parallel.kernel;

import java.util.List;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.GpuSpec;

/**
 * Matrix products on the H100 SXM with cuBLAS of CUDA 12.0 to 12.4: meta-pytorch/float8_experimental pull request 38 (August 2023) times
 * the bf16 products of a Llama 70B layer split eight ways, 16,384 rows each, at 539 to 605 TFLOP/s. pytorch issue 100850
 * (May 2023) has 549 and 543 TFLOP/s for 4,096 and 8,192 rows by 8,192 by 8,192 with cuBLAS 12.0.2 and 639 to 772 with
 * 11.11.3, pranjalssh/fast.cu issue 13 has 519 for 8,192 cubed with CUDA 12.4, its README 798 with a later one.
 */
final class HopperProducts {

    /** Data-sheet rate of the GPU that was measured, 16 bits. */
    private static final double PEAK = 989e12;

    private record Product(double m, double n, double k, double seconds) {}

    private static final List<Product> MEASURED = List.of(
            new Product(16384, 1280, 8192, 6.04e-4),
            new Product(16384, 8192, 1024, 5.00e-4),
            new Product(16384, 7168, 8192, 3.57e-3),
            new Product(16384, 8192, 3584, 1.59e-3));

    private HopperProducts() {}

    /** Whether the measurements tell of products of this GPU with this software. */
    static boolean hold(GpuSpec gpu, SoftwareProfile software) {
        return gpu.architecture() == Architecture.HOPPER && software.has(SoftwareFeature.EARLY_HOPPER_PRODUCTS);
    }

    /**
     * Share of the GPU's peak at which the model takes as long as was measured for all four products together.
     *
     * @param peak 16-bit rate of the GPU
     * @param model seconds of a product by the share of that rate at which its inner loop runs
     */
    static double share(double peak, SustainedRate.AtShare model) {
        double modelled = 0;
        double measured = 0;
        for (Product product : MEASURED) {
            modelled += model.seconds(product.m, product.n, product.k, 1);
            measured += product.seconds * PEAK / peak;
        }
        return Math.min(1.0, modelled / measured);
    }
}
