package trainyard.parallel.kernel;

import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/**
 * Rate of the gradient of GELU that nvFuser compiles from Megatron-LM's script of elementary operations (bias_gelu_back):
 * 32-bit arithmetic, with a hyperbolic tangent, bounds it more than memory does.
 */
final class ScriptedGelu {

    /**
     * Instructions of a 32-bit lane for a gradient: NVIDIA measured 262.68 us for 32,768 x 128 x 8 values of 16 bits on an A100 of
     * 40 GB (csarofeen/pytorch, issue 888, May 2021), which would take 147 us at the rate of its memory. Issue 1577 of the same
     * repository, April 2022, still finds the gradient slower in 16 bits than without fusion; that later releases take as long
     * is assumed. About 50 of them are the script's (conversions, sums and products, hyperbolic tangent), the rest finds its
     * bias.
     */
    private static final double INSTRUCTIONS_PER_GRADIENT = 76.3;

    private ScriptedGelu() {}

    /** Gradients per second; the clock follows from the tensor-core peak. */
    static double gradientsPerSecond(GpuSpec gpu) {
        TensorCores cores = TensorCores.of(gpu.architecture());
        double clocks = gpu.peak(Precision.FP16) / (2 * cores.multiplyAddsPerClock());
        return clocks * cores.vectorMultiplyAddsPerClock() / INSTRUCTIONS_PER_GRADIENT;
    }
}
