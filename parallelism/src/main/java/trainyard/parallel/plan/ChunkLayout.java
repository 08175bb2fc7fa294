package trainyard.parallel.plan;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;

/**
 * Which layers lie on which pipeline stage. Chunk c of stage i is the (c p + i)-th piece of the model; the first piece
 * also holds what comes before the repeated layers, the last one what comes after.
 */
public final class ChunkLayout {

    private final List<List<Layer>> pieces;
    private final int stages;

    private ChunkLayout(List<List<Layer>> pieces, int stages) {
        this.pieces = pieces;
        this.stages = stages;
    }

    /**
     * Cuts a model as the plan says; without explicit counts the repeated layers are split evenly, one more on the first
     * pieces where they do not divide.
     *
     * @throws PlanException if there are more pieces than layers or explicit counts do not add up
     */
    public static ChunkLayout of(Model model, ParallelPlan plan) {
        List<Layer> layers = model.layers();
        int repeated = layers.size() - 2;
        List<Integer> layersPerChunk = plan.pipelining().layersPerChunk();
        List<Integer> counts = layersPerChunk.isEmpty() ? even(repeated, plan) : layersPerChunk;
        int sum = counts.stream().mapToInt(Integer::intValue).sum();
        if (sum != repeated) {
            throw new PlanException(
                    "layers-per-chunk",
                    "layers-per-chunk adds up to " + sum + ", the model has " + repeated + " layers");
        }
        List<List<Layer>> pieces = new ArrayList<>();
        int next = 1;
        for (int i = 0; i < counts.size(); i++) {
            int from = i == 0 ? 0 : next;
            next += counts.get(i);
            int to = i == counts.size() - 1 ? layers.size() : next;
            pieces.add(layers.subList(from, to));
        }
        return new ChunkLayout(List.copyOf(pieces), plan.pipeline());
    }

    private static List<Integer> even(int layers, ParallelPlan plan) {
        int chunks = plan.chunks();
        if (chunks > layers) {
            throw new PlanException(
                    "pipeline",
                    "pipeline " + plan.pipeline() + " x virtual-stages " + plan.virtualStages() + " = " + chunks
                            + " chunks is more than the model's " + layers + " layers");
        }
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            counts.add(layers / chunks + (i < layers % chunks ? 1 : 0));
        }
        return counts;
    }

    /** Layers of one chunk of one stage, in forward order. */
    public List<Layer> layers(int stage, int chunk) {
        return pieces.get(chunk * stages + stage);
    }

    public int chunksPerStage() {
        return pieces.size() / stages;
    }

    public int stages() {
        return stages;
    }

    /** Parameters that each tensor-parallel rank of a stage holds. */
    public double parametersPerRank(int stage, int tensor) {
        double sum = 0;
        for (int chunk = 0; chunk < chunksPerStage(); chunk++) {
            for (Layer layer : layers(stage, chunk)) {
                sum += layer.parametersPerRank(tensor);
            }
        }
        return sum;
    }
}
