package trainyard.parallel.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputedModules;
import trainyard.parallel.precision.PrecisionRecipe;

/**
 * Activation bytes of one layer and one micro-batch on one rank (Korthikanti et al. 2022, sections 4 and 5): what is kept
 * from the forward to the backward pass, and what the backward pass needs on top while it works on the layer.
 */
public final class LayerActivations {

    /** The 32-bit statistic of a row that fused attention keeps. */
    private static final double STATISTIC_BYTES = 4;

    private final Shard shard;
    private final double quantisedInput;
    private final Map<Layer, Bytes> known = new HashMap<>();
    private Layer last;
    private Bytes lastBytes = new Bytes(0, 0, 0, 0, 0, Map.of());

    /** What one layer comes to; the layers of a model are mostly equal, so each kind is worked out once. */
    private record Bytes(
            double all,
            double results,
            double input,
            double keptForWeight,
            double widestGradient,
            Map<Recompute, Double> byModules) {}

    /**
     * @param shard share of the layer that a rank computes
     * @param recipe number formats; a quantised product keeps the copy of its input that the weight gradient reads
     */
    public LayerActivations(Shard shard, PrecisionRecipe recipe) {
        this.quantisedInput = recipe.savedInputBytes() / recipe.storage().bytes();
        this.shard = shard;
    }

    /**
     * Bytes kept until the backward pass: everything; all but what the modules drop, such as what lies inside the attention
     * core, whose inputs Q, K and V stay; the layer's input, the result of attention and half of those of products (every second one); or the layer's
     * input alone.
     */
    public double kept(Layer layer, Recompute recompute) {
        Bytes bytes = bytes(layer);
        return switch (layer.recomputable() ? recompute.rule() : Recompute.Rule.NONE) {
            case NONE -> bytes.all;
            case MODULES -> bytes.byModules.computeIfAbsent(recompute, modules -> keptBeside(layer, modules));
            case OPERATORS -> bytes.input + bytes.results;
            case FULL -> bytes.input;
        };
    }

    /** Bytes that exist only while the backward pass works on the layer, because it has computed them again. */
    double recomputed(Layer layer, Recompute recompute) {
        return Math.max(0, bytes(layer).all - kept(layer, recompute));
    }

    /**
     * Bytes that stay from the input's to the weights' gradient: what enters each product with weights and the gradient of
     * what leaves it, {@code 32 s b h} for a GPT layer (Qi et al. 2024, table 1).
     */
    double keptForWeight(Layer layer) {
        return bytes(layer).keptForWeight;
    }

    /** Bytes of the widest product of the layer, whose gradient the backward pass holds beside the saved values. */
    double widestGradient(Layer layer) {
        return bytes(layer).widestGradient;
    }

    /** Most layers are the one before once more, which is quicker to see than to look up. */
    private Bytes bytes(Layer layer) {
        if (layer != last) {
            lastBytes = known.computeIfAbsent(layer, this::workOut);
            last = layer;
        }
        return lastBytes;
    }

    private Bytes workOut(Layer layer) {
        List<Operator> operators = layer.operators(shard);
        return new Bytes(
                saved(operators),
                results(operators),
                shard.precision().bytes() * shard.outside(layer.inputElements(shard)),
                keptForWeight(operators),
                widestGradient(operators),
                new HashMap<>());
    }

    private double results(List<Operator> operators) {
        double p = shard.precision().bytes();
        double sum = 0;
        for (Operator operator : operators) {
            if (operator instanceof Operator.MatrixMultiply product && product.weighted()) {
                sum += p * product.batch() * product.m() * product.n() / 2;
            } else if (operator instanceof Operator.FlashAttention attention) {
                sum += attention.batch() * attention.queries() * (p * attention.valueSize() + STATISTIC_BYTES);
            }
        }
        return sum;
    }

    private double keptForWeight(List<Operator> operators) {
        double sum = 0;
        for (Operator operator : operators) {
            if (operator instanceof Operator.MatrixMultiply product && product.trained()) {
                double bytes = shard.precision().bytes() * (product.quantised() ? quantisedInput : 1);
                sum += bytes * product.batch() * product.m() * (product.k() + product.n());
            }
        }
        return sum;
    }

    private double widestGradient(List<Operator> operators) {
        double widest = 0;
        for (Operator operator : operators) {
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

    private double saved(List<Operator> operators) {
        double sum = 0;
        for (Operator operator : operators) {
            sum += operator.savedBytes() * copyShare(operator);
        }
        return sum;
    }

    private double keptBeside(Layer layer, Recompute recompute) {
        List<Operator> operators = layer.operators(shard);
        RecomputedModules modules = new RecomputedModules(operators, recompute);
        double sum = 0;
        for (int i = 0; i < operators.size(); i++) {
            sum += modules.kept(i) * copyShare(operators.get(i));
        }
        return sum;
    }

    /** A quantised product keeps the copy of its input that its weight gradient reads. */
    private double copyShare(Operator operator) {
        return operator instanceof Operator.MatrixMultiply product && product.quantised() ? quantisedInput : 1;
    }
}
