package trainyard.training.network;

/** Training and held-out data. */
public sealed interface Dataset {

    /** Rows to train with. */
    int rows();

    /** Number of classes, or of the symbols of a text. */
    int classes();

    /**
     * Feature vectors, such as images row by row and channel by channel, with a class each.
     *
     * @param name for reports
     * @param height of an image; 1 where features are no image
     * @param width of an image, or number of features
     * @param classes number of classes
     * @param train features and labels to train with
     * @param test held-out ones
     */
    record Labelled(String name, int height, int width, int classes, Examples train, Examples test) implements Dataset {

        /** Values of one feature vector. */
        public int features() {
            return height * width;
        }

        @Override
        public int rows() {
            return train.labels().length;
        }
    }

    /**
     * Examples, one after the other.
     *
     * @param features row by row; scaled by the reader
     * @param labels class of each row, from 0
     */
    record Examples(float[] features, int[] labels) {}

    /**
     * Sequences of symbols, of which each next one is to be predicted.
     *
     * @param name for reports
     * @param classes number of symbols
     * @param length symbols of a sequence that are read; the one behind each is its label
     * @param train sequences of {@code length + 1} symbols to train with
     * @param test held-out ones
     * @param entropyNats entropy of a symbol given those before, in nats: the least loss that any network can reach
     */
    record Text(String name, int classes, int length, int[][] train, int[][] test, double entropyNats)
            implements Dataset {

        @Override
        public int rows() {
            return train.length;
        }
    }
}
