package trainyard.parallel.model.feedforward;

import trainyard.parallel.model.LayerRole;

/**
 * ResNets of bottleneck blocks (He et al. 2016, table 1), for images of 224 x 224 pixels in 1000 classes. The stride of a
 * stage lies in the 3 x 3 convolution, as in the released PyTorch models (ResNet v1.5); the paper has it in the 1 x 1
 * before, with 7 % fewer FLOPs in ResNet-50.
 */
public final class ResidualNetworks {

    private static final Window POINT = Window.square(1, 1, 0);

    private ResidualNetworks() {}

    /** 3 + 4 + 6 + 3 blocks. */
    public static FeedForwardNetwork resNet50() {
        return of("resnet-50", 3, 4, 6, 3);
    }

    /** 3 + 4 + 23 + 3 blocks. */
    public static FeedForwardNetwork resNet101() {
        return of("resnet-101", 3, 4, 23, 3);
    }

    private static FeedForwardNetwork of(String name, int... blocksOfStage) {
        LayerBuilder network = new LayerBuilder(new FeatureMap(3, 224, 224))
                .normalised(64, Window.square(7, 2, 3))
                .pool(Window.square(3, 2, 1))
                .layer("stem", LayerRole.INPUT);
        for (int stage = 0; stage < blocksOfStage.length; stage++) {
            for (int block = 0; block < blocksOfStage[stage]; block++) {
                int stride = stage > 0 && block == 0 ? 2 : 1;
                bottleneck(network, 64 << stage, stride, block == 0);
            }
        }
        return network.poolAll()
                .connect(1000)
                .classify()
                .layer("classifier", LayerRole.HEAD)
                .build(name);
    }

    private static void bottleneck(LayerBuilder network, int width, int stride, boolean projected) {
        network.normalised(width, POINT)
                .normalised(width, Window.square(3, stride, 1))
                .linear(4 * width, POINT)
                .addShortcut(shortcut -> {
                    if (projected) {
                        shortcut.linear(4 * width, Window.square(1, stride, 0));
                    }
                })
                .activate()
                .layer("bottleneck", LayerRole.BLOCK);
    }
}
