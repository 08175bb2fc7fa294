package trainyard.parallel.model;

/**
 * How the cross entropy over the vocabulary is computed. Bytes are those of one logit of {@code p} bytes.
 *
 * <p>Forward and backward bytes follow from the kernels that each source runs; {@code heldBytes} are those that exist at
 * once when the backward pass starts, beside the 16-bit gradient of the logits.
 */
public enum LossKernel {
    /**
     * Over a split vocabulary: cast to 32 bits, subtract the maximum, exponentiate, sum and divide in passes of their own;
     * the 32-bit softmax is kept and becomes the gradient (Megatron-LM, mpu/cross_entropy.py). Beside these 6 and 3 kernels
     * the masks and targets of the split take 12 and 6, one value a token, and the mean over tokens, micro-batches and
     * replicas and the scaling of the loss 9 and 3 (pretrain_gpt.py, loss_func; schedules.py).
     */
    SPLIT_VOCABULARY(32, 20, 6 + 12 + 9, 3 + 6 + 3, 4),
    /**
     * PyTorch's cross_entropy of logits turned to 32 bits: log_softmax reads them for the maximum, the sum and the result,
     * its backward pass reads gradient and result twice; the gradient is filled in first, so that three 32-bit arrays
     * exist at once (aten/src/ATen/native/cuda/SoftMax.cu, NLLLoss2d.cu).
     */
    PYTORCH(20, 28, 3, 4, 10),
    /** One kernel each way that reads the 16-bit logits and writes their gradient (flash_attn/losses/cross_entropy.py). */
    FUSED(0, 2, 1, 1, 2),
    /**
     * The fused kernel, and after the backward pass two metrics, each of which computes the cross entropy again: autocast
     * turns the 16-bit logits to 32 bits for log_softmax, as {@link #PYTORCH} does forward. The activations are gone by then
     * (composer/trainer/trainer.py, _train_microbatch and _eval_train_metrics; composer/metrics/nlp.py; llm-foundry,
     * models/mpt/modeling_mpt.py, without a way to switch them off before its pull request 642 of October 2023).
     */
    FUSED_WITH_METRICS(0, 2 + 2 * 22, 1, 1 + 2 * 3, 2);

    private final double forwardBytes;
    private final double backwardBytes;
    private final int forwardKernels;
    private final int backwardKernels;
    private final double heldBytes;

    LossKernel(double forwardBytes, double backwardBytes, int forwardKernels, int backwardKernels, double heldBytes) {
        this.forwardBytes = forwardBytes;
        this.backwardBytes = backwardBytes;
        this.forwardKernels = forwardKernels;
        this.backwardKernels = backwardKernels;
        this.heldBytes = heldBytes;
    }

    /**
     * The operator.
     *
     * @param logits how many a rank computes
     * @param p bytes of one
     */
    public Operator operator(double logits, double p) {
        return new Operator.Streaming(
                "cross entropy",
                (p + forwardBytes) * logits,
                (p + backwardBytes) * logits,
                forwardKernels,
                backwardKernels,
                false,
                heldBytes * logits);
    }
}
