package trainyard.parallel.kernel;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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

    /** Bytes of a row of k that an inner-loop iteration handles (CUTLASS default: 32 elements of 16 bits). */
    private static final double K_STEP_BYTES = 64;

    /**
     * Share of a tile's result traffic that no other tile's arithmetic hides: multiprocessors finish tiles at different
     * times, so about half of the traffic meets idle memory (assumed).
     */
    private static final double UNHIDDEN_DRAIN = 0.5;

    private static final int[] SPLITS = {1, 2, 3, 4, 6, 8, 16};

    private final GpuSpec gpu;
    private final Set<ModellingElement> elements;
    private final TensorCores cores;
    private final Map<Precision, Double> sustained = new EnumMap<>(Precision.class);
    private final double memoryBytesPerSecond;

    /** With every element of the model and the products of current libraries. */
    public GemmModel(GpuSpec gpu) {
        this(gpu, EnumSet.allOf(ModellingElement.class));
    }

    GemmModel(GpuSpec gpu, Set<ModellingElement> elements) {
        this(gpu, elements, false);
    }

    /** As the libraries of a framework generation compute products. */
    static GemmModel of(GpuSpec gpu, SoftwareProfile software, Set<ModellingElement> elements) {
        return new GemmModel(gpu, elements, HopperProducts.hold(gpu, software));
    }

    /**
     * @param elements effects that count
     * @param early whether products are those of {@link HopperProducts}
     */
    private GemmModel(GpuSpec gpu, Set<ModellingElement> elements, boolean early) {
        this.gpu = gpu;
        this.elements = elements;
        this.cores = TensorCores.of(gpu.architecture());
        this.memoryBytesPerSecond = MemoryBandwidth.achieved(gpu);
        for (Precision precision : gpu.peakFlopsPerSecond().keySet()) {
            sustained.put(precision, counts(ModellingElement.SUSTAINED_RATE) ? sustained(precision, early) : 1.0);
        }
    }

    /**
     * Seconds of one kernel.
     *
     * @param outputBytes bytes read and written per element of the result: the element size, more if it is added to an
     *     existing array
     */
    public double seconds(double batch, double m, double n, double k, Precision precision, double outputBytes) {
        double share = sustained.getOrDefault(precision, 1.0);
        return seconds(batch, m, n, k, precision, outputBytes, share * alignedShare(batch, n, k, precision));
    }

    /**
     * The same for the gradient of a second operand: the k rows of both operands are summed over, so their rows in memory have
     * m and n elements, and k, such as the tokens of an expert, aligns nothing.
     */
    double gradientSeconds(double batch, double m, double n, double k, Precision precision, double outputBytes) {
        double share = sustained.getOrDefault(precision, 1.0);
        return seconds(batch, m, n, k, precision, outputBytes, share * alignedShare(batch, n, m, precision));
    }

    /** Smaller formats than 16 bits refuse operands that are not aligned; frameworks pad them. */
    private double alignedShare(double batch, double n, double k, Precision precision) {
        boolean aligns = counts(ModellingElement.ALIGNMENT) && precision.bytes() >= Precision.FP16.bytes();
        return aligns ? cores.alignedShare(batch, n, k) : 1;
    }

    /** Formats of 16 bits and more are held against the 16-bit product, smaller ones against their own. */
    private double sustained(Precision precision, boolean early) {
        Precision measured = precision.bytes() < Precision.FP16.bytes() ? precision : Precision.FP16;
        double result = Precision.FP16.bytes();
        SustainedRate.AtShare model = (m, n, k, share) -> seconds(1, m, n, k, measured, result, share);
        double kept = SustainedRate.share(gpu, measured, model);
        return early && measured == Precision.FP16
                ? Math.min(kept, HopperProducts.share(gpu.peak(measured), model))
                : kept;
    }

    private double seconds(
            double batch, double m, double n, double k, Precision precision, double outputBytes, double share) {
        double rate = gpu.peak(precision) / 2 * share / gpu.smCount();
        double kStep = K_STEP_BYTES / precision.bytes();
        double best = Double.POSITIVE_INFINITY;
        for (TensorCores.Tile tile : cores.tiles()) {
            double tiles = batch * whole(m / tile.m()) * whole(n / tile.n());
            for (int split : SPLITS) {
                if (split > 1 && (tiles >= gpu.smCount() || k / split < 4 * kStep)) {
                    break;
                }
                best = Math.min(best, tiled(tile, tiles, split, m * n * batch, k, kStep, outputBytes, rate));
            }
        }
        double bytes = batch * (precision.bytes() * (m * k + k * n) + outputBytes * m * n);
        return counts(ModellingElement.MEMORY_TRAFFIC) ? Math.max(best, bytes / memoryBytesPerSecond) : best;
    }

    private double tiled(
            TensorCores.Tile tile,
            double tiles,
            int split,
            double results,
            double k,
            double kStep,
            double outputBytes,
            double rate) {
        double share = tiles * split / gpu.smCount();
        double waves = counts(ModellingElement.WAVE_QUANTISATION) ? Math.ceil(share) : share;
        double depth = whole(k / split / kStep) * kStep;
        double compute = (double) tile.m() * tile.n() / cores.multiplyAddsPerClock();
        double cache = (tile.m() + tile.n()) * 2.0 / cores.l2BytesPerClock();
        double clocks = counts(ModellingElement.CACHE_LIMIT) ? smoothMax(compute, cache) : compute;
        double inner = depth * clocks * cores.multiplyAddsPerClock() / rate;
        double drain = tile.m() * tile.n() * outputBytes * gpu.smCount() / memoryBytesPerSecond;
        double reduction = split > 1 ? results * split * 4 * 2 / memoryBytesPerSecond : 0;
        if (!counts(ModellingElement.TILE_OVERHEAD)) {
            return waves * inner + reduction;
        }
        double outside = (cores.tileSeconds() + drain * UNHIDDEN_DRAIN) / tile.resident();
        return waves * (inner + outside) + reduction + (tile.resident() > 1 ? cores.tileSeconds() : 0);
    }

    private boolean counts(ModellingElement element) {
        return elements.contains(element);
    }

    /** Rounded up where the parts of a tile that nobody needs count. */
    private double whole(double tiles) {
        return counts(ModellingElement.TILE_QUANTISATION) ? Math.ceil(tiles) : tiles;
    }

    private static double smoothMax(double a, double b) {
        double x = a * a;
        double y = b * b;
        return Math.sqrt(Math.sqrt(x * x + y * y));
    }
}
