package trainyard.parallel.model;

import java.util.List;
import java.util.Optional;
import trainyard.sim.collective.Collective;

/**
 * One step of a layer on one rank. Everything that costs follows from these values: forward and backward time by the
 * kernel model, traffic by the collective model, activation memory by {@link #savedBytes}.
 */
public sealed interface Operator {

    String name();

    /** Bytes that the forward pass keeps for the backward pass when nothing is recomputed. */
    double savedBytes();

    /** Whether it belongs to the attention core, which selective recomputation runs twice. */
    default boolean attentionCore() {
        return false;
    }

    /** FLOPs of the forward pass as MFU counts them: causal attention as if it were not; 0 but for products. */
    default double modelFlops() {
        return 0;
    }

    static double modelFlops(List<Operator> operators) {
        return operators.stream().mapToDouble(Operator::modelFlops).sum();
    }

    /**
     * {@code batch} independent products of an m x k by a k x n matrix.
     *
     * @param weighted whether the second operand is a weight: then the backward pass computes a data gradient and a
     *     weight gradient; else the gradients of both operands
     * @param quantising which operands kernels of their own bring into a format below 16 bits where the recipe has one
     * @param frozen whether the weight is not trained, so that the backward pass computes the data gradient alone
     */
    record MatrixMultiply(
            String name,
            double batch,
            double m,
            double n,
            double k,
            boolean weighted,
            boolean attentionCore,
            Quantising quantising,
            boolean frozen,
            double savedBytes)
            implements Operator {

        public MatrixMultiply {
            if (frozen && !weighted) {
                throw new IllegalArgumentException(name + ": only a weight can be frozen");
            }
        }

        /** A product that recipes below 16 bits quantise if its second operand is a weight. */
        public MatrixMultiply(
                String name,
                double batch,
                double m,
                double n,
                double k,
                boolean weighted,
                boolean attentionCore,
                double savedBytes) {
            this(
                    name,
                    batch,
                    m,
                    n,
                    k,
                    weighted,
                    attentionCore,
                    weighted ? Quantising.BOTH : Quantising.NONE,
                    false,
                    savedBytes);
        }

        /** One product of activations of m rows with a k x n weight. */
        public static MatrixMultiply ofWeight(String name, double m, double n, double k, double savedBytes) {
            return new MatrixMultiply(name, 1, m, n, k, true, false, savedBytes);
        }

        /** The same product in the format in which its operands rest, whatever the recipe. */
        public MatrixMultiply unquantised() {
            return with(Quantising.NONE);
        }

        /** The same product whose operands come into the format of the recipe otherwise. */
        public MatrixMultiply with(Quantising other) {
            return new MatrixMultiply(name, batch, m, n, k, weighted, attentionCore, other, frozen, savedBytes);
        }

        /** The same product that keeps another amount. */
        public MatrixMultiply withSavedBytes(double bytes) {
            return new MatrixMultiply(name, batch, m, n, k, weighted, attentionCore, quantising, frozen, bytes);
        }

        /** The same product with a weight that is not trained; its input need not be kept for a weight gradient. */
        public MatrixMultiply withFrozenWeight() {
            return new MatrixMultiply(name, batch, m, n, k, weighted, attentionCore, quantising, true, 0);
        }

        /**
         * Kernels of the product, of each of its gradients and of bringing an operand into a format: one for each group where
         * the weights of a group are its own, unless they are fused with others, and one where activations are multiplied
         * (Transformer Engine 2, gemm/cublaslt_gemm.cu, multi-stream products; common/cast, split quantisation).
         */
        public int kernels() {
            return weighted && !quantising.fused() ? (int) batch : 1;
        }

        /** Whether it runs in a format below 16 bits where the recipe has one. */
        public boolean quantised() {
            return quantising.applies();
        }

        /** Whether the backward pass computes a gradient of its weight. */
        public boolean trained() {
            return weighted && !frozen;
        }

        /** FLOPs of all products of the batch, a multiplication and an addition counting 2. */
        public double flops() {
            return 2 * batch * m * n * k;
        }

        @Override
        public double modelFlops() {
            return flops();
        }
    }

