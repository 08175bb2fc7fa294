package trainyard.parallel.memory;

import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.plan.Recompute;

/**
 * Activation bytes of one layer and one micro-batch on one rank (Korthikanti et al. 2022, sections 4 and 5): what is kept
 * from the forward to the backward pass, and what the backward pass needs on top while it works on the layer.
 */
final class LayerActivations {

    private final Shard shard;
    private final Recompute recompute;

    /**
     * @param shard share of the layer that a rank computes
     * @param recompute what the backward pass computes again
     */
    LayerActivations(Shard shard, Recompute recompute) {
        this.shard = shard;
        this.recompute = recompute;
    }

    /**
     * Bytes kept until the backward pass: everything; all but what lies inside the attention core, whose inputs Q, K and
     * V stay; or the layer's input alone.
     */
    double kept(Layer layer) {
        if (!layer.recomputable() || recompute == Recompute.NONE) {
            return saved(layer, false);
        }
        return recompute == Recompute.FULL
                ? shard.precision().bytes() * shard.outside(layer.inputElements(shard))
                : saved(layer, true);
    }

    /** Bytes that exist only while the backward pass works on the layer, because it has computed them again. */
    double recomputed(Layer layer) {
        return layer.recomputable() ? Math.max(0, saved(layer, false) - kept(layer)) : 0;
    }

    /** Bytes of the widest product of the layer, whose gradient the backward pass holds beside the saved values. */
    double widestGradient(Layer layer) {
        double widest = 0;
        for (Operator operator : layer.operators(shard)) {
            double elements = 0;
            if (operator instanceof Operator.MatrixMultiply product) {
                elements = product.batch() * product.m() * product.n();
            } else if (operator instanceof Operator.Convolution product) {
                elements = product.groups() * product.m() * product.n();
            }
            widest = Math.max(widest, shard.precision().bytes() * elements);
        }
        return widest;
    }

    private double saved(Layer layer, boolean withoutCore) {
        double sum = 0;
        for (Operator operator : layer.operators(shard)) {
            boolean insideCore = operator instanceof Operator.Streaming && operator.attentionCore();
            if (!(withoutCore && insideCore)) {
                sum += operator.savedBytes();
            }
        }
        return sum;
    }
}
