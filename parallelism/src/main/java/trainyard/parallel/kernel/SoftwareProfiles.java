package trainyard.parallel.kernel;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.parallel.kernel.SoftwareProfile.Gradients;
import trainyard.parallel.model.AttentionKernel;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.Provenance.Kind;

/** The named software profiles, each a documented set of what a framework did at the time. */
public final class SoftwareProfiles {

    /**
     * Traffic of the mixed-precision Adam step of Megatron-LM and Apex, in bytes per parameter: gradient to 32 bits 6,
     * unscale and check 8, norm 4, clip 8, Adam 28 (gradient 4, parameter and two moments read and written 24), copy back
     * to 16 bits 6, clear gradients 2, divide by the replicas 4.
     */
    private static final double MEGATRON_ADAM_BYTES = 66;

    /** The same with two moments read and written in 16 bits. */
    private static final double SIXTEEN_BIT_MOMENTS_ADAM_BYTES = MEGATRON_ADAM_BYTES - 2 * 2 * 2;

    /**
     * The first fused weight-gradient kernels added to 32-bit buffers only, and Megatron-LM v3.0 switched fusion off without
     * them (arguments.py); the parameters and optimizer state of Korthikanti et al. 2022, figure 1, are 18 bytes per
     * parameter accordingly. The optimizer then skips the copy to 32 bits and clears and divides twice the bytes, which
     * leaves its traffic as it is.
     */
    private static final double FUSED_GRADIENT_BYTES = 4;

    /**
     * Later kernels add to 16-bit buffers too (Apex, wgrad_gemm_accum_fp16, which Megatron-LM's tensor_parallel/layers.py
     * calls when the gradient buffer has 16 bits); bf16 gradients are summed in 32 bits all the same.
     */
    private static final double FUSED_HALF_GRADIENT_BYTES = 2;

    /** Bucket of PyTorch DistributedDataParallel times four (default 25 MiB); no profile with it overlaps its reduction. */
    private static final double BUCKET_BYTES = 100e6;

    /**
     * Traffic of the AdamW of Composer and of PyTorch without its fused kernel, in bytes per parameter, all values in 32
     * bits: norm and clip of the gradient 4 + 8, first moment decayed and added to 8 + 12, second moment 8 + 16, its root,
     * the division and epsilon 8 + 8 + 8, parameter 16 (composer/optim/decoupled_weight_decay.py; torch/optim/adamw.py).
     */
    private static final double UNFUSED_ADAM_BYTES = 96;

    /** Elements of a bucket (Megatron-Core, DistributedDataParallelConfig: at least 40e6). */
    private static final double CORE_BUCKET_ELEMENTS = 40e6;

    /**
     * Megatron-LM waits for the device after each blocking exchange (p2p_communication.py), so that the way of the host from
     * there to the next launch is exposed. The benchmark of messages in sail-sg/zero-bubble-pipeline-parallelism
     * (zb_schedules.py, 2023; its times Tcomm stand in Qi et al. 2024, table of profiled passes) took 0.38 to 0.63 ms for
     * 10.5 to 28.3 MB on A100: 0.24 ms on the line through no bytes, of which NCCL's latency is 0.012 ms.
     */
    private static final double MESSAGE_SYNC_SECONDS = 0.24e-3 - 0.012e-3;

    private static final HostCosts EAGER_HOST = EagerPyTorch.costs(MESSAGE_SYNC_SECONDS);

    private static final HostCosts MODULE_HOST = EagerPyTorch.transformerEngine(MESSAGE_SYNC_SECONDS);

