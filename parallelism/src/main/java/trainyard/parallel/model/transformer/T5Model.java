package trainyard.parallel.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.sim.checks.Checks;

/**
 * An encoder-decoder (T5: Raffel et al. 2020): the encoder sees the whole source, each decoder layer its own earlier tokens
 * and, by cross attention, the encoder's result. RMS norm, no biases, one table of relative position biases per stack.
 *
 * @param name what to call it
 * @param hidden width of the residual stream
 * @param encoderLayers layers of the encoder
 * @param decoderLayers layers of the decoder
 * @param attention heads of all attentions
 * @param mlp MLP of all layers
 * @param vocabulary embedding table of both stacks
 * @param targetLength tokens of a target sequence; the batch's sequence is the source
 */
public record T5Model(
        String name,
        int hidden,
        int encoderLayers,
        int decoderLayers,
        GroupedQueryAttention attention,
        DenseMlp mlp,
        Vocabulary vocabulary,
        int targetLength)
        implements Model {

    /** Distances that share a bias, per head (Raffel et al. 2020, section 2.1). */
    private static final int DISTANCE_BUCKETS = 32;

    public T5Model {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(attention, "attention");
        Objects.requireNonNull(mlp, "mlp");
        Objects.requireNonNull(vocabulary, "vocabulary");
        Checks.atLeast("hidden", hidden, 1);
        Checks.atLeast("encoder layers", encoderLayers, 1);
        Checks.atLeast("decoder layers", decoderLayers, 1);
        Checks.atLeast("target length", targetLength, 1);
    }

    @Override
    public List<Layer> layers() {
        Style style = Style.LLAMA.withDropout(true);
        Block block = new Block(attention, mlp);
        double biases = (double) DISTANCE_BUCKETS * attention.heads();
        List<Layer> layers = new ArrayList<>();
        layers.add(new EmbeddingLayer(hidden, vocabulary.rows(), 0, biases, true));
        Layer encoder = new TransformerLayer(hidden, block, PositionEncoding.RELATIVE_BIAS, style.withCausal(false));
        for (int i = 0; i < encoderLayers; i++) {
            layers.add(encoder);
        }
        layers.add(new TargetEmbeddingLayer(hidden, biases, targetLength));
        for (int i = 0; i < decoderLayers; i++) {
            layers.add(new DecoderLayer(hidden, attention, mlp, style, targetLength));
        }
        layers.add(new ResizedLayer(new HeadLayer(hidden, vocabulary.rows(), style.norm(), false), targetLength));
        return List.copyOf(layers);
    }

    @Override
    public double tiedParameters() {
        return vocabulary.tied() ? (double) vocabulary.rows() * hidden : 0;
    }

    @Override
    public int heads() {
        return attention.heads();
    }
}
