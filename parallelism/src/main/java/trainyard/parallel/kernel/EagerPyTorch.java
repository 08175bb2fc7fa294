package trainyard.parallel.kernel;

/** Host times of eager PyTorch 1.x and 2.x on the processors of A100 servers. */
final class EagerPyTorch {

    /**
     * PyTorch issue 41383 (July 2020): an operation takes 6.8 us where its input requires a gradient and 5 us where it does
     * not.
     */
    private static final double RECORD_SECONDS = 6.8e-6 - 5e-6;

    /**
     * "Accelerating Generative AI with PyTorch II: GPT, Fast" (pytorch.org, November 2023): 25.5 tokens a second for Llama
     * 7B on A100 before CUDA graphs, bound by the host, without gradients; 32 layers of 46 kernels (its model.py: two norms of 8, rotary
     * embeddings 18, cache 2, attention 1, linear layers 5, SiLU and product 2, residuals 2).
     */
    private static final double FORWARD_LAUNCH_SECONDS = 1 / 25.5 / (32 * 46);

    /**
     * NVIDIA FasterTransformer, docs/encoder_guide.md (2021): 4.2 ms for any small input of BERT-base through TorchScript,
     * thus without Python, on A100; 12 layers of 26 kernels. That walking a node of the graph takes as long as writing it is
     * assumed.
     */
    private static final double BACKWARD_LAUNCH_SECONDS = 4.2e-3 / (12 * 26) + RECORD_SECONDS;

    /** 25 us forward and backward together (meta-pytorch/attention-gym pull request 302), half of it in each (assumed). */
    private static final double FUNCTION_SECONDS = 25e-6 / 2;

    /**
     * NVIDIA/TransformerEngine issue 445 (October 2023), H100: forward and backward pass of a layer of 1,024 x 1,024 that the
     * host bounds take 0.574 ms as a module of Transformer Engine and 0.176 ms as PyTorch's; half of the difference in each
     * pass, and that later releases take as long, is assumed.
     */
    private static final double TRANSFORMER_ENGINE_MODULE_SECONDS = (0.573835e-3 - 0.175725e-3) / 2;

    /** Assumed: Python binding, stream events and launch. */
    private static final double COLLECTIVE_SECONDS = 50e-6;

    /** pytorch/torchtitan pull request 2380: keeping the random state costs a region 30 to 50 us. */
    private static final double RANDOM_STATE_SECONDS = 40e-6;

    /** The same: a region costs 350 us beside its kernels, without its random state. */
    private static final double CHECKPOINT_SECONDS = 350e-6 + RANDOM_STATE_SECONDS;

    /**
     * Megatron-LM get_batch and get_ltor_masks_and_position_ids: three broadcasts, a copy to the device and about twenty
     * small kernels.
     */
    private static final double MICRO_BATCH_SECONDS = 3 * COLLECTIVE_SECONDS + 20 * FORWARD_LAUNCH_SECONDS;

    /**
     * NVIDIA developer blog, "Getting started with CUDA graphs" (2019): a kernel of 2.9 us takes 9.6 us where the host waits
     * for each.
     */
    private static final double WAIT_SECONDS = 9.6e-6 - 2.9e-6;

    private EagerPyTorch() {}

    static HostCosts costs(double messageSyncSeconds) {
        return costs(messageSyncSeconds, 0, 0);
    }

    /** With the linear layers of Transformer Engine. */
    static HostCosts transformerEngine(double messageSyncSeconds) {
        return costs(messageSyncSeconds, 0, TRANSFORMER_ENGINE_MODULE_SECONDS);
    }

    /** With CUDA_LAUNCH_BLOCKING=1: the host also waits for every kernel. */
    static HostCosts blocking(double messageSyncSeconds) {
        return costs(messageSyncSeconds, WAIT_SECONDS, 0);
    }

    private static HostCosts costs(double messageSyncSeconds, double waitSeconds, double moduleSeconds) {
        return new HostCosts(
                FORWARD_LAUNCH_SECONDS + waitSeconds,
                BACKWARD_LAUNCH_SECONDS + waitSeconds,
                FUNCTION_SECONDS,
                RECORD_SECONDS,
                moduleSeconds,
                COLLECTIVE_SECONDS + waitSeconds,
                RANDOM_STATE_SECONDS,
                CHECKPOINT_SECONDS,
                MICRO_BATCH_SECONDS,
                messageSyncSeconds);
    }
}
