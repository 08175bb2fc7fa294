package trainyard.parallel.kernel;

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
 * <p>The inner loop runs at the sustained rate, below the data sheet's because tensor cores at full load on ordinary data
 * lower the clock to stay within the power limit. It follows from a measured product by undoing the losses of that
 * product's shape: see {@link SustainedRate}.
 */
public final class GemmModel {

    /** Elements of k that an inner-loop iteration handles (CUTLASS default of the 16-bit kernels). */
    private static final int K_STEP = 32;

    /**
     * Share of a tile's result traffic that no other tile's arithmetic hides: multiprocessors finish tiles at different
     * times, so about half of the traffic meets idle memory (assumed).
     */
    private static final double UNHIDDEN_DRAIN = 0.5;

    private static final int[] SPLITS = {1, 2, 3, 4, 6, 8, 16};

    private final GpuSpec gpu;
    private final TensorCores cores;
    private final double sustained;
    private final double memoryBytesPerSecond;

    public GemmModel(GpuSpec gpu) {
        this.gpu = gpu;
        this.cores = TensorCores.of(gpu.architecture());
        this.memoryBytesPerSecond = MemoryBandwidth.achieved(gpu);
        this.sustained = SustainedRate.share(gpu, this::secondsAtPeak);
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

    private double secondsAtPeak(double m, double n, double k) {
        return seconds(1, m, n, k, Precision.FP16, Precision.FP16.bytes(), 1.0);
    }

    private double seconds(
            double batch, double m, double n, double k, Precision precision, double outputBytes, double share) {
        double rate = gpu.peak(precision) / 2 * share * cores.alignedShare(batch, n, k) / gpu.smCount();
        double best = Double.POSITIVE_INFINITY;
        for (TensorCores.Tile tile : cores.tiles()) {
            double tiles = batch * Math.ceil(m / tile.m()) * Math.ceil(n / tile.n());
            for (int split : SPLITS) {
                if (split > 1 && (tiles >= gpu.smCount() || k / split < 4 * K_STEP)) {
                    break;
                }
                best = Math.min(best, tiled(tile, tiles, split, m * n * batch, k, outputBytes, rate));
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
            double outputBytes,
            double rate) {
        double waves = Math.ceil(tiles * split / gpu.smCount());
        double depth = Math.ceil(k / split / K_STEP) * K_STEP;
        double compute = (double) tile.m() * tile.n() / cores.multiplyAddsPerClock();
        double cache = (tile.m() + tile.n()) * 2.0 / cores.l2BytesPerClock();
        double clocks = smoothMax(compute, cache);
        double inner = depth * clocks * cores.multiplyAddsPerClock() / rate;
        double drain = tile.m() * tile.n() * outputBytes * gpu.smCount() / memoryBytesPerSecond;
        double outside = (cores.tileSeconds() + drain * UNHIDDEN_DRAIN) / tile.resident();
        double reduction = split > 1 ? elements * split * 4 * 2 / memoryBytesPerSecond : 0;
        return waves * (inner + outside) + reduction + (tile.resident() > 1 ? cores.tileSeconds() : 0);
    }

    private static double smoothMax(double a, double b) {
        double x = a * a;
        double y = b * b;
        return Math.sqrt(Math.sqrt(x * x + y * y));
    }
}
