package trainyard.parallel.model.feedforward;

import java.util.List;
import trainyard.parallel.model.LayerRole;
import trainyard.sim.checks.Checks;

/** Fully connected layers with ReLU between them. */
public final class MultilayerPerceptron {

    private MultilayerPerceptron() {}

    /**
     * A classifier.
     *
     * @param widths values of an input, of each hidden layer, and classes: at least one hidden layer
     */
    public static FeedForwardNetwork of(String name, List<Integer> widths) {
        if (widths.size() < 3) {
            throw new IllegalArgumentException("a perceptron needs input, hidden and output widths, got " + widths);
        }
        widths.forEach(width -> Checks.atLeast("width", width, 1));
        LayerBuilder network = new LayerBuilder(new FeatureMap(widths.get(0), 1, 1));
        for (int width : widths.subList(1, widths.size() - 1)) {
            network.connect(width).activate().layer("fully connected", LayerRole.BLOCK);
        }
        return network.connect(widths.get(widths.size() - 1))
                .classify()
                .layer("classifier", LayerRole.HEAD)
                .build(name);
    }
}
