package trainyard.parallel.kernel;

import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/**
 * Time of a (batched) matrix product from its shape.
 *
 * <p>A library kernel cuts the m x n result into tiles and gives each to a multiprocessor. With T tiles on P
 * multiprocessors the product takes {@code ceil(T / P)} waves; the last one is rarely full (wave quantisation), and tiles
 * at the edge compute elements that nobody needs (tile quantisation). One tile takes
 *
 * <pre>  k_padded * max4(m n / multiply-adds per clock, (m + n) bytes / cache bytes per clock) + fill and drain / resident
 * </pre>
 *
 * where max4 is the 4-norm, a smooth maximum: small tiles reuse each loaded element less and starve on the cache. The
 * whole product is at least its device-memory traffic. A library picks a good kernel, so the least time over the tiles
 * and over splits of k counts.
 *
 * <p>The inner loop runs at the sustained rate, below the data sheet's because tensor cores at full load lower the
 * clock. It follows from the best rate measured on the GPU type (maximum achievable matmul FLOPS, MAMF, of the hardware
 * table) by undoing the losses of that measurement's shape.
 */
public final class GemmModel {

    /** Share of the peak that the inner loop sustains where no measurement exists: the A100's (assumed). */
    private static final double DEFAULT_SUSTAINED = 0.87;

    /** Elements of k that an inner-loop iteration handles (CUTLASS default of the 16-bit kernels). */
    private static final int K_STEP = 32;

    /** Loads narrower than 16 bytes: 2-byte aligned operands reach about half of the rate (cuBLAS guide, section 2.1.11; assumed factor). */
    private static final double MISALIGNED_RATE = 0.5;

    private static final int[] SPLITS = {1, 2, 3, 4, 6, 8, 16};

    private final GpuSpec gpu;
    private final TensorCores cores;
    private final double sustained;
    private final double memoryBytesPerSecond;

    public GemmModel(GpuSpec gpu) {
        this.gpu = gpu;
        this.cores = TensorCores.of(gpu.architecture());
        this.memoryBytesPerSecond = MemoryBandwidth.achieved(gpu);
        this.sustained = sustainedShare();
    }

    /**
     * Seconds of one kernel.
     *
     * @param outputBytes bytes read and written per element of the result: the element size, more if it is added to an
     *     existing array
     */
    public double seconds(double batch, double m, double n, double k, Precision precision, double outputBytes) {
        return seconds(batch, m, n, k, precision, outputBytes, sustained);
    }

    private double seconds(
            double batch, double m, double n, double k, Precision precision, double outputBytes, double share) {
        double rate = gpu.peak(precision) / 2 * share / gpu.smCount();
        if (!aligned(m) && !aligned(n) || !aligned(k)) {
            rate *= MISALIGNED_RATE;
        }
        double best = Double.POSITIVE_INFINITY;
        for (TensorCores.Tile tile : cores.tiles()) {
            double tiles = batch * Math.ceil(m / tile.m()) * Math.ceil(n / tile.n());
            for (int split : SPLITS) {
                if (split > 1 && (tiles >= gpu.smCount() || k / split < 4 * K_STEP)) {
                    break;
                }
                best = Math.min(best, tiled(tile, tiles, split, m * n * batch, k, precision, rate));
            }
        }
        double bytes = batch * (precision.bytes() * (m * k + k * n) + outputBytes * m * n);
        return Math.max(best, bytes / memoryBytesPerSecond);
    }

    private double tiled(
            TensorCores.Tile tile,
            double tiles,
            int split,
            double elements,
            double k,
            Precision precision,
            double rate) {
        double waves = Math.ceil(tiles * split / gpu.smCount());
        double depth = Math.ceil(k / split / K_STEP) * K_STEP;
        double compute = (double) tile.m() * tile.n() / cores.multiplyAddsPerClock();
        double cache = (tile.m() + tile.n()) * 2.0 / cores.l2BytesPerClock();
        double clocks = smoothMax(compute, cache);
        double inner = depth * clocks * cores.multiplyAddsPerClock() / rate;
        double outside = cores.tileSeconds() / tile.resident();
        double reduction = split > 1 ? elements * split * 4 * 2 / memoryBytesPerSecond : 0;
        return waves * (inner + outside) + reduction + (tile.resident() > 1 ? cores.tileSeconds() : 0);
    }

    private boolean aligned(double dimension) {
        return dimension % cores.alignmentElements() == 0;
    }

    private static double smoothMax(double a, double b) {
        double x = a * a;
        double y = b * b;
        return Math.sqrt(Math.sqrt(x * x + y * y));
    }

    /** Share of peak in the inner loop for which the model meets the measured best rate at its shape. */
    private double sustainedShare() {
        if (gpu.measuredGemmFlopsPerSecond().isEmpty() || !gpu.supports(Precision.BF16)) {
            return DEFAULT_SUSTAINED;
        }
        double measured = gpu.measuredGemmFlopsPerSecond().getAsDouble();
        double m = 1024;
        double n = 10240;
        double k = 5120;
        if (gpu.architecture() != Architecture.AMPERE) {
            m = 4096;
            n = 8192;
            k = 8192;
        }
        double atPeak = 2 * m * n * k / seconds(1, m, n, k, Precision.BF16, 2, 1.0);
        return Math.min(1.0, measured / atPeak);
    }
}
