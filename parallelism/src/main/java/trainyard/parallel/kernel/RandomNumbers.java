package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/** Rate at which dropout kernels draw random numbers, which can bound them more than memory does. */
final class RandomNumbers {

    /**
     * Integer instructions per element: dropout of 2^30 16-bit values takes 4.516 ms on an A100 (FlagOpen/FlagPerf,
     * operation/benchmarks/dropout/nvidia/A100_40_SXM, 2024), thus 2.38e11 numbers a second. Ten rounds of Philox 4x32 for four
     * values are about half of it (Salmon et al. 2011, table 2).
     */
    private static final double INSTRUCTIONS_PER_ELEMENT = 41;

    /** Integer lanes of one multiprocessor, Volta to Blackwell (NVIDIA architecture white papers). */
    private static final double LANES = 64;

    private RandomNumbers() {}

    /** Numbers per second; the clock follows from the tensor-core peak. */
    static double perSecond(GpuSpec gpu) {
        double multiplyAdds = TensorCores.of(gpu.architecture()).multiplyAddsPerClock();
        double lanesPerSecond = gpu.peak(Precision.FP16) / (2 * multiplyAdds) * LANES;
        return lanesPerSecond / INSTRUCTIONS_PER_ELEMENT;
    }
}
