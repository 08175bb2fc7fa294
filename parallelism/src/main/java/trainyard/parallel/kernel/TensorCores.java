package trainyard.parallel.kernel;

import java.util.List;
import trainyard.sim.hardware.Architecture;

/**
 * What of a GPU generation shapes the speed of its matrix products, besides the rates in the catalogue.
 *
 * <p>Clocks cancel: rates are per clock and multiprocessor, so that only their ratio matters.
 *
 * @param multiplyAddsPerClock dense 16-bit multiply-adds of one multiprocessor per clock
 * @param l2BytesPerClock bytes per clock that one multiprocessor gets from the last-level cache when all read
 * @param tiles output tiles that the libraries' kernels compute per thread block
 * @param tileSeconds time per tile outside the inner loop: filling the operand pipeline and writing the result
 * @param vectorMultiplyAddsPerClock 32-bit multiply-adds of one multiprocessor per clock outside the tensor cores
 */
record TensorCores(
        double multiplyAddsPerClock,
        double l2BytesPerClock,
        List<Tile> tiles,
        double tileSeconds,
        double vectorMultiplyAddsPerClock) {

    /**
     * Rows and columns of an output tile and how many such tiles share a multiprocessor, which hides the time outside
     * the inner loop of one behind the inner loop of another.
     */
    record Tile(int m, int n, int resident) {}

    private static final double V100_CACHE_BYTES_PER_CLOCK = 2048.0 / 80;
    private static final double A100_CACHE_BYTES_PER_CLOCK = 5120.0 / 108;
    private static final double V100_TILE_SECONDS = 1.5e-6;

    private static final List<Tile> CLASSIC = List.of(
            new Tile(256, 128, 1),
            new Tile(128, 256, 1),
            new Tile(128, 128, 2),
            new Tile(256, 64, 2),
            new Tile(64, 256, 2),
            new Tile(128, 64, 2),
            new Tile(64, 128, 2),
            new Tile(64, 64, 4),
            new Tile(128, 32, 4),
            new Tile(32, 128, 4),
            new Tile(64, 32, 4));

    /** Elements of a 16-byte load, the widest. */
    private static final int WIDE_LOAD = 8;

    /** Rate with operands whose rows start at even but not at 16-byte addresses (assumed). */
    private static final double EVEN_SHARE = 0.5;

    /**
     * Rate with operands whose rows start at odd elements: padding GPT-2's 50,257 tokens to 50,304 makes a whole step 1.25
     * times as fast (A. Karpathy, nanoGPT, February 2023); the head is about a sixth of the padded step.
     */
    private static final double ODD_SHARE = 0.4;

    /**
     * Constants of a generation. Multiply-adds per clock and cache bytes per clock: NVIDIA V100 (2017), A100 (2020) and
     * H100 (2022) architecture white papers (V100 512 and 2048 / 80; A100 1024 and 5120 / 108; H100 2048 and 5120 / 132,
     * doubled because clusters of two blocks share one load). Tiles: those of the CUTLASS profiler's default kernels.
     * Time outside the inner loop: about one device-memory round trip to fill (0.6 us, Jia et al. 2018 and Luo et al.
     * 2024 report 400 to 600 ns under load) plus one to drain.
     *
     * <p>Turing: 512 (Turing architecture white paper, 2018). Pascal, which has no tensor cores: 128 (P100 white paper,
     * 2016: 21.2 TFLOP/s on 56 multiprocessors at 1,480 MHz). Ada: 512 (L40S data sheet, 2023: 362 TFLOP/s on 142
     * multiprocessors at 2,520 MHz). Cache and time per tile of these three: assumed, as Volta's for Turing and Pascal, as
     * Ampere's for Ada.
     * Blackwell and AMD: assumed as Hopper. 32-bit lanes: the same white papers.
     */
    static TensorCores of(Architecture architecture) {
        return switch (architecture) {
            case PASCAL -> new TensorCores(128, V100_CACHE_BYTES_PER_CLOCK, CLASSIC, V100_TILE_SECONDS, 64);
            case VOLTA, TURING -> new TensorCores(512, V100_CACHE_BYTES_PER_CLOCK, CLASSIC, V100_TILE_SECONDS, 64);
            case AMPERE -> new TensorCores(1024, A100_CACHE_BYTES_PER_CLOCK, CLASSIC, 1.2e-6, 64);
            case ADA -> new TensorCores(512, A100_CACHE_BYTES_PER_CLOCK, CLASSIC, 1.2e-6, 128);
            case HOPPER, BLACKWELL, CDNA2, CDNA3, CDNA4 ->
                new TensorCores(2048, 2 * 5120.0 / 132, CLASSIC, 1.2e-6, 128);
        };
    }

    /**
     * Share of the rate that a product reaches whose rows in memory, of n and k elements, do not all start at addresses
     * for the widest loads. Libraries keep single products on tensor cores with narrower loads; strided batches fall back
     * to kernels for the 32-bit lanes (assumed from the head sizes of BigScience's chronicles-prequel.md).
     */
    double alignedShare(double batch, double n, double k) {
        if (n % WIDE_LOAD == 0 && k % WIDE_LOAD == 0) {
            return 1;
        }
        if (batch > 1) {
            return vectorMultiplyAddsPerClock / multiplyAddsPerClock;
        }
        return n % 2 == 0 && k % 2 == 0 ? EVEN_SHARE : ODD_SHARE;
    }
}
