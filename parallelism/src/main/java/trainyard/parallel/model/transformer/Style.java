package trainyard.parallel.model.transformer;

import java.util.Objects;

/**
 * What all blocks of a transformer have in common beside their sizes.
 *
 * @param norm kind of norm
 * @param normsPerBlock 1: before both parts where they stand beside each other (GPT-J, Falcon 7B, Command R); 2: before (or
 *     after) attention and MLP; 4: before and after both (Gemma 2)
 * @param biases which products add a bias
 * @param dropout whether the training graph holds dropout
 * @param causal whether a token sees only earlier ones
 * @param parallelResidual whether attention and MLP read the same input and are added at once (GPT-J, GPT-NeoX), so that
 *     tensor ranks sum the results once per block instead of twice, and the gradients of what both read once for each norm
 */
public record Style(
        NormKind norm, int normsPerBlock, Biases biases, boolean dropout, boolean causal, boolean parallelResidual) {

    /** Layer norm, biases, dropout, causal: GPT-2 and GPT-3. */
    public static final Style GPT = new Style(NormKind.LAYER_NORM, 2, Biases.ALL, true, true, false);

    /** RMS norm, no biases, no dropout, causal: Llama and most models after it. */
    public static final Style LLAMA = new Style(NormKind.RMS_NORM, 2, Biases.NONE, false, true, false);

    public Style {
        Objects.requireNonNull(norm, "norm");
        Objects.requireNonNull(biases, "biases");
        if (normsPerBlock != 1 && normsPerBlock != 2 && normsPerBlock != 4) {
            throw new IllegalArgumentException("norms per block must be 1, 2 or 4, got " + normsPerBlock);
        }
        if (normsPerBlock == 1 && !parallelResidual) {
            throw new IllegalArgumentException("attention and MLP share a norm only beside each other");
        }
    }

    public Style with(NormKind other) {
        return new Style(other, normsPerBlock, biases, dropout, causal, parallelResidual);
    }

    public Style with(Biases other) {
        return new Style(norm, normsPerBlock, other, dropout, causal, parallelResidual);
    }

    public Style withDropout(boolean other) {
        return new Style(norm, normsPerBlock, biases, other, causal, parallelResidual);
    }

    public Style withCausal(boolean other) {
        return new Style(norm, normsPerBlock, biases, dropout, other, parallelResidual);
    }

    public Style withNormsPerBlock(int other) {
        return new Style(norm, other, biases, dropout, causal, parallelResidual);
    }

    /** Attention and MLP beside each other, each behind a norm of its own. */
    public Style withParallelResidual(boolean other) {
        return new Style(norm, normsPerBlock, biases, dropout, causal, other);
    }

    /** Attention and MLP beside each other behind one norm. */
    public Style withSharedNorm() {
        return new Style(norm, 1, biases, dropout, causal, true);
    }
}
