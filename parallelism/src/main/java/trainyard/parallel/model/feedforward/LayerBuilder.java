package trainyard.parallel.model.feedforward;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;

/** Strings operations to layers and layers to a network, keeping track of the feature map that flows through. */
final class LayerBuilder {

    private final List<Layer> layers = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private FeatureMap map;
    private FeatureMap start;

    LayerBuilder(FeatureMap image) {
        this.map = image;
        this.start = image;
    }

    private boolean atImages() {
        return layers.isEmpty() && operations.isEmpty();
    }

    /** A convolution with bias and ReLU. */
    LayerBuilder convolve(int channels, Window window) {
        product(channels, window, true);
        operations.add(new Operation.Activate(map));
        return this;
    }

    /** A convolution, batch norm and ReLU. */
    LayerBuilder normalised(int channels, Window window) {
        return linear(channels, window).activate();
    }

    /** A convolution and batch norm without activation. */
    LayerBuilder linear(int channels, Window window) {
        product(channels, window, false);
        operations.add(new Operation.BatchNorm(map));
        return this;
    }

    LayerBuilder activate() {
        operations.add(new Operation.Activate(map));
        return this;
    }

    private void product(int channels, Window window, boolean bias) {
        FeatureMap output = window.output(map, channels);
        operations.add(new Operation.Convolve(map, output, window, atImages(), bias));
        map = output;
    }

    LayerBuilder pool(Window window) {
        FeatureMap output = window.output(map, map.channels());
        operations.add(new Operation.Pool(map, output));
        map = output;
        return this;
    }

    /** Each channel to one value, its mean. */
    LayerBuilder poolAll() {
        FeatureMap output = new FeatureMap(map.channels(), 1, 1);
        operations.add(new Operation.Pool(map, output));
        map = output;
        return this;
    }

    /** Adds to the map what {@code shortcut} makes of the map that the layer began with. */
    LayerBuilder addShortcut(Consumer<LayerBuilder> shortcut) {
        FeatureMap result = map;
        map = start;
        shortcut.accept(this);
        map = result;
        operations.add(new Operation.Join(map, true));
        return this;
    }

    /** Lays side by side what the branches make of the present map. */
    LayerBuilder branches(List<Consumer<LayerBuilder>> branches) {
        FeatureMap input = map;
        int channels = 0;
        for (Consumer<LayerBuilder> branch : branches) {
            map = input;
            branch.accept(this);
            channels += map.channels();
        }
        map = map.withChannels(channels);
        operations.add(new Operation.Join(map, false));
        return this;
    }

    LayerBuilder connect(int outputs) {
        operations.add(new Operation.Connect((int) map.elements(), outputs));
        map = new FeatureMap(outputs, 1, 1);
        return this;
    }

    LayerBuilder drop() {
        operations.add(new Operation.Drop(map));
        return this;
    }

    LayerBuilder classify() {
        operations.add(new Operation.Classify(map.channels()));
        return this;
    }

    /** Ends a layer here. */
    LayerBuilder layer(String kind, LayerRole role) {
        layers.add(new FeedForwardLayer(kind, role, start.elements(), operations));
        operations.clear();
        start = map;
        return this;
    }

    FeedForwardNetwork build(String name) {
        return new FeedForwardNetwork(name, layers);
    }
}
