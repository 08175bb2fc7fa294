package trainyard.training.dl4j;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where each parameter lies in the one vector of DL4J. That one orders values by column where blocks here lie row by row, has
 * biases of convolutions before their weights, and keeps those weights as one small image for each output and input.
 */
final class ParameterPlaces {
    private final int[] places;

    private ParameterPlaces(int[] places) {
        this.places = places;
    }

    static ParameterPlaces of(List<Part> parts, MultiLayerNetwork network) {
        int[] places = new int[parts.get(parts.size() - 1).block().end()];
        Arrays.fill(places, -1);
        long base = network.params().offset();
        for (Part part : parts) {
            INDArray own = network.getLayer(part.layer()).getParam(part.key());
            int columns = part.block().columns();
            for (int i = 0; i < part.block().size(); i++) {
                places[part.block().offset() + i] =
                        Math.toIntExact(own.offset() - base + within(own, i / columns, i % columns));
            }
        }
        boolean complete = places.length == network.numParams()
                && Arrays.stream(places).distinct().count() == places.length
                && Arrays.stream(places).min().orElse(-1) == 0;
        if (!complete) {
            throw new IllegalStateException("parts do not cover the parameters of " + network.summary());
        }
        return new ParameterPlaces(places);
    }

    private static long within(INDArray own, int row, int column) {
        return switch (own.rank()) {
            case 1 -> column * own.stride(0);
            case 2 -> row * own.stride(0) + column * own.stride(1);
            case 4 -> {
                long window = own.size(2) * own.size(3);
                yield column * own.stride(0)
                        + row / window * own.stride(1)
                        + row % window / own.size(3) * own.stride(2)
                        + row % window % own.size(3) * own.stride(3);
            }
            default -> throw new IllegalStateException("parameters of " + own.rank() + " dimensions");
        };
    }

    /** Index in DL4J's order by ours. */
    int[] indices() {
        return places.clone();
    }

    /** The same values in DL4J's order. */
    double[] toDl4j(double[] parameters) {
        double[] own = new double[places.length];
        for (int i = 0; i < places.length; i++) {
            own[places[i]] = parameters[i];
        }
        return own;
    }

    /** DL4J's values in our order, each times a factor. */
    void fromDl4j(double[] own, double factor, double[] parameters) {
        for (int i = 0; i < places.length; i++) {
            parameters[i] = factor * own[places[i]];
        }
    }
}
