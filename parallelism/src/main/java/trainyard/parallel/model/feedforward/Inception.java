package trainyard.parallel.model.feedforward;

import java.util.List;
import java.util.function.Consumer;
import trainyard.parallel.model.LayerRole;

/**
 * Inception-v3 (Szegedy et al. 2016, table 1 and figures 5 to 10, with the widths of the released TensorFlow and PyTorch
 * models), for images of 299 x 299 pixels in 1000 classes, without the auxiliary classifier.
 */
public final class Inception {

    private static final Window POINT = Window.square(1, 1, 0);
    private static final Window HALVE = Window.square(3, 2, 0);
    private static final Window ROW_7 = Window.same(1, 7);
    private static final Window COLUMN_7 = Window.same(7, 1);

    private Inception() {}

    public static FeedForwardNetwork v3() {
        LayerBuilder network = new LayerBuilder(new FeatureMap(3, 299, 299))
                .normalised(32, HALVE)
                .normalised(32, Window.square(3, 1, 0))
                .normalised(64, Window.same(3, 3))
                .pool(HALVE)
                .normalised(80, POINT)
                .normalised(192, Window.square(3, 1, 0))
                .pool(HALVE)
                .layer("stem", LayerRole.INPUT);
        for (int pooled : new int[] {32, 64, 64}) {
            mixed(network, fine(pooled));
        }
        mixed(network, firstReduction());
        for (int width : new int[] {128, 160, 160, 192}) {
            mixed(network, factorised(width));
        }
        mixed(network, secondReduction());
        mixed(network, expanded());
        mixed(network, expanded());
        return network.poolAll()
                .drop()
                .connect(1000)
                .classify()
                .layer("classifier", LayerRole.HEAD)
                .build("inception-v3");
    }

    private static void mixed(LayerBuilder network, List<Consumer<LayerBuilder>> branches) {
        network.branches(branches).layer("inception", LayerRole.BLOCK);
    }

    private static List<Consumer<LayerBuilder>> fine(int pooled) {
        return List.of(
                x -> x.normalised(64, POINT),
                x -> x.normalised(48, POINT).normalised(64, Window.same(5, 5)),
                x -> x.normalised(64, POINT).normalised(96, Window.same(3, 3)).normalised(96, Window.same(3, 3)),
                x -> x.pool(Window.same(3, 3)).normalised(pooled, POINT));
    }

    private static List<Consumer<LayerBuilder>> firstReduction() {
        return List.of(
                x -> x.normalised(384, HALVE),
                x -> x.normalised(64, POINT).normalised(96, Window.same(3, 3)).normalised(96, HALVE),
                x -> x.pool(HALVE));
    }

    private static List<Consumer<LayerBuilder>> factorised(int width) {
        return List.of(
                x -> x.normalised(192, POINT),
                x -> x.normalised(width, POINT).normalised(width, ROW_7).normalised(192, COLUMN_7),
                x -> x.normalised(width, POINT)
                        .normalised(width, COLUMN_7)
                        .normalised(width, ROW_7)
                        .normalised(width, COLUMN_7)
                        .normalised(192, ROW_7),
                x -> x.pool(Window.same(3, 3)).normalised(192, POINT));
    }

    private static List<Consumer<LayerBuilder>> secondReduction() {
        return List.of(
                x -> x.normalised(192, POINT).normalised(320, HALVE),
                x -> x.normalised(192, POINT)
                        .normalised(192, ROW_7)
                        .normalised(192, COLUMN_7)
                        .normalised(192, HALVE),
                x -> x.pool(HALVE));
    }

    private static List<Consumer<LayerBuilder>> expanded() {
        List<Consumer<LayerBuilder>> split =
                List.of(x -> x.normalised(384, Window.same(1, 3)), x -> x.normalised(384, Window.same(3, 1)));
        return List.of(
                x -> x.normalised(320, POINT),
                x -> x.normalised(384, POINT).branches(split),
                x -> x.normalised(448, POINT).normalised(384, Window.same(3, 3)).branches(split),
                x -> x.pool(Window.same(3, 3)).normalised(192, POINT));
    }
}
