package trainyard.parallel.model.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.DerivedLayer;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Operator.FlashAttention;
import trainyard.parallel.model.Operator.Indexed;
import trainyard.parallel.model.Operator.MatrixMultiply;
import trainyard.parallel.model.Operator.Streaming;
import trainyard.parallel.model.Operator.TensorCollective;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

/**
 * A layer with frozen weights, a block with adapters beside some of them. Forward everything runs. Backward the gradient of
 * the input passes through frozen products as before and their weights' gradients are left out, with the inputs kept for
 * them; biases are frozen too. What comes before the first block has no backward pass at all. Norms keep their kernels,
 * which yield both gradients at once.
 *
 * @param base the layer
 * @param adapters what is added to a block
 */
record AdaptedLayer(Layer base, Adapters adapters) implements DerivedLayer {

    /** Sizes of weights depend on no token. */
    private static Shard anyTokens(Split split) {
        return new Shard(1, 1, split, Precision.BF16, AttentionKernel.FLASH_2);
    }

    @Override
    public ParameterCount parametersPerRank(Split split) {
        return base.parametersPerRank(split).plus(trainedPerRank(split));
    }

    @Override
    public ParameterCount trainedPerRank(Split split) {
        double dense = 0;
        double expert = 0;
        for (Operator operator : base.operators(anyTokens(split))) {
            double parameters =
                    adapted(operator, split).map(AdaptedProduct::parameters).orElse(0.0);
            boolean routed = AdapterModule.isRouted(operator.name());
            dense += routed ? 0 : parameters;
            expert += routed ? parameters : 0;
        }
        return new ParameterCount(dense, expert);
    }

    /** Whether a product of the layer carries an adapter of the module. */
    boolean has(AdapterModule module) {
        return role() == LayerRole.BLOCK
                && base.operators(anyTokens(Split.NONE)).stream()
                        .anyMatch(operator -> isWeight(operator)
                                && AdapterModule.of(operator.name())
                                        .filter(module::equals)
                                        .isPresent());
    }

    private static boolean isWeight(Operator operator) {
        return operator instanceof MatrixMultiply product && product.weighted();
    }

    private Optional<AdaptedProduct> adapted(Operator operator, Split split) {
        if (role() != LayerRole.BLOCK || !(operator instanceof MatrixMultiply product) || !product.weighted()) {
            return Optional.empty();
        }
        return AdapterModule.of(product.name())
                .filter(adapters.modules()::contains)
                .map(module -> AdaptedProduct.of(product, module, adapters.rank(), split));
    }

    @Override
    public List<Operator> operators(Shard shard) {
        List<Operator> before = base.operators(shard);
        List<Operator> operators = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            Operator operator = before.get(i);
            if (role() == LayerRole.INPUT) {
                operators.add(forwardOnly(operator));
            } else if (isWeight(operator)) {
                adapted(operator, shard.split())
                        .ifPresentOrElse(
                                product -> product.addOperators(shard, operators),
                                () -> operators.add(((MatrixMultiply) operator).withFrozenWeight()));
            } else if (operator instanceof FlashAttention attention) {
                operators.add(attention.withSavedBytes(attention.savedBytes() + resultKept(before, i, shard)));
            } else if (!isBiasGradient(operator)) {
                operators.add(operator);
            }
        }
        return operators;
    }

    /** A pass that only the backward pass makes, outside attention, sums the gradient of a bias. */
    private static boolean isBiasGradient(Operator operator) {
        return operator instanceof Streaming x && x.forwardKernels() == 0 && !x.attentionCore();
    }

    /**
     * The backward pass of fused attention reads its result, which the next product keeps for its weight gradient or its
     * adapter; a frozen one without an adapter does not.
     */
    private double resultKept(List<Operator> operators, int attention, Shard shard) {
        for (Operator next : operators.subList(attention + 1, operators.size())) {
            if (isWeight(next)) {
                return adapted(next, shard.split()).isPresent() ? 0 : next.savedBytes();
            }
        }
        return 0;
    }

    private static Operator forwardOnly(Operator operator) {
        if (operator instanceof Streaming x) {
            return new Streaming(
                            x.name(),
                            x.forwardBytes(),
                            0,
                            x.forwardKernels(),
                            0,
                            x.randomElements(),
                            x.attentionCore(),
                            0)
                    .with(new Indexed(x.indexed().forward(), 0));
        }
        if (operator instanceof TensorCollective x) {
            return new TensorCollective(x.name(), x.forward(), Optional.empty(), x.bytes(), x.quantised());
        }
        return operator instanceof MatrixMultiply product && product.weighted() ? product.withFrozenWeight() : operator;
    }
}
