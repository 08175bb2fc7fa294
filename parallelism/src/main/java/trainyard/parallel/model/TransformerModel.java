package trainyard.parallel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A decoder transformer of the GPT or Llama kind.
 *
 * @param name what to call it
 * @param layerCount transformer layers
 * @param hidden width of the residual stream
 * @param ffn width of the MLP
 * @param heads attention heads
 * @param kvHeads key-value heads; equal to {@code heads} without grouped-query attention
 * @param headSize elements of one head
 * @param vocabulary rows of the embedding table, padding included
 * @param positionEncoding how positions enter
 * @param positions rows of the table of learned positions, 0 for every other encoding
 * @param gatedMlp whether the MLP has a gate (SwiGLU): three matrices instead of two
 * @param tiedEmbeddings whether input and output share one table
 * @param biases whether linear layers have biases
 * @param dropout whether the training graph holds dropout
 * @param causal whether a token sees only earlier ones
 */
public record TransformerModel(
        String name,
        int layerCount,
        int hidden,
        int ffn,
        int heads,
        int kvHeads,
        int headSize,
        int vocabulary,
        PositionEncoding positionEncoding,
        int positions,
        boolean gatedMlp,
        boolean tiedEmbeddings,
        boolean biases,
        boolean dropout,
        boolean causal)
        implements Model {

    public TransformerModel {
        Checks.positive("layers", layerCount);
        Checks.positive("hidden", hidden);
        Checks.positive("ffn", ffn);
        Checks.positive("heads", heads);
        Checks.positive("kv-heads", kvHeads);
        Checks.positive("head size", headSize);
        Checks.positive("vocabulary", vocabulary);
        Objects.requireNonNull(positionEncoding, "position encoding");
        if ((positionEncoding == PositionEncoding.LEARNED) != (positions > 0)) {
            throw new IllegalArgumentException(
                    "position encoding " + positionEncoding + " contradicts " + positions + " learned positions");
        }
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException("heads " + heads + " is not a multiple of kv-heads " + kvHeads);
        }
    }

    /** A GPT of the Megatron-LM kind: GELU MLP, learned positions, biases, dropout, tied embeddings. */
    public static TransformerModel gpt(
            String name, int layers, int hidden, int ffn, int heads, int vocabulary, int positions) {
        return new TransformerModel(
                name,
                layers,
                hidden,
                ffn,
                heads,
                heads,
                hidden / heads,
                vocabulary,
                PositionEncoding.LEARNED,
                positions,
                false,
                true,
                true,
                true,
                true);
    }

    /** A Llama: gated MLP, rotary positions, no biases, no dropout, untied embeddings. */
    public static TransformerModel llama(
            String name, int layers, int hidden, int ffn, int heads, int kvHeads, int vocabulary) {
        return new TransformerModel(
                name,
                layers,
                hidden,
                ffn,
                heads,
                kvHeads,
                hidden / heads,
                vocabulary,
                PositionEncoding.ROTARY,
                0,
                true,
                false,
                false,
                false,
                true);
    }

    /**
     * A GPT of the BLOOM kind: ALiBi instead of a position table, no dropout (BigScience 2022, section 3.2; training
     * script tr11-176B-ml).
     */
    public static TransformerModel bloom(String name, int layers, int hidden, int ffn, int heads, int vocabulary) {
        return new TransformerModel(
                name,
                layers,
                hidden,
                ffn,
                heads,
                heads,
                hidden / heads,
                vocabulary,
                PositionEncoding.ALIBI,
                0,
                false,
                true,
                true,
                false,
                true);
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(layerCount + 2);
        layers.add(new EmbeddingLayer(this));
        TransformerLayer layer = new TransformerLayer(this);
        for (int i = 0; i < layerCount; i++) {
            layers.add(layer);
        }
        layers.add(new HeadLayer(this));
        return List.copyOf(layers);
    }

    @Override
    public double parameters() {
        double sum = layers().stream().mapToDouble(l -> l.parametersPerRank(1)).sum();
        return sum - tiedParameters();
    }

    @Override
    public int width() {
        return hidden;
    }

    @Override
    public double tiedParameters() {
        return tiedEmbeddings ? (double) vocabulary * hidden : 0;
    }

    /**
     * Forward FLOPs {@code B (L (2 s h (q + 2 kv) + 2 s q h + 4 s^2 q + 2 s h f g) + 2 s h V)}, g = 3 with a gate, else 2
     * (Narayanan et al. 2021, section 5.1, written for grouped heads and gates).
     */
    @Override
    public double forwardFlops(double sequences, int sequenceLength) {
        double s = sequenceLength;
        double projections = 2 * s * hidden * (2.0 * queryWidth() + 2.0 * keyWidth());
        double core = 4 * s * s * queryWidth();
        double mlp = 2 * s * hidden * (gatedMlp ? 3.0 : 2.0) * ffn;
        return sequences * (layerCount * (projections + core + mlp) + 2 * s * hidden * vocabulary);
    }

    /** Elements per token of all queries. */
    double queryWidth() {
        return (double) heads * headSize;
    }

    /** Elements per token of all keys, and of all values. */
    double keyWidth() {
        return (double) kvHeads * headSize;
    }
}
