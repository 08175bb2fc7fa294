package trainyard.parallel.model;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** A model that is another one but for its layers, each derived from one of the other's. */
public interface DerivedModel extends Model {

    /** The model that it is derived from. */
    Model base();

    /** The layers of a model, each changed; equal layers stay one object, so that each is priced once. */
    static List<Layer> layers(Model base, UnaryOperator<Layer> change) {
        Map<Layer, Layer> known = new IdentityHashMap<>();
        return base.layers().stream()
                .map(layer -> known.computeIfAbsent(layer, change))
                .toList();
    }

    @Override
    default String name() {
        return base().name();
    }

    @Override
    default double tiedParameters() {
        return base().tiedParameters();
    }

    @Override
    default int heads() {
        return base().heads();
    }

    @Override
    default int experts() {
        return base().experts();
    }

    @Override
    default OptionalInt ownSequence() {
        return base().ownSequence();
    }

    @Override
    default boolean dividesInto(int tensorRanks) {
        return base().dividesInto(tensorRanks);
    }

    @Override
    default double activeParameters() {
        return base().activeParameters();
    }
}
