package trainyard.parallel.kernel;

import java.util.Locale;

/** What some generations of training frameworks do and others do not. */
public enum SoftwareFeature {
    /** The backward exchange of the tensor ranks runs beside the weight-gradient products. */
    TENSOR_OVERLAP,
    /** Stage-to-stage messages run beside compute; without it both stages wait for them. */
    PIPELINE_OVERLAP,
    /**
     * Gradients are reduced beside the backward pass, in buckets or, where ranks shard them, layer by layer. Without it all
     * at once after it, and those of a layer that ranks shard before the next layer's pass.
     */
    GRADIENT_OVERLAP,
    /** Each tensor rank sends only its share of a stage-to-stage message (Narayanan et al. 2021, section 4.1). */
    SCATTER_GATHER_MESSAGES,
    /** The weight-gradient product adds to the gradient buffer itself. */
    FUSED_GRADIENT_ACCUMULATION,
    /**
     * Sharded weights and gradients are exchanged tensor by tensor as lists of one piece per rank, which the host views and
     * copies one by one after it has waited for the device, and weights are gathered again between recomputation and
     * backward pass (DeepSpeed 0.3.11 to 0.5, runtime/zero/stage3.py and partition_parameters.py).
     */
    PIECEWISE_EXCHANGE,
    /** The 16-bit weights are cast from the shards of the 32-bit ones when they are gathered, and not kept (PyTorch FSDP). */
    WEIGHTS_FROM_MASTER,
    /**
     * Of weights with a scale for every square block one 8-bit copy serves all three products, and none in 16 bits rests beside it
     * (DeepSeek-V3, section 3.3.2; deepseek-ai/DeepGEMM).
     */
    ONE_COPY_OF_WEIGHTS,
    /** Both moments of Adam rest in 16 bits (DeepSeek-V3, section 3.3.3). */
    SIXTEEN_BIT_MOMENTS,
    /** Gradients of bf16 weights are kept and summed in 16 bits, where others take 32 for them. */
    SIXTEEN_BIT_SUMS,
    /**
     * Gradients are joined, turned to 32 bits and reduced in buffers of their own (DeepSpeed with ZeRO-1, 2 or bf16); in
     * bf16 after every micro-batch.
     */
    DEEPSPEED_BUFFERS,
    /**
     * Every stage fetches every micro-batch, each of its chunks anew, though only the first and the last use it
     * (Megatron-LM until late 2023: schedules.py calls the script's forward_step on all stages, which starts with
     * get_batch).
     */
    BATCH_ON_EVERY_STAGE,
    /**
     * The bias of queries, keys and values is added by a kernel of its own: {@code output + bias} in Megatron-LM since v3.0
     * (tensor_parallel/layers.py); before, PyTorch's linear layer, which adds it within the product for matrices only
     * (csarofeen/pytorch issue 469), not for sequences and batches.
     */
    BIAS_APART,
    /**
     * The fused kernel of bias and GELU also writes the values that automatic differentiation would need, although the
     * function's own backward pass, which reads none of them, runs instead. Megatron-LM since v3.0 warms the script up with
     * inputs that require gradients (initialize.py, _warmup_jit_function), so that it is compiled as a differentiable graph,
     * and later runs take that graph whether gradients are on or off, since only the inputs are checked (PyTorch,
     * register_prim_ops_fulljit.cpp, prim::RequiresGradCheck). With PyTorch 2.13 a warmed-up call holds eight arrays of the
     * result's size at its peak, another five.
     */
    GELU_STEPS_WRITTEN,
    /**
     * nvFuser makes the kernels of bias and GELU from Megatron-LM's script of elementary operations (Megatron-LM since v3.0,
     * initialize.py, set_jit_fusion_options, with PyTorch 1.10 and later); see {@link ScriptedGelu}.
     */
    NVFUSER_GELU,
    /**
     * A dense MLP with a gate keeps what its first product made and not what its last product reads, which the kernel of the
     * gate's gradient yields once more (facebookresearch/xformers, ops/swiglu_op.py, _SwiGLUFusedFunc).
     */
    GATE_AGAIN,
    /**
     * Rotations that are scaled (YaRN) run as elementary operations, since Transformer Engine's kernel does not scale
     * (Megatron-Core 0.13 to 0.16, rope_utils.py, apply_rotary_pos_emb: mscale other than 1 is not fused).
     */
    SCALED_ROTARY_APART,
    /**
     * Bias, dropout and residual addition are two kernels, since the script asks whether there is a bias before it adds it
     * (Megatron-LM in 2023, model/transformer.py, bias_dropout_add; its pull request 532).
     */
    RESIDUAL_BIAS_APART,
    /**
     * Matrix products as PyTorch had them on Hopper with cuBLAS of CUDA 12.0 to 12.4 (PyTorch until 2.6), which did not yet
     * use it as later ones do; see {@link HopperProducts}.
     */
    EARLY_HOPPER_PRODUCTS,
    /**
     * A recomputed region stops at the last value that the backward pass needs, before the last product (PyTorch 2.1,
     * torch/utils/checkpoint.py, set_checkpoint_early_stop, on by default without re-entrance).
     */
    EARLY_STOP,
    /**
     * What tensor ranks have gathered for a product stays for its weight gradient (PyTorch DTensor), instead of being
     * gathered again (Korthikanti et al. 2022, section 4.2.2).
     */
    KEEPS_GATHERED_INPUT,
    /**
     * Asynchronous tensor parallelism: gathering for a product and scattering its sums run in parts beside the parts of the
     * product, by copies that take no multiprocessors (PyTorch, _inductor/fx_passes/micro_pipeline_tp.py and
     * distributed/_symmetric_memory).
     */
    TENSOR_PIPELINE,
    /**
     * Queries and keys are rotated as complex numbers of 32 bits: cast, multiplied and cast back by kernels of their own,
     * compiled or not, since PyTorch's compiler makes no kernels of complex operators (torchtitan, model.py,
     * apply_rotary_emb; _inductor/lowering.py).
     */
    COMPLEX_ROTARY,
    /** Keys and values are written out for every query head before attention (torchtitan, model.py, repeat_kv). */
    REPEATED_KEY_VALUES,
    /**
     * Attention to the parts of a sequence that other ranks hold runs part by part, and the results are merged in 32 bits by
     * elementary operations (PyTorch, torch/distributed/tensor/experimental/_attention.py, _templated_ring_attention and
     * _SDPAMerger).
     */
    MERGED_PARTS,
    /**
     * Each sharded weight is a tensor of its own, so that what a layer has gathered is copied into its weights and its
     * gradients into what is scattered, beside no other kernel (PyTorch FSDP2, _fsdp_collectives.py,
     * foreach_all_gather_copy_out and foreach_reduce; pull requests 117950 and 117975).
     */
    COPIED_SHARDS,
    /** The cross entropy is {@link trainyard.parallel.model.LossKernel#PYTORCH} instead of Megatron-LM's. */
    PYTORCH_LOSS,
    /** The cross entropy is {@link trainyard.parallel.model.LossKernel#FUSED}. */
    FUSED_LOSS,
    /** The cross entropy is {@link trainyard.parallel.model.LossKernel#FUSED_WITH_METRICS}. */
    FUSED_LOSS_WITH_METRICS,
    /**
     * A router's choice of experts, the loss that balances them and the map of tokens that DeepEP hands over run in kernels
     * of their own (Megatron-Core 0.14, moe_router_fusion and fused_indices_converter.py; Transformer Engine 2.6,
     * router.py); without it as elementary operations.
     */
    FUSED_ROUTING,
    /**
     * In MXFP8 the products of whole experts with a gate add biases, apply the activation and the router's weights and yield
     * results in the format of the next product (Megatron-Core, use_transformer_engine_op_fuser; Transformer Engine, pull
     * request 2769); without it these are kernels of their own.
     */
    FUSED_EXPERTS,
    /**
     * The parts of a layer whose sizes are fixed run as CUDA graphs, which one call launches: attention, dense MLP, router,
     * plan of the dispatch and shared experts (Megatron-Core 0.14, cuda_graph_scope attn, mlp, moe_router and moe_preprocess).
     */
    GRAPHED_LAYERS,
    /**
     * The whole step is one CUDA graph, so that the host issues nothing and waits for nothing; a mixture of experts then needs
     * buffers of fixed size (cuda_graph_impl full_iteration).
     */
    GRAPHED_STEP,
    /** The host waits for every kernel (CUDA_LAUNCH_BLOCKING=1), so that it never runs ahead. */
    LAUNCH_BLOCKING;

    /** Name for tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
