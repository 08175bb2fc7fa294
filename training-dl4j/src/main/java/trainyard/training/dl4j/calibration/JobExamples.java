package trainyard.training.dl4j.calibration;

import trainyard.sim.random.RandomStreams;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.network.Dataset;

/** As many random examples as the batch of a job has: what is learnt from them does not matter. */
final class JobExamples {

    private static final String NAME = "random examples";

    private JobExamples() {}

    static Dataset of(InputShape shape, int examples, RandomStreams streams) {
        if (shape instanceof InputShape.Text text) {
            return new Dataset.Text(
                    NAME,
                    text.classes(),
                    text.length(),
                    sequences(text, examples),
                    new int[0][],
                    Math.log(text.classes()));
        }
        int height = shape instanceof InputShape.Image image ? image.height() : 1;
        int width = shape instanceof InputShape.Image image ? image.width() : ((InputShape.Vector) shape).features();
        var random = streams.stream("examples", 0);
        float[] features = new float[examples * height * width];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        int[] labels = new int[examples];
        for (int row = 0; row < examples; row++) {
            labels[row] = row % shape.classes();
        }
        return new Dataset.Labelled(
                NAME,
                height,
                width,
                shape.classes(),
                new Dataset.Examples(features, labels),
                new Dataset.Examples(new float[0], new int[0]));
    }

    /** Each symbol is the one after that before. */
    private static int[][] sequences(InputShape.Text text, int examples) {
        int[][] sequences = new int[examples][text.length() + 1];
        for (int row = 0; row < examples; row++) {
            for (int step = 0; step <= text.length(); step++) {
                sequences[row][step] = (row + step) % text.classes();
            }
        }
        return sequences;
    }
}
