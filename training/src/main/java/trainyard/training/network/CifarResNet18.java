package trainyard.training.network;

import java.util.ArrayList;
import java.util.List;
import trainyard.training.problem.ParameterBlock;

/**
 * The parameters of ResNet-18 for CIFAR-10 (He et al. 2016, with a first convolution of 3 x 3): 11,173,962 values, the usual
 * yardstick of compressed gradients. A kernel is a matrix with one row for each output channel.
 */
public final class CifarResNet18 {
    private static final int[] CHANNELS = {64, 128, 256, 512};
    private static final int CLASSES = 10;

    private final List<ParameterBlock> blocks = new ArrayList<>();
    private int layer;
    private int offset;

    private CifarResNet18() {}

    /** Weights, scales and shifts from the input to the classes. */
    public static List<ParameterBlock> blocks() {
        CifarResNet18 network = new CifarResNet18();
        network.convolution(3, CHANNELS[0], 3);
        int inputs = CHANNELS[0];
        for (int channels : CHANNELS) {
            network.pair(inputs, channels);
            network.pair(channels, channels);
            inputs = channels;
        }
        network.add("output weights", CLASSES, inputs);
        network.add("output biases", 1, CLASSES);
        return network.blocks;
    }

    /** Two convolutions, and one of 1 x 1 past them where the number of channels changes. */
    private void pair(int inputs, int channels) {
        convolution(inputs, channels, 3);
        convolution(channels, channels, 3);
        if (inputs != channels) {
            convolution(inputs, channels, 1);
        }
    }

    private void convolution(int inputs, int channels, int side) {
        String name = "convolution " + (layer + 1);
        add(name + " kernel", channels, inputs * side * side);
        add(name + " scale", 1, channels);
        add(name + " shift", 1, channels);
        layer++;
    }

    private void add(String name, int rows, int columns) {
        ParameterBlock block = new ParameterBlock(name, layer, offset, rows, columns);
        blocks.add(block);
        offset = block.end();
    }
}
