package trainyard.parallel.model.transformer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.sim.checks.Checks;

/**
 * An encoder trained to fill in masked tokens and to tell whether two sentences follow each other (Devlin et al. 2019):
 * every token sees every other; token, position and segment embeddings are added and normalised.
 *
 * @param name what to call it
 * @param hidden width of the residual stream
 * @param blocks attention and MLP of every layer
 * @param vocabulary rows of the token table, shared with the head
 * @param positions rows of the table of positions
 * @param dropout whether the training graph holds dropout
 */
public record BertModel(String name, int hidden, List<Block> blocks, int vocabulary, int positions, boolean dropout)
        implements Model {

    /** Sentences of an input: the table of segments has one row for each. */
    private static final int SEGMENTS = 2;

    public BertModel {
        Objects.requireNonNull(name, "name");
        Checks.atLeast("hidden", hidden, 1);
        Checks.atLeast("vocabulary", vocabulary, 1);
        Checks.atLeast("positions", positions, 1);
        blocks = List.copyOf(blocks);
        Checks.atLeast("layers", blocks.size(), 1);
    }

    /** A BERT whose MLP is {@code ffn} wide and whose heads fill the width. */
    public static BertModel of(String name, int layers, int hidden, int ffn, int heads, int vocabulary, int positions) {
        Checks.atLeast("heads", heads, 1);
        Block block = new Block(GroupedQueryAttention.multiHead(hidden, heads), new DenseMlp(ffn, false));
        return new BertModel(name, hidden, Collections.nCopies(layers, block), vocabulary, positions, true);
    }

    @Override
    public List<Layer> layers() {
        Style style = Style.GPT.withCausal(false).withDropout(dropout);
        double norm = style.norm().parameters(hidden);
        List<Layer> layers = new ArrayList<>();
        layers.add(new EmbeddingLayer(hidden, vocabulary, positions + SEGMENTS, norm, dropout));
        for (Block block : blocks) {
            layers.add(new TransformerLayer(hidden, block, PositionEncoding.LEARNED, style));
        }
        layers.add(new BertHeadLayer(hidden, vocabulary));
        return List.copyOf(layers);
    }

    @Override
    public double tiedParameters() {
        return (double) vocabulary * hidden;
    }

    @Override
    public int heads() {
        return blocks.get(0).attention().heads();
    }
}
