package trainyard.parallel.model.transformer;

import java.util.Objects;

/**
 * What all blocks of a transformer have in common beside their sizes.
 *
 * @param norm kind of norm
 * @param normsPerBlock 2: before (or after) attention and MLP; 4: before and after both (Gemma 2)
 * @param biases which products add a bias
 * @param dropout whether the training graph holds dropout
 * @param causal whether a token sees only earlier ones
 * @param parallelResidual whether attention and MLP read the same input and are added at once (GPT-J, GPT-NeoX), so that
 *     tensor ranks exchange once per block instead of twice
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
        if (normsPerBlock != 2 && normsPerBlock != 4) {
            throw new IllegalArgumentException("norms per block must be 2 or 4, got " + normsPerBlock);
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

    public Style withParallelResidual(boolean other) {
        return new Style(norm, normsPerBlock, biases, dropout, causal, other);
    }
}
