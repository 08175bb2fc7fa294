package trainyard.training.compression;

import java.util.ArrayList;
import java.util.List;
import trainyard.training.problem.ParameterBlock;

/**
 * Parameter blocks of the ResNet-18 for 32 x 32 images on which published compression is measured (T. Vogels et al., "PowerSGD",
 * NeurIPS 2019): 3 x 3 convolutions of 64, 128, 256 and 512 channels, two blocks of two each, with batch normalisation, and a 1 x 1
 * convolution where channels change. A convolution is a matrix of output channels by inputs of one output. 11,173,962 parameters.
 */
public final class CifarResNet18 {

    private static final int CLASSES = 10;
    private static final int[] CHANNELS = {64, 128, 256, 512};
    private static final int BLOCKS = 2;

    private final List<ParameterBlock> blocks = new ArrayList<>();
    private int layer;
    private int offset;

    private CifarResNet18() {}

    /** All blocks, in order. */
    public static List<ParameterBlock> blocks() {
        CifarResNet18 network = new CifarResNet18();
        network.convolution("stem", 3, CHANNELS[0], 3);
        int inputs = CHANNELS[0];
        for (int channels : CHANNELS) {
            for (int block = 0; block < BLOCKS; block++) {
                network.block("channels " + channels + " block " + block, inputs, channels);
                inputs = channels;
            }
        }
        network.add("classes weights", CLASSES, inputs);
        network.add("classes biases", 1, CLASSES);
        return List.copyOf(network.blocks);
    }

    private void block(String name, int inputs, int channels) {
        convolution(name + " first", inputs, channels, 3);
        convolution(name + " second", channels, channels, 3);
        if (inputs != channels) {
            convolution(name + " shortcut", inputs, channels, 1);
        }
    }

    private void convolution(String name, int inputs, int outputs, int side) {
        add(name + " weights", outputs, inputs * side * side);
        add(name + " norm scales", 1, outputs);
        add(name + " norm shifts", 1, outputs);
        layer++;
    }

    private void add(String name, int rows, int columns) {
        blocks.add(new ParameterBlock(name, layer, offset, rows, columns));
        offset += rows * columns;
    }
}
