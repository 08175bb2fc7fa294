package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/** Rate at which dropout kernels draw random numbers, which can bound them more than memory does. */
final class RandomNumbers {

    /**
     * Integer instructions per element: ten rounds of Philox 4x32 for four values (Salmon et al. 2011, table 2: about 20
     * per value) plus comparison, mask and indexing, about as many again (assumed).
     */
    private static final double INSTRUCTIONS_PER_ELEMENT = 40;

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
