package trainyard.parallel.model.transformer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.sim.checks.Checks;

/**
 * A decoder transformer: token embedding, blocks, head.
 *
 * @param name what to call it
 * @param hidden width of the residual stream
 * @param blocks attention and MLP of every layer, in order
 * @param vocabulary embedding table
 * @param positions how positions enter
 * @param style what all blocks have in common
 * @param predictionLayers tokens predicted beyond the next one (multi-token prediction), each by one more layer
 */
public record TransformerModel(
        String name,
        int hidden,
        List<Block> blocks,
        Vocabulary vocabulary,
        Positions positions,
        Style style,
        int predictionLayers)
        implements Model {

    public TransformerModel {
        Checks.atLeast("hidden", hidden, 1);
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(vocabulary, "vocabulary");
        Objects.requireNonNull(positions, "positions");
        Objects.requireNonNull(style, "style");
        Checks.atLeast("prediction layers", predictionLayers, 0);
        blocks = List.copyOf(blocks);
        Checks.atLeast("layers", blocks.size(), 1);
    }

    /** A GPT of the Megatron-LM kind: GELU MLP, learned positions, biases, dropout, tied embeddings. */
    public static TransformerModel gpt(
            String name, int layers, int hidden, int ffn, int heads, int vocabulary, int positions) {
        return of(name, layers, hidden, multiHead(hidden, heads, ffn), vocabulary, true)
                .with(Positions.learned(positions))
                .with(Style.GPT);
    }

    /** A Llama: gated MLP, rotary positions, RMS norm, no biases, no dropout, untied embeddings. */
    public static TransformerModel llama(
            String name, int layers, int hidden, int ffn, int heads, int kvHeads, int vocabulary) {
        Attention attention = GroupedQueryAttention.of(heads, kvHeads, hidden / heads);
        return of(name, layers, hidden, new Block(attention, new DenseMlp(ffn, true)), vocabulary, false);
    }

    /**
     * A GPT of the BLOOM kind: ALiBi instead of a position table (BigScience 2022, section 3.2). Its training script,
     * tr11-176B-ml.slurm, leaves dropout at Megatron-LM's default of 0.1.
     */
    public static TransformerModel bloom(String name, int layers, int hidden, int ffn, int heads, int vocabulary) {
        return of(name, layers, hidden, multiHead(hidden, heads, ffn), vocabulary, true)
                .with(Positions.ALIBI)
                .with(Style.GPT);
    }

    /** A GPT of the MPT kind: learned positions, no dropout (llm-foundry, configuration_mpt.py). */
    public static TransformerModel mpt(
            String name, int layers, int hidden, int ffn, int heads, int vocabulary, int positions) {
        return gpt(name, layers, hidden, ffn, heads, vocabulary, positions).with(Style.GPT.withDropout(false));
    }

    /** Equal blocks in Llama's style with rotary positions, from which the {@code with} methods lead to other families. */
    public static TransformerModel of(String name, int layers, int hidden, Block block, int vocabulary, boolean tied) {
        Checks.atLeast("layers", layers, 1);
        return new TransformerModel(
                name,
                hidden,
                Collections.nCopies(layers, block),
                new Vocabulary(vocabulary, tied),
                Positions.ROTARY,
                Style.LLAMA,
                0);
    }

    private static Block multiHead(int hidden, int heads, int ffn) {
        Checks.atLeast("heads", heads, 1);
        return new Block(GroupedQueryAttention.multiHead(hidden, heads), new DenseMlp(ffn, false));
    }

    public TransformerModel withName(String other) {
        return new TransformerModel(other, hidden, blocks, vocabulary, positions, style, predictionLayers);
    }

    public TransformerModel withHidden(int other) {
        return new TransformerModel(name, other, blocks, vocabulary, positions, style, predictionLayers);
    }

    public TransformerModel with(Vocabulary other) {
        return new TransformerModel(name, hidden, blocks, other, positions, style, predictionLayers);
    }

    public TransformerModel with(Positions other) {
        return new TransformerModel(name, hidden, blocks, vocabulary, other, style, predictionLayers);
    }

    public TransformerModel with(Style other) {
        return new TransformerModel(name, hidden, blocks, vocabulary, positions, other, predictionLayers);
    }

    public TransformerModel withPredictionLayers(int other) {
        return new TransformerModel(name, hidden, blocks, vocabulary, positions, style, other);
    }

    public TransformerModel withBlocks(List<Block> other) {
        return new TransformerModel(name, hidden, other, vocabulary, positions, style, predictionLayers);
    }

    /** The same model with every block changed; equal blocks stay equal. */
    public TransformerModel mapBlocks(UnaryOperator<Block> change) {
        return withBlocks(blocks.stream().map(change).toList());
    }

    /** The same model with the first {@code count} MLPs replaced, as mixtures of experts begin with dense layers. */
    public TransformerModel withFirstMlps(int count, Mlp mlp) {
        if (count > blocks.size()) {
            throw new IllegalArgumentException(
                    count + " dense layers at the beginning are more than the " + blocks.size() + " layers");
        }
        List<Block> changed = new ArrayList<>(blocks);
        for (int i = 0; i < count; i++) {
            changed.set(i, new Block(blocks.get(i).attention(), mlp));
        }
        return withBlocks(changed);
    }

    /** The same model with every other block replaced, beginning with the first, as models that alternate windows do. */
    public TransformerModel withAlternateBlock(Block block) {
        List<Block> changed = new ArrayList<>(blocks);
        for (int i = 0; i < changed.size(); i += 2) {
            changed.set(i, block);
        }
        return withBlocks(changed);
    }

    /** The same model cut after {@code count} layers, or its last layer repeated up to there. */
    public TransformerModel withLayerCount(int count) {
        Checks.atLeast("layers", count, 1);
        List<Block> changed = new ArrayList<>(blocks.subList(0, Math.min(count, layerCount())));
        changed.addAll(Collections.nCopies(count - changed.size(), lastBlock()));
        return withBlocks(changed);
    }

    public int layerCount() {
        return blocks.size();
    }

    /** The block that all later ones equal in models whose layers differ. */
    public Block lastBlock() {
        return blocks.get(blocks.size() - 1);
    }

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>(blocks.size() + 2);
        layers.add(new EmbeddingLayer(hidden, vocabulary.rows(), positions.rows(), 0, style.dropout()));
        TransformerLayer layer = layer(blocks.get(0));
        for (Block block : blocks) {
            layer = block.equals(layer.block()) ? layer : layer(block);
            layers.add(layer);
        }
        for (int i = 0; i < predictionLayers; i++) {
            layers.add(new TokenPredictionLayer(layer));
        }
        layers.add(new HeadLayer(hidden, vocabulary.rows(), style.norm(), false));
        for (int i = 0; i < predictionLayers; i++) {
            layers.add(new HeadLayer(hidden, vocabulary.rows(), style.norm(), true));
        }
        return List.copyOf(layers);
    }

    private TransformerLayer layer(Block block) {
        return new TransformerLayer(hidden, block, positions.encoding(), style);
    }

    @Override
    public double tiedParameters() {
        return vocabulary.tied() ? (double) vocabulary.rows() * hidden : 0;
    }

    /** Of the last block, as all published models have equally many in every block. */
    @Override
    public int heads() {
        return lastBlock().attention().heads();
    }

    /** The most ranks that the experts of every layer can be spread evenly over; a mixture may have dense layers, too. */
    @Override
    public int experts() {
        int common = 0;
        for (Block block : blocks) {
            if (block.mlp() instanceof MixtureOfExperts mixture) {
                common = greatestCommonDivisor(mixture.experts(), common);
            }
        }
        return Math.max(1, common);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    @Override
    public double activeParameters() {
        double idle = blocks.stream()
                .mapToDouble(block -> block.mlp().idleParameters(hidden, style.biases()))
                .sum();
        return parameters() - idle - predictionLayers * lastBlock().mlp().idleParameters(hidden, style.biases());
    }
}
