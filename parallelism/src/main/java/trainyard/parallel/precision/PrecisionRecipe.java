package trainyard.parallel.precision;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import trainyard.sim.hardware.Architecture;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.Precision;

/**
 * Which number formats a training run uses where. Below 16 bits only the products of linear layers run; attention scores,
 * router, logits, norms and activations, messages and gradients stay in the storage format (Transformer Engine; Megatron-Core,
 * fp8_utils.py). To add one: a constant here and its place in {@link #ALL}.
 *
 * @param name as scenarios write it, such as {@code mxfp8}
 * @param storage format in which activations and gradients of activations rest
 * @param products format of the operands in the products of linear layers
 * @param quantisation how operands get from one to the other, empty where both are the same
 */
public record PrecisionRecipe(String name, Precision storage, Precision products, Optional<Quantisation> quantisation) {

    public static final PrecisionRecipe FP32 = plain("fp32", Precision.FP32);
    public static final PrecisionRecipe TF32 = plain("tf32", Precision.TF32);
    public static final PrecisionRecipe FP16 = plain("fp16", Precision.FP16);
    public static final PrecisionRecipe BF16 = plain("bf16", Precision.BF16);

    /** Casting one tensor with one scale moves bytes as fast as other kernels that stream (BabelStream, see the kernel model). */
    private static final double STREAMED = 0.88;

    /**
     * Kernels that find a scale for every block reach 4.5 of the 7.67 TB/s of a B200 (Cursor, "1.5x faster MoE training with
     * custom MXFP8 kernels", August 2025, for Transformer Engine; recalled); taken for the other block formats too.
     */
    private static final double BLOCK_SCALED = 4.5 / 7.672;

    /** One scale per tensor from its present values: one kernel finds the largest, the next casts. */
    public static final PrecisionRecipe FP8 =
            quantised("fp8", Precision.FP8, new Quantisation(1, 2, 2, STREAMED, false, true, Set.of()));

    /** One scale per tensor from the values of earlier steps, so that one kernel casts, transposes and notes the largest. */
    public static final PrecisionRecipe FP8_DELAYED =
            quantised("fp8-delayed", Precision.FP8, new Quantisation(1, 1, 1, STREAMED, false, true, Set.of()));

    /** A 32-bit scale for every 128 values, of every 128 x 128 weights (DeepSeek-V3, section 3.3.2). */
    public static final PrecisionRecipe FP8_BLOCK = quantised(
            "fp8-block",
            Precision.FP8,
            new Quantisation(
                    1 + 4.0 / 128,
                    1,
                    1,
                    BLOCK_SCALED,
                    true,
                    false,
                    Set.of(Architecture.HOPPER, Architecture.BLACKWELL)));

    private static final Set<Architecture> BLOCK_SCALED_CORES = Set.of(Architecture.BLACKWELL, Architecture.CDNA4);

    /** An 8-bit scale for every 32 values (OCP Microscaling Formats 1.0, 2023). */
    public static final PrecisionRecipe MXFP8 = quantised(
            "mxfp8", Precision.FP8, new Quantisation(1 + 1.0 / 32, 1, 1, BLOCK_SCALED, true, true, BLOCK_SCALED_CORES));

    /**
     * An 8-bit scale for every 16 values and a 32-bit one per tensor (NVIDIA 2025, "Pretraining Large Language Models with
     * NVFP4", section 2): one pass finds the largest values, one casts rows, one rotates (random Hadamard transform) and
     * casts columns. Weights rest in 16 bits (Megatron-Bridge, training/mixed_precision.py, fp8_param_gather false).
     */
    public static final PrecisionRecipe NVFP4 = quantised(
            "nvfp4",
            Precision.FP4,
            new Quantisation(0.5 + 1.0 / 16, 3, 3, BLOCK_SCALED, true, false, Set.of(Architecture.BLACKWELL)));

    /** All recipes, widest first. */
    public static final List<PrecisionRecipe> ALL =
            List.of(FP32, TF32, FP16, BF16, FP8, FP8_DELAYED, FP8_BLOCK, MXFP8, NVFP4);

    public PrecisionRecipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(products, "products");
        Objects.requireNonNull(quantisation, "quantisation");
        if (quantisation.isEmpty() && storage != products) {
            throw new IllegalArgumentException(
                    name + " multiplies " + products + " but rests in " + storage + " and says not how to quantise");
        }
    }

    private static PrecisionRecipe plain(String name, Precision format) {
        return new PrecisionRecipe(name, format, format, Optional.empty());
    }

    /** Everything but the operands of linear layers in bf16. */
    public static PrecisionRecipe quantised(String name, Precision products, Quantisation how) {
        return new PrecisionRecipe(name, Precision.BF16, products, Optional.of(how));
    }

    /** Whether a GPU has units for the products. */
    public boolean runsOn(GpuSpec gpu) {
        return gpu.supports(products)
                && quantisation.map(how -> how.runsOn(gpu.architecture())).orElse(true);
    }

    /** Bytes of an element of what tensor ranks gather before a product: it is quantised first. */
    public double gatheredTokenBytes() {
        return quantisation.map(Quantisation::copyBytes).orElse(storage.bytes());
    }

    /**
     * Bytes of a weight that sharding ranks gather. Scales that belong to a direction are made after the gathering, so that
     * it moves 16 bits (Megatron-Core, DistributedDataParallelConfig, reuse_grad_buf_for_mxfp8_param_ag).
     */
    public double gatheredWeightBytes() {
        return quantisation
                .filter(how -> how.keepsWeights() && !how.scaledByDirection())
                .map(Quantisation::copyBytes)
                .orElse(storage.bytes());
    }

    /** Bytes of a weight on a rank that holds it ready for the products. */
    public double weightBytes(Architecture architecture) {
        double copies = quantisation
                .map(how -> how.copies(architecture) * how.copyBytes())
                .orElse(0.0);
        boolean only = quantisation.map(Quantisation::keepsWeights).orElse(false);
        return only ? copies : copies + storage.bytes();
    }

    /** Bytes of an element that a product keeps for the gradient of its weights: the copy along columns. */
    public double savedInputBytes() {
        return quantisation.map(Quantisation::copyBytes).orElse(storage.bytes());
    }
}
