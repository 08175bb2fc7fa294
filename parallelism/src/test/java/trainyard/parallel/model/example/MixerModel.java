package trainyard.parallel.model.example;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;

/** MLP-Mixer: nothing but {@link MixerLayer}s between a first and a last layer. */
record MixerModel(String name, int layerCount, MixerLayer layer, Layer stem, Layer classifier) implements Model {

    @Override
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        layers.add(stem);
        for (int i = 0; i < layerCount; i++) {
            layers.add(layer);
        }
        layers.add(classifier);
        return layers;
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
