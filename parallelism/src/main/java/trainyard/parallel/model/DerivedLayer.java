package trainyard.parallel.model;

/** A layer that is another one but for what it says differently, above all its operators. */
public interface DerivedLayer extends Layer {

    /** The layer that it is derived from. */
    Layer base();

    @Override
    default String kind() {
        return base().kind();
    }

    @Override
    default LayerRole role() {
        return base().role();
    }

    @Override
    default ParameterCount parametersPerRank(Split split) {
        return base().parametersPerRank(split);
    }

    @Override
    default ParameterCount trainedPerRank(Split split) {
        return base().trainedPerRank(split);
    }

    @Override
    default boolean recomputable() {
        return base().recomputable();
    }

    @Override
    default double inputElements(Shard shard) {
        return base().inputElements(shard);
    }

    @Override
    default double bypassingElements(Shard shard) {
        return base().bypassingElements(shard);
    }
}
