package trainyard.training.dl4j.trace;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Shape and order of an array.
 *
 * @param shape of it
 * @param columnsFirst whether the first index of the last two is the one whose elements lie beside each other
 */
record Tensor(long[] shape, boolean columnsFirst) {

    static Tensor of(INDArray array) {
        long[] strides = array.stride();
        int rank = strides.length;
        boolean columnsFirst = rank >= 2 && strides[rank - 2] == 1 && strides[rank - 1] != 1;
        return new Tensor(array.shape().clone(), columnsFirst);
    }

    long length() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    int rank() {
        return shape.length;
    }

    /** Size of a dimension, counted from the last one where negative. */
    int size(int dimension) {
        return Math.toIntExact(shape[dimension < 0 ? shape.length + dimension : dimension]);
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + (columnsFirst ? "f" : "c");
    }
}
