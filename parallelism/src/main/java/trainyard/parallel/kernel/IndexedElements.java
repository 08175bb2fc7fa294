package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;

/** Rate at which PyTorch's elementary kernels handle elements that they find one by one, which bounds them more than memory does. */
final class IndexedElements {

    /**
     * Elements a second on one multiprocessor with 128 lanes of 32 bits: rotating queries and keys by elementary operations takes
     * 0.8675 ms on a B200 (pytorch pull request 176223, March 2026; 4 x 2,048 tokens, 32 heads of 128 each, bf16, ten kernels). Its
     * two sums read and write whole lines, 0.057 ms at the rate of memory. The four products with repeated sines and cosines,
     * two negations of a strided half and two joinings of halves handle 3.5 elements for each of 2 x 33,554,432 in the rest
     * of the time, on 148 multiprocessors. An H200 repeats a vector of 10,240 slopes for prelu at 1.18 TB/s of two bytes
     * read and two written (tile-ai/TileOPs pull request 500, March 2026), 15 % more.
     */
    private static final double PER_MULTIPROCESSOR = 3.5 * 2 * 33_554_432 / (0.8675e-3 - 0.0572e-3) / 148;

    private static final double LANES = 128;

    private IndexedElements() {}

    /** Elements per second; clocks of generations are taken as equal. */
    static double perSecond(GpuSpec gpu) {
        double lanes = TensorCores.of(gpu.architecture()).vectorMultiplyAddsPerClock();
        return PER_MULTIPROCESSOR * gpu.smCount() * lanes / LANES;
    }
}
