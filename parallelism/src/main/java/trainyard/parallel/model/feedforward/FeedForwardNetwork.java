package trainyard.parallel.model.feedforward;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;

/**
 * A convolutional or fully connected classifier. Only whole layers are split over ranks: its {@link #heads} are 1.
 *
 * @param name what to call it
 * @param layers in the order of the forward pass
 */
public record FeedForwardNetwork(String name, List<Layer> layers) implements Model {

    public FeedForwardNetwork {
        Objects.requireNonNull(name, "name");
        layers = List.copyOf(layers);
    }

    @Override
    public OptionalInt ownSequence() {
        return OptionalInt.of(1);
    }

    @Override
    public double tiedParameters() {
        return 0;
    }

    @Override
    public int heads() {
        return 1;
    }
}
