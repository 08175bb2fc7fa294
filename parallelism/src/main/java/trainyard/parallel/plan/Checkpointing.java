package trainyard.parallel.plan;

import java.util.List;
import java.util.Objects;

/**
 * Activation checkpointing: what is computed again in which of the repeated layers.
 *
 * @param recompute what a layer that is chosen computes again
 * @param method how layers are chosen
 * @param layers with {@link RecomputeMethod#BLOCK} the chosen layers of each chunk in model order, or of every chunk if
 *     one number, all if empty; with {@link RecomputeMethod#UNIFORM} the layers of a group, one if empty
 */
public record Checkpointing(Recompute recompute, RecomputeMethod method, List<Integer> layers) {

    /** Everything is kept. */
    public static final Checkpointing NONE = of(Recompute.NONE);

    public Checkpointing {
        Objects.requireNonNull(recompute, "recompute");
        Objects.requireNonNull(method, "method");
        layers = List.copyOf(layers);
        boolean uniform = method == RecomputeMethod.UNIFORM;
        if (!layers.isEmpty() && (recompute.equals(Recompute.NONE) || uniform && !recompute.equals(Recompute.FULL))) {
            throw new PlanException(
                    "recompute-layers",
                    "recompute-layers with recompute-method " + (uniform ? "uniform needs" : "block needs selective or")
                            + " recompute: full");
        }
        if (uniform && (layers.size() > 1 || !layers.isEmpty() && layers.get(0) < 1)) {
            throw new PlanException(
                    "recompute-layers", "recompute-method uniform takes one number of layers, at least 1");
        }
        if (layers.stream().anyMatch(count -> count < 0)) {
            throw new PlanException("recompute-layers", "recompute-layers must not be negative, got " + layers);
        }
    }

    /** The same in every layer. */
    public static Checkpointing of(Recompute recompute) {
        return new Checkpointing(recompute, RecomputeMethod.UNIFORM, List.of());
    }

    /** In the first {@code layers} of each chunk only. */
    public static Checkpointing block(Recompute recompute, Integer... layers) {
        return new Checkpointing(recompute, RecomputeMethod.BLOCK, List.of(layers));
    }

    /** In every layer, in groups of which only the input is kept. */
    public static Checkpointing groups(int layers) {
        return new Checkpointing(Recompute.FULL, RecomputeMethod.UNIFORM, List.of(layers));
    }

    /**
     * What one layer computes again.
     *
     * @param piece piece of the model that it lies in, from 0
     * @param block its number among the repeated layers of the piece, from 0
     */
    public Recompute of(int piece, int block) {
        if (method == RecomputeMethod.UNIFORM || layers.isEmpty()) {
            return recompute;
        }
        return block < layers.get(layers.size() == 1 ? 0 : piece) ? recompute : Recompute.NONE;
    }

    /** Layers that are computed again at once. */
    public int group() {
        return method == RecomputeMethod.BLOCK || layers.isEmpty() ? 1 : layers.get(0);
    }
}