    private static final List<SoftwareProfile> ALL = List.of(
            new SoftwareProfile(
                    "megatron-2021",
                    AttentionKernel.FUSED_SOFTMAX,
                    NormKernel.TWO_PASS,
                    Set.of(
                            SoftwareFeature.SCATTER_GATHER_MESSAGES,
                            SoftwareFeature.BATCH_ON_EVERY_STAGE,
                            SoftwareFeature.BIAS_APART),
                    new Gradients(2, BUCKET_BYTES),
                    EAGER_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("Narayanan et al. 2021 (Megatron-LM, SC21), sections 4 and 5; Megatron-LM v2.2")),
            new SoftwareProfile(
                    "megatron-deepspeed",
                    AttentionKernel.FUSED_SOFTMAX,
                    NormKernel.TWO_PASS,
                    Set.of(SoftwareFeature.SCATTER_GATHER_MESSAGES, SoftwareFeature.BIAS_APART),
                    new Gradients(2, BUCKET_BYTES),
                    EAGER_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("Megatron-DeepSpeed (2021 to 2022): the model code of Megatron-LM v2.4 in the pipeline"
                            + " engine of DeepSpeed, runtime/pipe/engine.py, which loads micro-batches on the first and"
                            + " the last stage only")),
            new SoftwareProfile(
                    "megatron-deepspeed-blocking",
                    AttentionKernel.FUSED_SOFTMAX,
                    NormKernel.TWO_PASS,
                    Set.of(
                            SoftwareFeature.SCATTER_GATHER_MESSAGES,
                            SoftwareFeature.LAUNCH_BLOCKING,
                            SoftwareFeature.DEEPSPEED_BUFFERS,
                            SoftwareFeature.BIAS_APART),
                    new Gradients(2, BUCKET_BYTES),
                    EagerPyTorch.blocking(MESSAGE_SYNC_SECONDS),
                    MEGATRON_ADAM_BYTES,
                    published(
                            "BigScience, Megatron-DeepSpeed and tr11-176B-ml.slurm (2022), with CUDA_LAUNCH_BLOCKING=1")),
            new SoftwareProfile(
                    "megatron-2022",
                    AttentionKernel.FUSED_SOFTMAX,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.TENSOR_OVERLAP,
                            SoftwareFeature.SCATTER_GATHER_MESSAGES,
                            SoftwareFeature.FUSED_GRADIENT_ACCUMULATION,
                            SoftwareFeature.BATCH_ON_EVERY_STAGE,
                            SoftwareFeature.BIAS_APART,
                            SoftwareFeature.GELU_STEPS_WRITTEN,
                            SoftwareFeature.NVFUSER_GELU),
                    new Gradients(FUSED_GRADIENT_BYTES, BUCKET_BYTES),
                    EAGER_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("Korthikanti et al. 2022, sections 4.2.2 and 6; Megatron-LM v3.0")),
            new SoftwareProfile(
                    "megatron-2023",
                    AttentionKernel.FUSED_SOFTMAX,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.TENSOR_OVERLAP,
                            SoftwareFeature.SCATTER_GATHER_MESSAGES,
                            SoftwareFeature.FUSED_GRADIENT_ACCUMULATION,
                            SoftwareFeature.BATCH_ON_EVERY_STAGE,
                            SoftwareFeature.BIAS_APART,
                            SoftwareFeature.GELU_STEPS_WRITTEN,
                            SoftwareFeature.NVFUSER_GELU,
                            SoftwareFeature.RESIDUAL_BIAS_APART),
                    new Gradients(FUSED_HALF_GRADIENT_BYTES, BUCKET_BYTES),
                    EAGER_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("Megatron-LM in 2023, until October: as v3.0, with fused weight gradients of 16 bits")),
            new SoftwareProfile(
                    "megatron-core-2024",
                    AttentionKernel.TRANSFORMER_ENGINE,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.TENSOR_OVERLAP,
                            SoftwareFeature.PIPELINE_OVERLAP,
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.FUSED_GRADIENT_ACCUMULATION,
                            SoftwareFeature.SCALED_ROTARY_APART),
                    new Gradients(FUSED_GRADIENT_BYTES, CORE_BUCKET_ELEMENTS * FUSED_GRADIENT_BYTES),
                    MODULE_HOST,
                    MEGATRON_ADAM_BYTES,
                    published(
                            "Megatron-Core 0.7 user guide (2024): overlap-grad-reduce, overlap-p2p, flash attention")),
            new SoftwareProfile(
                    "megascale-2024",
                    AttentionKernel.FLASH_2,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.TENSOR_PIPELINE,
                            SoftwareFeature.PIPELINE_OVERLAP,
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.FUSED_GRADIENT_ACCUMULATION),
                    new Gradients(FUSED_GRADIENT_BYTES, CORE_BUCKET_ELEMENTS * FUSED_GRADIENT_BYTES),
                    MODULE_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("Jiang et al. 2024 (MegaScale, NSDI; recalled), sections 3.2 and 3.3: exchanges of tensor"
                            + " ranks in parts beside their products, messages and sums beside the passes,"
                            + " FlashAttention-2, fused norms; the rest as Megatron-Core 0.7")),
            new SoftwareProfile(
                    "megatron-bridge-2025",
                    AttentionKernel.TRANSFORMER_ENGINE,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.TENSOR_OVERLAP,
                            SoftwareFeature.PIPELINE_OVERLAP,
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.FUSED_GRADIENT_ACCUMULATION,
                            SoftwareFeature.SIXTEEN_BIT_SUMS,
                            SoftwareFeature.SCALED_ROTARY_APART,
                            SoftwareFeature.FUSED_LOSS,
                            SoftwareFeature.FUSED_ROUTING),
                    new Gradients(FUSED_HALF_GRADIENT_BYTES, CORE_BUCKET_ELEMENTS * FUSED_HALF_GRADIENT_BYTES),
                    MODULE_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("Megatron-Bridge 25.09 to 26.08, scripts/performance/configs, which set"
                            + " grad_reduce_in_fp32 to false and moe_router_fusion to true, and recipes, cross_entropy_fusion_impl"
                            + " te")),
            new SoftwareProfile(
                    "megatron-bridge-2026",
                    AttentionKernel.TRANSFORMER_ENGINE,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.TENSOR_OVERLAP,
                            SoftwareFeature.PIPELINE_OVERLAP,
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.FUSED_GRADIENT_ACCUMULATION,
                            SoftwareFeature.SIXTEEN_BIT_SUMS,
                            SoftwareFeature.SCALED_ROTARY_APART,
                            SoftwareFeature.FUSED_LOSS,
                            SoftwareFeature.FUSED_ROUTING,
                            SoftwareFeature.FUSED_EXPERTS),
                    new Gradients(FUSED_HALF_GRADIENT_BYTES, CORE_BUCKET_ELEMENTS * FUSED_HALF_GRADIENT_BYTES),
                    MODULE_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("Megatron-Bridge 26.06 to 26.08, perf_recipes for mixtures in MXFP8 on Blackwell:"
                            + " as before, with use_transformer_engine_op_fuser and NVTE_CUTEDSL_FUSED_GROUPED_MLP")),
            new SoftwareProfile(
                    "deepspeed-zero3",
                    AttentionKernel.FUSED_SOFTMAX,
                    NormKernel.TWO_PASS,
                    Set.of(SoftwareFeature.PIECEWISE_EXCHANGE, SoftwareFeature.BIAS_APART),
                    new Gradients(2, BUCKET_BYTES),
                    EAGER_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("DeepSpeed 0.3.14 (April 2021), runtime/zero/stage3.py and partition_parameters.py;"
                            + " model code of Megatron-LM v2.2")),
            new SoftwareProfile(
                    "deepspeed-zero3-2022",
                    AttentionKernel.FUSED_SOFTMAX,
                    NormKernel.TWO_PASS,
                    Set.of(SoftwareFeature.GRADIENT_OVERLAP, SoftwareFeature.BIAS_APART),
                    new Gradients(2, BUCKET_BYTES),
                    EAGER_HOST,
                    MEGATRON_ADAM_BYTES,
                    published("DeepSpeed 0.6 (2022), runtime/zero/partition_parameters.py and"
                            + " partitioned_param_coordinator.py: weights of a layer are gathered as one and ahead;"
                            + " model code of Megatron-LM v2.2")),
            new SoftwareProfile(
                    "composer-fsdp",
                    AttentionKernel.FLASH_TRITON,
                    NormKernel.TWO_PASS,
                    Set.of(
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.WEIGHTS_FROM_MASTER,
                            SoftwareFeature.EARLY_HOPPER_PRODUCTS,
                            SoftwareFeature.FUSED_LOSS_WITH_METRICS),
                    new Gradients(4, BUCKET_BYTES),
                    EAGER_HOST,
                    UNFUSED_ADAM_BYTES,
                    published("Composer 0.13 to 0.16 (2023), trainer/dist_strategy.py and mosaic_fsdp_utils.py;"
                            + " llm-foundry 0.0.4 to 0.4 on PyTorch 1.13 to 2.1, models/mpt (loss_fn"
                            + " fused_crossentropy, two metrics of the training batch), benchmarking/submit_benchmarks.py (attn_impl triton,"
                            + " low_precision_layernorm) and sweep.sh; PyTorch, layer_norm_kernel.cu reads every row"
                            + " twice")),
            new SoftwareProfile(
                    "torch-fsdp-compile",
                    AttentionKernel.FLASH_2,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.WEIGHTS_FROM_MASTER,
                            SoftwareFeature.EARLY_HOPPER_PRODUCTS,
                            SoftwareFeature.EARLY_STOP,
                            SoftwareFeature.PYTORCH_LOSS),
                    new Gradients(4, BUCKET_BYTES),
                    EAGER_HOST,
                    UNFUSED_ADAM_BYTES,
                    published("fms-fsdp (2024), fms_fsdp/policies and utils/train_utils.py; PyTorch 2.2, CUDA 12.1")),
            torchtitan("torchtitan-2024", NormKernel.PERSISTENT, Set.of(), "torch.compile of each block"),
            torchtitan("torchtitan-2024-eager", NormKernel.COMPOSED, Set.of(), "without torch.compile"),
            torchtitan(
                    "torchtitan-2024-async",
                    NormKernel.PERSISTENT,
                    Set.of(SoftwareFeature.TENSOR_PIPELINE),
                    "torch.compile of each block and enable_async_tensor_parallel"),
            new SoftwareProfile(
                    "deepseek-v3-2024",
                    AttentionKernel.TRANSFORMER_ENGINE,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.TENSOR_OVERLAP,
                            SoftwareFeature.PIPELINE_OVERLAP,
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.FUSED_GRADIENT_ACCUMULATION,
                            SoftwareFeature.SCALED_ROTARY_APART,
                            SoftwareFeature.ONE_COPY_OF_WEIGHTS,
                            SoftwareFeature.SIXTEEN_BIT_MOMENTS),
                    new Gradients(FUSED_GRADIENT_BYTES, CORE_BUCKET_ELEMENTS * FUSED_GRADIENT_BYTES),
                    MODULE_HOST,
                    SIXTEEN_BIT_MOMENTS_ADAM_BYTES,
                    published(
                            "DeepSeek-V3 (arXiv 2412.19437), sections 3.2 and 3.3: gradients in 32 bits, moments in bf16, weights"
                                    + " scaled by blocks of 128 x 128; the rest assumed as Megatron-Core's")),
            new SoftwareProfile(
                    "llama3-2024",
                    AttentionKernel.FLASH_2,
                    NormKernel.PERSISTENT,
                    Set.of(
                            SoftwareFeature.PIPELINE_OVERLAP,
                            SoftwareFeature.GRADIENT_OVERLAP,
                            SoftwareFeature.WEIGHTS_FROM_MASTER,
                            SoftwareFeature.EARLY_HOPPER_PRODUCTS,
                            SoftwareFeature.GATE_AGAIN),
                    new Gradients(4, BUCKET_BYTES),
                    EAGER_HOST,
                    UNFUSED_ADAM_BYTES,
                    published("Llama 3 Herd of Models (arXiv 2407.21783), section 3.3.2: asynchronous messages between"
                            + " stages, gradients added up and reduced in 32 bits; PyTorch and CUDA of early 2024, before"
                            + " FlashAttention-3; fused kernels of norms, loss and gate assumed, the latter those of xformers,"
                            + " ops/swiglu_op.py")));

    /** Profiles that runs with sharded weights (ZeRO-3, FSDP) are held against ({@code verify training}). */
    public static final List<String> COMPARED_WITH_SHARDED_WEIGHTS =
            List.of("deepspeed-zero3", "composer-fsdp", "torch-fsdp-compile", "megatron-bridge-2025");

    /** FSDP2 with 32-bit reductions, tensor ranks that split the sequence, loss of 32-bit logits. */
    private static SoftwareProfile torchtitan(String name, NormKernel norm, Set<SoftwareFeature> more, String setting) {
        Set<SoftwareFeature> features = EnumSet.of(
                SoftwareFeature.GRADIENT_OVERLAP,
                SoftwareFeature.WEIGHTS_FROM_MASTER,
                SoftwareFeature.EARLY_STOP,
                SoftwareFeature.KEEPS_GATHERED_INPUT,
                SoftwareFeature.EARLY_HOPPER_PRODUCTS,
                SoftwareFeature.COMPLEX_ROTARY,
                SoftwareFeature.REPEATED_KEY_VALUES,
                SoftwareFeature.MERGED_PARTS,
                SoftwareFeature.COPIED_SHARDS,
                SoftwareFeature.PYTORCH_LOSS);
        features.addAll(more);
        return new SoftwareProfile(
                name,
                AttentionKernel.FLASH_2,
                norm,
                features,
                new Gradients(4, BUCKET_BYTES),
                EAGER_HOST,
                UNFUSED_ADAM_BYTES,
                published(
                        "torchtitan (2024 to early 2025), models/llama/parallelize_llama.py and model.py, train_configs,"
                                + " with " + setting + "; PyTorch 2.5 and 2.6, CUDA 12.4"));
    }

    private SoftwareProfiles() {}

    private static Provenance published(String source) {
        return new Provenance(Kind.PUBLISHED, source, "");
    }

    /** Every profile, oldest first. */
    public static List<SoftwareProfile> all() {
        return ALL;
    }

    public static Optional<SoftwareProfile> find(String name) {
        return ALL.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /**
     * @throws IllegalArgumentException if there is no such profile; the message lists all
     */
    public static SoftwareProfile named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no software profile '" + name + "'; there are "
                        + String.join(
                                ", ", ALL.stream().map(SoftwareProfile::name).toList())));
    }
}
