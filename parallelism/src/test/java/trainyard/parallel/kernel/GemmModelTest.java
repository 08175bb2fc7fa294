package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

class GemmModelTest {

    private final GemmModel a100 = new GemmModel(HardwareCatalog.load().gpu("A100-SXM-80"));

    private double teraflops(double batch, double m, double n, double k) {
        return 2 * batch * m * n * k / a100.seconds(batch, m, n, k, Precision.FP16, 2) / 1e12;
    }

    /** The rate that the model is anchored at: He 2024, 8192 cubed on ordinary data. */
    @Test
    void meetsTheMeasuredCube() {
        assertThat(teraflops(1, 8192, 8192, 8192)).isCloseTo(258, within(1.0));
    }

    /** FlagOpen/FlagPerf, operation/benchmarks/bmm, A100_40_SXM, 2024: two products of 4096 cubed at 251 TFLOP/s. */
    @Test
    void meetsTheMeasuredBatch() {
        assertThat(teraflops(2, 4096, 4096, 4096)).isCloseTo(251, within(0.04 * 251));
    }

    /** MAMF of the A100 (hardware table): 271.2 TFLOP/s is the best of many shapes; no shape may exceed it by much. */
    @Test
    void noShapeBeatsTheBestMeasured() {
        for (int m = 512; m <= 16384; m *= 2) {
            for (int n = 512; n <= 16384; n += 512) {
                assertThat(teraflops(1, m, n, 4096)).isLessThan(271.2 * 1.01);
            }
        }
    }

    /** 108 tiles of 256 x 128 fill an A100 once; one column of tiles more needs a second wave. */
    @Test
    void aSecondWaveForFewTilesCostsAlmostAsMuchAsTheFirst() {
        double oneWave = a100.seconds(1, 9 * 256, 12 * 128, 8192, Precision.FP16, 2);
        double moreThanOne = a100.seconds(1, 9 * 256, 13 * 128, 8192, Precision.FP16, 2);
        assertThat(moreThanOne / oneWave).isGreaterThan(1.25);
    }

    /** A head size that is no multiple of 8 elements forbids 16-byte loads. */
    @Test
    void misalignedDimensionsAreSlower() {
        double aligned = a100.seconds(64, 2048, 2048, 128, Precision.FP16, 2);
        double misaligned = a100.seconds(64, 2048, 2048, 108, Precision.FP16, 2);
        assertThat(misaligned).isGreaterThan(aligned);
    }

    /**
     * A. Karpathy, nanoGPT, February 2023: padding 50,257 tokens to 50,304 makes the step 1.25 times as fast, although the
     * head is but a part of it; so the head's products gain more.
     */
    @Test
    void anOddVocabularySlowsTheHeadByMoreThanTheStep() {
        double padded = a100.seconds(1, 12 * 1024, 50304, 768, Precision.BF16, 2)
                + a100.seconds(1, 12 * 1024, 768, 50304, Precision.BF16, 2);
        double odd = a100.seconds(1, 12 * 1024, 50257, 768, Precision.BF16, 2)
                + a100.seconds(1, 12 * 1024, 768, 50257, Precision.BF16, 2);
        assertThat(odd / padded).isBetween(1.5, 3.0);
    }

    /** A100 white paper: 19.5 TFLOP/s of 32-bit arithmetic outside the tensor cores bound batches of such products. */
    @Test
    void batchesOfMisalignedProductsRunOutsideTheTensorCores() {
        assertThat(teraflops(64, 2048, 2048, 108)).isBetween(10.0, 19.5);
        assertThat(teraflops(64, 2048, 108, 2048)).isBetween(10.0, 19.5);
        assertThat(teraflops(64, 2048, 2048, 104)).isGreaterThan(80);
    }

    @Test
    void smallProductsAreBoundByMemoryOrLatency() {
        assertThat(teraflops(1, 128, 128, 128)).isLessThan(5);
        double bytes = 2.0 * (4096 * 4096 + 2 * 4096);
        assertThat(a100.seconds(1, 1, 4096, 4096, Precision.FP16, 2)).isGreaterThan(bytes / 2.039e12);
    }
}
