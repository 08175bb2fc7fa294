package trainyard.training.problem;

/**
 * A matrix, vector or number among the parameters; what is compressed, staged or synchronised by part is a block.
 *
 * @param name such as {@code hidden 1 weights}
 * @param layer the layer that it belongs to, from 0 at the input
 * @param offset index of its first value among the parameters
 * @param rows 1 for a vector
 * @param columns values of a row; a matrix lies row by row
 */
public record ParameterBlock(String name, int layer, int offset, int rows, int columns) {

    public ParameterBlock {
        if (layer < 0 || offset < 0 || rows < 1 || columns < 1) {
            throw new IllegalArgumentException("no block " + name + " of " + rows + " x " + columns + " at " + offset);
        }
    }

    /** Number of values. */
    public int size() {
        return Math.multiplyExact(rows, columns);
    }

    /** Index behind its last value. */
    public int end() {
        return offset + size();
    }
}