    /**
     * A convolution over a batch of feature maps, forward: m = batch x output pixels rows, n = output channels, k = input
     * channels x kernel pixels, for each of {@code groups} groups of channels.
     *
     * @param computesInputGradient whether the backward pass needs the gradient of the input: false for the first layer
     */
    record Convolution(
            String name, double groups, double m, double n, double k, boolean computesInputGradient, double savedBytes)
            implements Operator {

        @Override
        public double modelFlops() {
            return 2 * groups * m * n * k;
        }
    }

    /**
     * Elements that PyTorch's elementary kernels find one by one by their indices, since an operand is repeated along a
     * dimension or lies strided in memory (aten/src/ATen/native/cuda/CUDALoops.cuh, elementwise_kernel with its
     * OffsetCalculator; Shape.cu, CatArrayBatchedCopy).
     *
     * @param forward in the forward pass
     * @param backward in the backward pass
     */
    record Indexed(double forward, double backward) {

        /** None. */
        public static final Indexed NONE = new Indexed(0, 0);
    }

    /**
     * An operator whose time is the bytes it moves through device memory.
     *
     * @param forwardBytes read plus written in the forward pass
     * @param backwardBytes read plus written in the backward pass
     * @param forwardKernels kernels launched forward
     * @param backwardKernels kernels launched backward
     * @param randomElements random numbers drawn in the forward pass, by dropout
     * @param compiledGradients gradients of GELU that a compiled script of elementary operations computes in the backward pass
     * @param indexed elements of kernels whose bytes are not among the others', since finding elements bounds them
     */
    record Streaming(
            String name,
            double forwardBytes,
            double backwardBytes,
            int forwardKernels,
            int backwardKernels,
            double randomElements,
            double compiledGradients,
            Indexed indexed,
            boolean attentionCore,
            double savedBytes)
            implements Operator {

        /** An operator whose kernels all move their bytes in whole lines. */
        public Streaming(
                String name,
                double forwardBytes,
                double backwardBytes,
                int forwardKernels,
                int backwardKernels,
                double randomElements,
                double compiledGradients,
                boolean attentionCore,
                double savedBytes) {
            this(
                    name,
                    forwardBytes,
                    backwardBytes,
                    forwardKernels,
                    backwardKernels,
                    randomElements,
                    compiledGradients,
                    Indexed.NONE,
                    attentionCore,
                    savedBytes);
        }

        /** An operator whose backward pass memory bounds. */
        public Streaming(
                String name,
                double forwardBytes,
                double backwardBytes,
                int forwardKernels,
                int backwardKernels,
                double randomElements,
                boolean attentionCore,
                double savedBytes) {
            this(
                    name,
                    forwardBytes,
                    backwardBytes,
                    forwardKernels,
                    backwardKernels,
                    randomElements,
                    0,
                    attentionCore,
                    savedBytes);
        }

        /** An operator that draws no random numbers. */
        public Streaming(
                String name,
                double forwardBytes,
                double backwardBytes,
                int forwardKernels,
                int backwardKernels,
                boolean attentionCore,
                double savedBytes) {
            this(name, forwardBytes, backwardBytes, forwardKernels, backwardKernels, 0, attentionCore, savedBytes);
        }

        /** The same with kernels that find so many elements one by one. */
        public Streaming with(Indexed elements) {
            return new Streaming(
                    name,
                    forwardBytes,
                    backwardBytes,
                    forwardKernels,
                    backwardKernels,
                    randomElements,
                    compiledGradients,
                    elements,
                    attentionCore,
                    savedBytes);
        }

        /** One kernel forward and one backward over the same bytes. */
        public static Streaming pass(String name, double bytes, double savedBytes) {
            return new Streaming(name, bytes, bytes, 1, 1, false, savedBytes);
        }
    }

    /**
     * Layer norm or RMS norm.
     *
     * @param activationBytes bytes of the activations that pass through; forward reads and writes them, backward reads
     *     them and their gradient and writes a gradient
     */
    record Norm(String name, double activationBytes, double savedBytes) implements Operator {

        /** Bytes that the forward pass reads and writes. */
        public double forwardBytes() {
            return 2 * activationBytes;
        }

