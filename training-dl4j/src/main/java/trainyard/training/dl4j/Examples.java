package trainyard.training.dl4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import trainyard.training.network.Dataset;

/** Examples as DL4J takes them: numbers in, a 1 at the right class out. */
interface Examples {

    /** Number of examples. */
    int rows();

    /** Predictions that each example asks for: one, or one for each symbol of a sequence. */
    int predictions();

    /** Classes of a prediction. */
    int classes();

    INDArray inputs(int[] rows);

    INDArray outputs(int[] rows);

    /** The class that a prediction of an example should name. */
    int label(int row, int prediction);

    static Examples training(Dataset data) {
        if (data instanceof Dataset.Labelled labelled) {
            return new Vectors(labelled.features(), labelled.classes(), labelled.train());
        }
        Dataset.Text text = (Dataset.Text) data;
        return new Sequences(text.length(), text.classes(), text.train());
    }

    static Examples heldOut(Dataset data) {
        if (data instanceof Dataset.Labelled labelled) {
            return new Vectors(labelled.features(), labelled.classes(), labelled.test());
        }
        Dataset.Text text = (Dataset.Text) data;
        return new Sequences(text.length(), text.classes(), text.test());
    }

    /** Feature vectors; examples lie one behind the other. */
    record Vectors(int features, int classes, Dataset.Examples examples) implements Examples {

        @Override
        public int rows() {
            return examples.labels().length;
        }

        @Override
        public int predictions() {
            return 1;
        }

        @Override
        public INDArray inputs(int[] rows) {
            double[] values = new double[rows.length * features];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < features; j++) {
                    values[i * features + j] = examples.features()[rows[i] * features + j];
                }
            }
            return array(values, rows.length, features);
        }

        @Override
        public INDArray outputs(int[] rows) {
            double[] values = new double[rows.length * classes];
            for (int i = 0; i < rows.length; i++) {
                values[i * classes + examples.labels()[rows[i]]] = 1;
            }
            return array(values, rows.length, classes);
        }

        @Override
        public int label(int row, int prediction) {
            return examples.labels()[row];
        }
    }

    /** Sequences of symbols, each predicted from those before; an array has an example, a symbol and a step. */
    record Sequences(int length, int classes, int[][] sequences) implements Examples {

        @Override
        public int rows() {
            return sequences.length;
        }

        @Override
        public int predictions() {
            return length;
        }

        @Override
        public INDArray inputs(int[] rows) {
            return symbols(rows, 0);
        }

        @Override
        public INDArray outputs(int[] rows) {
            return symbols(rows, 1);
        }

        private INDArray symbols(int[] rows, int from) {
            double[] values = new double[rows.length * classes * length];
            for (int i = 0; i < rows.length; i++) {
                for (int step = 0; step < length; step++) {
                    int symbol = sequences[rows[i]][from + step];
                    values[(i * classes + symbol) * length + step] = 1;
                }
            }
            return array(values, rows.length, classes, length);
        }

        @Override
        public int label(int row, int prediction) {
            return sequences[row][prediction + 1];
        }
    }

    private static INDArray array(double[] values, long... shape) {
        return Nd4j.createFromArray(values).castTo(DataType.DOUBLE).reshape('c', shape);
    }
}
