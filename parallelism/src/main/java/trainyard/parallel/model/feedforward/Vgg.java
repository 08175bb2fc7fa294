package trainyard.parallel.model.feedforward;

import trainyard.parallel.model.LayerRole;

/** VGG-16 (Simonyan and Zisserman 2015, table 1, configuration D), for images of 224 x 224 pixels in 1000 classes. */
public final class Vgg {

    private static final int[] WIDTHS = {64, 128, 256, 512, 512};
    private static final int[] CONVOLUTIONS = {2, 2, 3, 3, 3};

    private Vgg() {}

    public static FeedForwardNetwork vgg16() {
        LayerBuilder network = new LayerBuilder(new FeatureMap(3, 224, 224));
        for (int stage = 0; stage < WIDTHS.length; stage++) {
            for (int i = 0; i < CONVOLUTIONS[stage]; i++) {
                network.convolve(WIDTHS[stage], Window.same(3, 3));
                if (i == CONVOLUTIONS[stage] - 1) {
                    network.pool(Window.square(2, 2, 0));
                }
                network.layer("convolution", LayerRole.BLOCK);
            }
        }
        return network.connect(4096)
                .activate()
                .drop()
                .layer("fully connected", LayerRole.BLOCK)
                .connect(4096)
                .activate()
                .drop()
                .layer("fully connected", LayerRole.BLOCK)
                .connect(1000)
                .classify()
                .layer("classifier", LayerRole.HEAD)
                .build("vgg-16");
    }
}
