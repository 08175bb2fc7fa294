package trainyard.parallel.memory;

import java.util.List;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Recompute;

/**
 * Activation bytes of a chunk for one micro-batch. Where layers are computed again in groups, the group's input is kept and
 * the backward pass holds all that its layers save at once.
 */
final class ChunkActivations {

    private final LayerActivations activations;
    /** Layers whose moved activations are on the device: of the one that computes and of the one being copied. */
    private static final int IN_TRANSIT = 2;

    private final Checkpointing checkpointing;
    private final boolean moved;

    ChunkActivations(TrainingJob job) {
        this.activations = new LayerActivations(job.shard(), job.precision());
        this.checkpointing = job.plan().checkpointing();
        this.moved = job.plan().offload().movesActivations();
    }

    /** Bytes of the chunk's repeated layers that are moved out of device memory; 0 where they stay. */
    double moved(List<Layer> layers, int piece) {
        return moved ? keptOfBlocks(layers, piece) : 0;
    }

    private double keptOfBlocks(List<Layer> layers, int piece) {
        double kept = 0;
        int block = 0;
        for (Layer layer : layers) {
            if (layer.role() == LayerRole.BLOCK) {
                kept += block % checkpointing.group() == 0
                        ? activations.kept(layer, recompute(layer, piece, block))
                        : 0;
                block++;
            }
        }
        return kept;
    }

    /**
     * Bytes of one chunk.
     *
     * @param layers its layers in forward order
     * @param piece piece of the model that it holds
     */
    ActivationPeak.Chunk of(List<Layer> layers, int piece) {
        double kept = 0;
        double logits = 0;
        double weight = 0;
        double working = 0;
        double group = 0;
        int block = 0;
        for (Layer layer : layers) {
            double gradient = activations.widestGradient(layer);
            weight += activations.keptForWeight(layer);
            if (layer.role() == LayerRole.HEAD) {
                // The 16-bit logits live beside their 32-bit softmax, and their gradient takes their place.
                logits += activations.kept(layer, Recompute.NONE) + gradient;
                continue;
            }
            Recompute recompute = recompute(layer, piece, block);
            boolean first = !layer.recomputable() || block % checkpointing.group() == 0;
            double own = activations.kept(layer, recompute);
            group = activations.recomputed(layer, recompute) + (first ? 0 : group + own);
            boolean leaves = moved && layer.recomputable();
            kept += first && !leaves ? own : 0;
            working = Math.max(working, group + gradient + (leaves ? IN_TRANSIT * own : 0));
            block += layer.recomputable() ? 1 : 0;
        }
        return new ActivationPeak.Chunk(kept, logits, working, weight);
    }

    private Recompute recompute(Layer layer, int piece, int block) {
        return layer.recomputable() ? checkpointing.of(piece, block) : Recompute.NONE;
    }

    /**
     * Share of the activations of the repeated layers that stays from the input's to the weights' gradient, in [0, 1];
     * schedules that part the two are made with it.
     *
     * @param pieces layers of every piece of the model
     */
    double keptForWeight(List<List<Layer>> pieces) {
        double kept = 0;
        double forWeight = 0;
        for (int piece = 0; piece < pieces.size(); piece++) {
            kept += keptOfBlocks(pieces.get(piece), piece);
            for (Layer layer : pieces.get(piece)) {
                forWeight += layer.role() == LayerRole.BLOCK ? activations.keptForWeight(layer) : 0;
            }
        }
        return kept == 0 ? 0 : Math.min(1, forWeight / kept);
    }
}
