package trainyard.parallel.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.schedule.ChunkPlacement;

/**
 * Which layers lie on which pipeline stage. The {@link ChunkPlacement} of the schedule says which piece of the model a
 * chunk holds; the first piece also holds what comes before the repeated layers, the last one what comes after.
 */
public final class ChunkLayout {

    private final List<List<Layer>> pieces;
    private final int stages;
    private final int chunksPerStage;
    private final ChunkPlacement placement;
    private final double tiedParameters;
    private final boolean endsMeet;

    private ChunkLayout(List<List<Layer>> pieces, ParallelPlan plan, double tiedParameters) {
        this.pieces = pieces;
        this.stages = plan.pipeline();
        this.chunksPerStage = plan.virtualStages();
        this.placement = plan.schedule().placement();
        this.tiedParameters = tiedParameters;
        this.endsMeet = placement.joinsEnds(stages, chunksPerStage);
    }

    /**
     * Cuts a model as the plan says; without explicit counts the blocks are split evenly, one more on the first pieces
     * where they do not divide. Input layers stay with the block after them, heads come last.
     *
     * @throws PlanException if there are more pieces than blocks, explicit counts do not add up, or a piece is empty
     */
    public static ChunkLayout of(Model model, ParallelPlan plan) {
        List<Layer> layers = model.layers();
        int blocks = blocks(model);
        List<Integer> layersPerChunk = plan.pipelining().layersPerChunk();
        List<Integer> counts = layersPerChunk.isEmpty() ? even(blocks, plan) : layersPerChunk;
        int sum = counts.stream().mapToInt(Integer::intValue).sum();
        if (sum != blocks) {
            throw new PlanException(
                    "layers-per-chunk", "layers-per-chunk adds up to " + sum + ", the model has " + blocks + " layers");
        }
        List<List<Layer>> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < counts.size(); i++) {
            int to = i == counts.size() - 1 ? layers.size() : end(layers, from, counts.get(i));
            if (from == to) {
                throw new PlanException(
                        "layers-per-chunk",
                        "chunk " + (i + 1)
                                + " of layers-per-chunk has nothing to compute; only the first and the last, which hold"
                                + " embedding and head, may have 0 layers");
            }
            pieces.add(layers.subList(from, to));
            from = to;
        }
        return new ChunkLayout(List.copyOf(pieces), plan, model.tiedParameters());
    }

    /** Repeated layers of a model. */
    public static int blocks(Model model) {
        return (int) model.layers().stream()
                .filter(layer -> layer.role() == LayerRole.BLOCK)
                .count();
    }

    /** Index after the input layers at {@code from} and the given number of blocks. */
    private static int end(List<Layer> layers, int from, int blocks) {
        int seen = 0;
        int index = from;
        while (seen < blocks || blocks == 0 && layers.get(index).role() == LayerRole.INPUT) {
            seen += layers.get(index).role() == LayerRole.BLOCK ? 1 : 0;
            index++;
        }
        return index;
    }

    private static List<Integer> even(int layers, ParallelPlan plan) {
        int chunks = plan.chunks();
        if (chunks > layers) {
            int most = layers / plan.pipeline();
            boolean fewer = plan.virtualStages() > 1 && most > 0;
            throw new PlanException(
                    fewer ? "virtual-stages" : "pipeline",
                    "pipeline " + plan.pipeline() + " x virtual-stages " + plan.virtualStages() + " = " + chunks
                            + " chunks is more than the model's " + layers + " layers; nearest: "
                            + (fewer
                                    ? "virtual-stages " + most
                                            + (chunks <= layers + 2 ? ", or layer-split ends-as-layers" : "")
                                    : "pipeline " + layers));
        }
        return LayerPartition.equal(layers, chunks);
    }

    /** Layers of one chunk of one stage, in forward order. */
    public List<Layer> layers(int stage, int chunk) {
        return pieces.get(piece(stage, chunk));
    }

    /** Which piece of the model a chunk holds, from 0. */
    public int piece(int stage, int chunk) {
        return placement.piece(stage, chunk, stages);
    }

    /** Layers of every piece of the model, in model order. */
    public List<List<Layer>> pieces() {
        return pieces;
    }

    public int chunksPerStage() {
        return chunksPerStage;
    }

    /**
     * Parameters that one rank has for a layer. A table that input and output share counts with the input alone where one
     * stage holds both, the only one or the one where a V-shaped pipeline begins and ends; others keep one at both ends.
     */
    public ParameterCount parametersPerRank(Layer layer, Split split) {
        ParameterCount parameters = layer.parametersPerRank(split);
        return endsMeet ? withoutTable(layer, parameters, split) : parameters;
    }

    private ParameterCount withoutTable(Layer layer, ParameterCount parameters, Split split) {
        boolean hasTable = layer.role() == LayerRole.HEAD && parameters.dense() > 0;
        double shared = hasTable ? tiedParameters / split.tensor() : 0;
        return new ParameterCount(parameters.dense() - shared, parameters.expert());
    }

    /** Those of them that are trained. A layer trains all or nothing of what it shares with another. */
    public ParameterCount trainedPerRank(Layer layer, Split split) {
        ParameterCount trained = layer.trainedPerRank(split);
        return trained.equals(layer.parametersPerRank(split)) ? parametersPerRank(layer, split) : trained;
    }

    /** Trained parameters that one rank of a stage holds. */
    public ParameterCount trainedPerRank(int stage, Split split) {
        return sum(stage, layer -> trainedPerRank(layer, split));
    }

    /** Trained parameters of a piece of the model; a table that input and output share counts with the input alone. */
    public ParameterCount trainedOnce(int piece) {
        ParameterCount sum = ParameterCount.ZERO;
        for (Layer layer : pieces.get(piece)) {
            ParameterCount parameters = layer.parametersPerRank(Split.NONE);
            ParameterCount trained = layer.trainedPerRank(Split.NONE);
            sum = sum.plus(trained.equals(parameters) ? withoutTable(layer, trained, Split.NONE) : trained);
        }
        return sum;
    }

    /** Parameters that one rank of a stage holds. */
    public ParameterCount parametersPerRank(int stage, Split split) {
        return sum(stage, layer -> parametersPerRank(layer, split));
    }

    /** The sum over the layers of a stage; of equal layers in a row only the first is asked for. */
    private ParameterCount sum(int stage, Function<Layer, ParameterCount> counting) {
        ParameterCount sum = ParameterCount.ZERO;
        ParameterCount ofLayer = ParameterCount.ZERO;
        Layer before = null;
        for (int chunk = 0; chunk < chunksPerStage(); chunk++) {
            for (Layer layer : layers(stage, chunk)) {
                ofLayer = layer.equals(before) ? ofLayer : counting.apply(layer);
                sum = sum.plus(ofLayer);
                before = layer;
            }
        }
        return sum;
    }

    /** The most elements of one micro-batch that cross a cut, those of all tensor ranks together; 0 without a cut. */
    public double messageElements(Shard shard) {
        double most = 0;
        for (List<Layer> piece : pieces.subList(1, pieces.size())) {
            Layer first = piece.get(0);
            most = Math.max(most, first.inputElements(shard) + first.bypassingElements(shard));
        }
        return most;
    }
}