        /** Bytes that the backward pass reads and writes. */
        public double backwardBytes() {
            return 3 * activationBytes;
        }
    }

    /**
     * Attention computed tile by tile without storing the scores.
     *
     * @param batch sequences times heads on this rank
     * @param queries rows of the score matrix
     * @param keys columns of the score matrix
     * @param headSize elements of a query and of a key
     * @param valueSize elements of a value
     * @param causal whether a query sees only earlier keys
     * @param visibleShare share of the score matrix that is computed: 1/2 if causal, less with a window
     */
    record FlashAttention(
            String name,
            double batch,
            double queries,
            double keys,
            double headSize,
            double valueSize,
            boolean causal,
            double visibleShare,
            AttentionKernel kernel,
            double savedBytes)
            implements Operator {

        @Override
        public boolean attentionCore() {
            return true;
        }

        /** The same where another amount is kept. */
        public FlashAttention withSavedBytes(double bytes) {
            return new FlashAttention(
                    name, batch, queries, keys, headSize, valueSize, causal, visibleShare, kernel, bytes);
        }

        /** FLOPs of the forward pass that the hardware executes. */
        public double forwardFlops() {
            return 2 * batch * queries * keys * (headSize + valueSize) * visibleShare;
        }

        /**
         * FLOPs of the backward pass: five products instead of two (Dao et al. 2022, section 3.1), three of them as deep
         * as a key (scores again, gradients of queries and keys), two as a value.
         */
        public double backwardFlops() {
            return 2 * batch * queries * keys * (3 * headSize + 2 * valueSize) * visibleShare;
        }

        @Override
        public double modelFlops() {
            return causal ? 2 * forwardFlops() : forwardFlops();
        }
    }

    /**
     * An exchange among the tensor-parallel ranks.
     *
     * @param forward operation of the forward pass, if any
     * @param backward operation of the backward pass, if any
     * @param bytes size as {@link Collective} defines it, in the storage format
     * @param quantised whether what it gathers goes into a product that recipes below 16 bits quantise
     */
    record TensorCollective(
            String name, Optional<Collective> forward, Optional<Collective> backward, double bytes, boolean quantised)
            implements Operator {

        /** An exchange of what rests in the storage format. */
        public TensorCollective(
                String name, Optional<Collective> forward, Optional<Collective> backward, double bytes) {
            this(name, forward, backward, bytes, false);
        }

        @Override
        public double savedBytes() {
            return 0;
        }
    }

    /**
     * What attention exchanges among the context-parallel ranks, which each hold a part of the sequence. Which of the two
     * moves, and by which operation, is the plan's choice: rings and gathers move keys and values, Ulysses moves all.
     *
     * @param keyValueBytes keys and values of this rank's tokens
     * @param queryOutputBytes queries and outputs of this rank's tokens
     */
    record ContextExchange(String name, double keyValueBytes, double queryOutputBytes) implements Operator {

        @Override
        public double savedBytes() {
            return 0;
        }

        @Override
        public boolean attentionCore() {
            return true;
        }
    }

    /**
     * Tokens on their way to the ranks that hold their experts (dispatch), or their results on the way back (combine): an
     * all-to-all among the expert-parallel ranks, forward and, with as many gradients, backward.
     *
     * @param tokens tokens that this rank sends, or gets back
     * @param experts experts of the layer, which the ranks share out evenly
     * @param copies experts that each token goes to
     * @param bytesPerToken one copy of a token
     * @param nodeLimit nodes that the router lets a token go to, 0 for any number (DeepSeek-V3, section 2.1.2)
     * @param loadSkew load of the busiest expert-parallel rank over the mean, 1 when balanced
     * @param calls calls of a library by which the host issues it
     */
    record ExpertExchange(
            String name,
            double tokens,
            int experts,
            int copies,
            double bytesPerToken,
            int nodeLimit,
            double loadSkew,
            int calls)
            implements Operator {

        /** Buffer of the busiest rank, a copy of a token for each of its experts. */
        public double bytes() {
            return tokens * copies * bytesPerToken * loadSkew;
        }

        @Override
        public double savedBytes() {
            return 0;
        }
    }
}
