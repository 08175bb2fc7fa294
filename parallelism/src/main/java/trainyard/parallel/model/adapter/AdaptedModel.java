package trainyard.parallel.model.adapter;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.DerivedModel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Operator.MatrixMultiply;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.sim.hardware.Precision;

/** A model whose weights are frozen, with low-rank adapters that are trained in their place. */
public final class AdaptedModel implements DerivedModel {

    private final Model base;
    private final Adapters adapters;
    private final List<Layer> layers;

    private AdaptedModel(Model base, Adapters adapters) {
        this.base = Objects.requireNonNull(base, "base");
        this.adapters = Objects.requireNonNull(adapters, "adapters");
        this.layers = DerivedModel.layers(base, layer -> new AdaptedLayer(layer, adapters));
    }

    /**
     * The model with adapters.
     *
     * @throws IllegalArgumentException if no layer has a product of one of the modules
     */
    public static AdaptedModel of(Model base, Adapters adapters) {
        AdaptedModel adapted = new AdaptedModel(base, adapters);
        for (AdapterModule module : adapters.modules()) {
            if (adapted.layers.stream().distinct().noneMatch(layer -> ((AdaptedLayer) layer).has(module))) {
                throw new IllegalArgumentException(
                        base.name() + " has no " + word(module) + " that could carry an adapter");
            }
        }
        return adapted;
    }

    private static String word(AdapterModule module) {
        return module.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Adapters adapters() {
        return adapters;
    }

    @Override
    public String name() {
        return base.name() + " with adapters of rank " + adapters.rank();
    }

    @Override
    public Model base() {
        return base;
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    /** Tensor ranks split the rank of an adapter too. */
    @Override
    public boolean dividesInto(int tensorRanks) {
        return base.dividesInto(tensorRanks) && adapters.rank() % tensorRanks == 0;
    }

    @Override
    public double trainedParameters() {
        return layers.stream()
                .mapToDouble(layer -> layer.trainedPerRank(Split.NONE).total())
                .sum();
    }

    /** Those of the base that a token meets and all adapters, those of idle experts too. */
    @Override
    public double activeParameters() {
        return base.activeParameters() + trainedParameters();
    }

    /** Two forward passes of what is frozen, which has no weight gradient, and three of all else. */
    @Override
    public double stepFlops(double sequences, int sequenceLength) {
        Shard whole = new Shard(1, sequenceLength, Split.NONE, Precision.BF16, AttentionKernel.FLASH_2);
        Map<Layer, Double> frozen = new IdentityHashMap<>();
        double sum = 0;
        for (Layer layer : layers) {
            sum += frozen.computeIfAbsent(layer, one -> frozenFlops(one.operators(whole)));
        }
        return 3 * forwardFlops(sequences, sequenceLength) - sequences * sum;
    }

    private static double frozenFlops(List<Operator> operators) {
        return operators.stream()
                .filter(operator -> operator instanceof MatrixMultiply product && product.frozen())
                .mapToDouble(Operator::modelFlops)
                .sum();
    }
}
