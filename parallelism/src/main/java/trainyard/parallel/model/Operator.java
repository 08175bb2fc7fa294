package trainyard.parallel.model;

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
    boolean attentionCore();

    /**
     * {@code batch} independent products of an m x k by a k x n matrix.
     *
     * @param weighted whether the second operand is a weight: then the backward pass computes a data gradient and a
     *     weight gradient; else the gradients of both operands
     */
    record MatrixMultiply(
            String name,
            double batch,
            double m,
            double n,
            double k,
            boolean weighted,
            boolean attentionCore,
            double savedBytes)
            implements Operator {

        public double flops() {
            return 2 * batch * m * n * k;
        }
    }

    /**
     * An operator whose time is the bytes it moves through device memory.
     *
     * @param forwardBytes read plus written in the forward pass
     * @param backwardBytes read plus written in the backward pass
     * @param forwardKernels kernels launched forward
     * @param backwardKernels kernels launched backward
     * @param randomElements random numbers drawn in the forward pass, by dropout
     */
    record Streaming(
            String name,
            double forwardBytes,
            double backwardBytes,
            int forwardKernels,
            int backwardKernels,
            double randomElements,
            boolean attentionCore,
            double savedBytes)
            implements Operator {

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
    }

    /**
     * Layer norm or RMS norm.
     *
     * @param activationBytes bytes of the activations that pass through; forward reads and writes them, backward reads
     *     them and their gradient and writes a gradient
     */
    record Norm(String name, double activationBytes, double savedBytes) implements Operator {

        public double forwardBytes() {
            return 2 * activationBytes;
        }

        public double backwardBytes() {
            return 3 * activationBytes;
        }

        @Override
        public boolean attentionCore() {
            return false;
        }
    }

    /**
     * Attention computed tile by tile without storing the scores.
     *
     * @param batch sequences times heads on this rank
     * @param queries rows of the score matrix
     * @param keys columns of the score matrix
     * @param headSize elements of one head
     * @param causal whether the upper triangle is skipped
     */
    record FlashAttention(
            String name,
            double batch,
            double queries,
            double keys,
            double headSize,
            boolean causal,
            AttentionKernel kernel,
            double savedBytes)
            implements Operator {

        @Override
        public boolean attentionCore() {
            return true;
        }

        /** FLOPs of the forward pass that the hardware executes. */
        public double forwardFlops() {
            return 4 * batch * queries * keys * headSize * (causal ? 0.5 : 1);
        }

        /** FLOPs of the backward pass: five products instead of two (Dao et al. 2022, section 3.1). */
        public double backwardFlops() {
            return 2.5 * forwardFlops();
        }
    }

    /**
     * An exchange among the tensor-parallel ranks.
     *
     * @param forward operation of the forward pass, if any
     * @param backward operation of the backward pass, if any
     * @param bytes size as {@link Collective} defines it
     */
    record TensorCollective(
            String name, java.util.Optional<Collective> forward, java.util.Optional<Collective> backward, double bytes)
            implements Operator {

        @Override
        public double savedBytes() {
            return 0;
        }

        @Override
        public boolean attentionCore() {
            return false;
        }
    }
}
