package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Quantising;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Kernels beside the matrix products. */
class KernelModelTest {

    private static final GpuSpec A100 = HardwareCatalog.load().gpu("A100-SXM-80");

    /**
     * Adding a bf16 gradient to a 32-bit sum moves 2 + 4 + 4 bytes an element; DeepSpeed's BF16_Optimizer turns it to 32 bits
     * first, 2 + 4, and adds that, 4 + 4 + 4. In fp16 both add what is there in 16 bits.
     */
    @Test
    void deepSpeedTurnsBf16GradientsTo32BitsBeforeItAddsThem() {
        assertThat(extraBytesPerElement(PrecisionRecipe.BF16)).isCloseTo(8, within(1e-6));
        assertThat(extraBytesPerElement(PrecisionRecipe.FP16)).isCloseTo(0, within(1e-6));
    }

    /**
     * Activations and weights lie in memory by rows of k and n elements whatever the m tokens are, so a number of tokens that is
     * no multiple of 8 slows none of the three products down: 16 experts with 257 tokens each take as long as with 264, which
     * fill as many tiles.
     */
    @ParameterizedTest
    @CsvSource({"1, 257, 264", "16, 257, 264", "16, 260, 264"})
    void oddNumbersOfTokensKeepProductsOnTheTensorCores(double batch, double tokens, double aligned) {
        KernelModel kernels = new KernelModel(A100, PrecisionRecipe.BF16, SoftwareProfiles.named("megatron-core-2024"));

        assertThat(threeProducts(kernels, batch, tokens))
                .isCloseTo(threeProducts(kernels, batch, aligned), within(1e-6));
    }

    /**
     * NVIDIA/TransformerEngine, pull request 2045, August 2025: general_grouped_gemm of Transformer Engine 2.7 with CUDA 12.9 on
     * H100, TFLOP/s of products of several streams. As many FLOPs in twice as many groups take longer.
     */
    @ParameterizedTest
    @CsvSource({"8, 4096, 627.9, 0.02", "16, 2048, 553.9, 0.10"})
    void groupedProductsTakeAboutAsLongAsMeasured(double groups, double tokens, double teraflops, double tolerance) {
        KernelModel kernels = new KernelModel(
                HardwareCatalog.load().gpu("H100-SXM-80"),
                PrecisionRecipe.BF16,
                SoftwareProfiles.named("megatron-bridge-2025"));
        Operator.MatrixMultiply experts =
                new Operator.MatrixMultiply("experts up", groups, tokens, 768, 2048, true, false, 0);

        assertThat(experts.flops() / 1e12 / kernels.forward(experts).seconds())
                .isCloseTo(teraflops, within(tolerance * teraflops));
        assertThat(kernels.forward(experts).kernels()).isEqualTo((int) groups);
        assertThat(kernels.forward(experts.with(Quantising.INPUT)).kernels()).isOne();
    }

    private static double threeProducts(KernelModel kernels, double batch, double tokens) {
        Operator expert = new Operator.MatrixMultiply("experts up", batch, tokens, 4096, 2048, true, false, 0);
        return kernels.forward(expert).seconds()
                + kernels.dataGradient(expert).seconds()
                + kernels.weightGradient(expert).seconds();
    }

    /**
     * FlagOpen/FlagPerf, operation/benchmarks, A100_40_SXM on a DGX A100, PyTorch, 2024: 2^30 values of 16 bits through an
     * addition, GELU and dropout. GELU brings the GPU to its power limit, which is not modelled.
     */
    @ParameterizedTest
    @CsvSource({"add, 6, 0, 4.747, 0.02", "gelu, 4, 0, 3.281, 0.06", "dropout, 5, 1, 4.516, 0.01"})
    void kernelsThatMemoryOrRandomNumbersBoundTakeAsLongAsMeasured(
            String name, double bytes, double random, double millis, double tolerance) {
        double values = 1 << 30;
        KernelModel kernels = new KernelModel(
                HardwareCatalog.load().gpu("A100-SXM-40"),
                PrecisionRecipe.FP16,
                SoftwareProfiles.named("megatron-2023"));
        Operator operator = new Operator.Streaming(name, bytes * values, 0, 1, 0, random * values, false, 0);

        assertThat(1e3 * kernels.forward(operator).seconds()).isCloseTo(millis, within(tolerance * millis));
    }

