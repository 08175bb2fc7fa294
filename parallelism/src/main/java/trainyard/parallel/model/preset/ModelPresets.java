package trainyard.parallel.model.preset;

import java.util.ArrayList;
import java.util.List;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.feedforward.Inception;
import trainyard.parallel.model.feedforward.MultilayerPerceptron;
import trainyard.parallel.model.feedforward.ResidualNetworks;
import trainyard.parallel.model.feedforward.Vgg;

/** Published models by name. */
public final class ModelPresets {

    private static final List<Model> ALL = collect();

    private ModelPresets() {}

    private static List<Model> collect() {
        List<Model> all = new ArrayList<>();
        all.addAll(GptPresets.ALL);
        all.addAll(LlamaPresets.ALL);
        all.addAll(ExpertPresets.ALL);
        all.addAll(EncoderPresets.ALL);
        all.add(ResidualNetworks.resNet50());
        all.add(ResidualNetworks.resNet101());
        all.add(Vgg.vgg16());
        all.add(Inception.v3());
        // LeCun et al. 1998, section III.B.2: handwritten digits of 28 x 28 pixels through 300 and 100 hidden units.
        all.add(MultilayerPerceptron.of("mlp-digits", List.of(784, 300, 100, 10)));
        return List.copyOf(all);
    }

    /** Every preset, grouped by family. */
    public static List<Model> all() {
        return ALL;
    }

    /**
     * The preset of a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all
     */
    public static Model named(String name) {
        return ALL.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = ALL.stream().map(Model::name).toList();
                    return new IllegalArgumentException(
                            "no model '" + name + "'; there are " + String.join(", ", names));
                });
    }
}
