package trainyard.parallel.model.transformer;

import java.util.List;
import trainyard.parallel.model.ElementKernels;
import trainyard.parallel.model.ExpertKernels;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Operator.Indexed;
import trainyard.parallel.model.Quantising;
import trainyard.parallel.model.Shard;

/**
 * What the routed experts of a rank compute with the tokens that lie before them by expert: a grouped product, the activation,
 * a second grouped product, and what {@link ExpertKernels} add to that or take from it.
 */
final class RoutedExperts {

    /** Bytes of a 32-bit value. */
    private static final double WIDE = 4;

    /** Joining the marks of two limits: two read, one written, a byte each. */
    private static final double MARK_BYTES = 3;

    private final MixtureOfExperts mixture;
    private final ExpertKernels kernels;
    private final int hidden;
    private final double rows;
    private final int local;
    private final double ffn;
    private final double bytes;

    /**
     * @param mixture the layer that they are part of
     * @param hidden width of a token
     * @param rows copies of tokens that all experts of the rank compute
     * @param shard the rank's share of the layer
     */
    RoutedExperts(MixtureOfExperts mixture, int hidden, double rows, Shard shard) {
        this.mixture = mixture;
        this.kernels = shard.experts().of(mixture.gated());
        this.hidden = hidden;
        this.rows = rows;
        this.local = mixture.experts() / shard.split().expert();
        this.ffn = (double) mixture.expertFfn() / shard.split().expertTensor();
        this.bytes = shard.precision().bytes();
    }

    void addOperators(Biases biases, List<Operator> out) {
        double width = (mixture.gated() ? 2 : 1) * ffn;
        double in = bytes * rows * width;
        Operator.MatrixMultiply up = product(MixtureOfExperts.ROUTED_EXPERTS + "up", width, hidden);
        Operator.MatrixMultiply down = product(MixtureOfExperts.ROUTED_EXPERTS + "down", hidden, ffn);
        padding("expert padding", out);
        out.add(kernels.fused() ? up.with(Quantising.INPUT) : up);
        if (biases.onMlp()) {
            out.add(Mlp.biasGradient("experts up bias", in));
        }
        activation(in, out);
        out.add(kernels.fused() ? down.with(Quantising.GRADIENT) : down);
        padding("expert unpadding", out);
        if (biases.onMlp()) {
            out.add(kernels.fused() ? Mlp.biasGradient("experts down bias", bytes * rows * hidden) : weightedBias());
        }
    }

    private void activation(double in, List<Operator> out) {
        if (kernels.fused()) {
            // What the first product made is kept, and read again by the one that yields its gradient.
            out.add(new Operator.Streaming("swiglu", 0, in, 0, 0, false, in));
            return;
        }
        if (mixture.limited()) {
            out.add(limits(in));
        }
        out.add(DenseMlp.activation(mixture.gated(), bytes, rows * ffn, ElementKernels.PLAIN));
    }

    private Operator.MatrixMultiply product(String name, double n, double k) {
        return new Operator.MatrixMultiply(name, local, rows / local, n, k, true, false, bytes * rows * k);
    }

    /** Copies of all rows of the experts, to where their number fits the format and back. */
    private void padding(String name, List<Operator> out) {
        if (kernels.padded()) {
            out.add(Operator.Streaming.pass(name, 2 * bytes * rows * hidden, 0));
        }
    }

    /**
     * Halves of what goes into the activation are each held within their limits and joined again; backward each gradient is
     * compared with its limits, one for the gate and two for the rest, and masked, and they are joined (Megatron-Core 0.14 to 0.16,
     * fused_bias_geglu.py, weighted_bias_quick_geglu_impl, outside of what is compiled; PyTorch, clamp_backward). Halves lie
     * strided, so that all but the joining find their values one by one, and the joining of three bytes a value of marks.
     */
    private Operator limits(double in) {
        double values = in / bytes;
        return new Operator.Streaming(
                        MixtureOfExperts.LIMITS, 2 * in, 2 * in + MARK_BYTES * values / 2, 3, 7, false, in)
                .with(new Indexed(values, 5 * values / 2));
    }

    /**
     * The bias of the last product, weighted by the router's 32-bit weights, expert by expert (Megatron-Core 0.14 to 0.16,
     * experts.py, _apply_bias). Forward the weighted bias is written in 32 bits, added to the results, joined and cast. Backward
     * the gradient is cast to 32 bits, back to 16 for each expert and joined, and multiplied by weights and by bias in 32 bits
     * for sums over rows and over columns. In the three products weights or bias are repeated, so that they find their values
     * one by one.
     */
    private Operator weightedBias() {
        double elements = rows * hidden;
        double weighted = (bytes + 2 * WIDE) + 2 * WIDE + (WIDE + bytes);
        double cast = (bytes + WIDE) + (WIDE + bytes) + 2 * bytes;
        double sums = 2 * WIDE;
        return new Operator.Streaming(
                        "experts down bias",
                        weighted * elements,
                        (cast + sums) * elements,
                        2 * local + 2,
                        5 * local + 2,
                        false,
                        0)
                .with(new Indexed(elements, 2 * elements));
    }
}