    /**
     * csarofeen/pytorch issue 888, May 2021: the gradient of Megatron-LM's bias and GELU, compiled by nvFuser, of 32,768 x 128 x 8
     * values of 16 bits takes 262.68 us on the A100 of 40 GB. That of 80 GB has the same multiprocessors, so that its faster
     * memory gains nothing. A gradient that memory bounds takes 147 us.
     */
    @ParameterizedTest
    @CsvSource({"A100-SXM-40, 1, 262.68", "A100-SXM-80, 1, 262.68", "A100-SXM-40, 0, 147.13"})
    void compiledGradientsOfGeluWaitForTheMultiprocessors(String gpu, double compiled, double micros) {
        double values = 32_768 * 128 * 8;
        KernelModel kernels = new KernelModel(
                HardwareCatalog.load().gpu(gpu), PrecisionRecipe.FP16, SoftwareProfiles.named("megatron-2023"));
        Operator gelu =
                new Operator.Streaming("gelu", 4 * values, 6 * values, 1, 1, 0, compiled * values, false, 2 * values);

        assertThat(1e6 * kernels.dataGradient(gelu).seconds()).isCloseTo(micros, within(0.01 * micros));
    }

    /**
     * pytorch pull request 176223, March 2026: rotating queries and keys of 4 x 2,048 tokens and 32 heads of 128 by elementary
     * operations takes 0.8675 ms on a B200, by one compiled kernel 0.047 ms.
     */
    @ParameterizedTest
    @CsvSource({"6, 3.5, 867.5, 0.01", "4, 0, 47, 0.2"})
    void elementsFoundByIndexWaitForTheMultiprocessors(double bytes, double indexed, double micros, double tolerance) {
        double values = 2 * 4 * 2048 * 32 * 128;
        KernelModel kernels = new KernelModel(
                HardwareCatalog.load().gpu("B200"),
                PrecisionRecipe.BF16,
                SoftwareProfiles.named("megatron-bridge-2025"));
        Operator rotary = new Operator.Streaming("rotary", bytes * values, 0, 1, 0, false, 0)
                .with(new Operator.Indexed(indexed * values, 0));

        assertThat(1e6 * kernels.forward(rotary).seconds()).isCloseTo(micros, within(tolerance * micros));
    }

    private static double extraBytesPerElement(PrecisionRecipe precision) {
        Operator product = Operator.MatrixMultiply.ofWeight("product", 8192, 4096, 4096, 0);
        double blocking = weightGradient("megatron-deepspeed-blocking", precision, product);
        double plain = weightGradient("megatron-2021", precision, product);
        double gap = precision.equals(PrecisionRecipe.BF16) ? KernelModel.GAP_SECONDS : 0;
        return (blocking - plain - gap) * MemoryBandwidth.achieved(A100) / (4096.0 * 4096);
    }

    private static double weightGradient(String profile, PrecisionRecipe precision, Operator product) {
        SoftwareProfile software = SoftwareProfiles.named(profile).at(precision);
        return new KernelModel(A100, precision, software)
                .weightGradient(product)
                .seconds();
    }

    /**
     * NVIDIA/apex pull request 1037: 896 and 572 GB/s on the A100 of 40 GB, as on that of 80 GB, whose multiprocessors are
     * the same; on V100 the same share of a memory of 900 GB/s.
     */
    @ParameterizedTest
    @CsvSource({"A100-SXM-40, 896, 572", "A100-SXM-80, 896, 572", "V100-SXM2-32, 518.6, 331.1"})
    void aNormThatLeavesHalfOfTheBandwidthWaitsForTheMultiprocessors(String gpu, double forward, double backward) {
        GpuSpec spec = HardwareCatalog.load().gpu(gpu);

        assertThat(NormKernel.TWO_PASS.bytesPerSecond(spec, true) / 1e9).isCloseTo(forward, within(1.0));
        assertThat(NormKernel.TWO_PASS.bytesPerSecond(spec, false) / 1e9).isCloseTo(backward, within(1.0));
    }
}
