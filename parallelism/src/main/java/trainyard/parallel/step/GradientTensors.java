package trainyard.parallel.step;

import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;

/**
 * The gradients of a rank as a compressor sees them: matrices, and all else of a layer joined to one vector. A table of the
 * input is a matrix of rows as wide as the model.
 *
 * @param elements elements of all
 * @param matrices number of matrices
 * @param matrixElements their elements
 * @param rows their rows
 * @param columns their columns
 * @param vectors layers with other parameters
 */
record GradientTensors(
        double elements, double matrices, double matrixElements, double rows, double columns, double vectors) {

    private static final GradientTensors ZERO = new GradientTensors(0, 0, 0, 0, 0, 0);

    static GradientTensors of(List<Layer> layers, Split split, Shard shard) {
        GradientTensors sum = ZERO;
        for (Layer layer : layers) {
            sum = sum.plus(of(layer, split, shard));
        }
        return sum;
    }

    private static GradientTensors of(Layer layer, Split split, Shard shard) {
        double all = layer.parametersPerRank(split).total();
        GradientTensors sum = ZERO;
        for (Operator operator : layer.operators(shard)) {
            if (operator instanceof Operator.MatrixMultiply x && x.weighted()) {
                sum = sum.plus(matrices(x.batch(), x.k(), x.n()));
            } else if (operator instanceof Operator.Convolution x) {
                sum = sum.plus(matrices(x.groups(), x.k(), x.n()));
            }
        }
        double rest = Math.max(0, all - sum.matrixElements);
        double width = layer.inputElements(shard) / shard.tokens();
        if (layer.role() == LayerRole.INPUT && sum.matrices == 0 && width > 0) {
            sum = sum.plus(matrices(1, rest / width, width));
            rest = 0;
        }
        return new GradientTensors(all, sum.matrices, sum.matrixElements, sum.rows, sum.columns, rest > 0 ? 1 : 0);
    }

    private static GradientTensors matrices(double count, double rows, double columns) {
        double elements = count * rows * columns;
        return new GradientTensors(elements, count, elements, count * rows, count * columns, 0);
    }

    /** An equal part of these. */
    GradientTensors times(double share) {
        return new GradientTensors(
                share * elements,
                share * matrices,
                share * matrixElements,
                share * rows,
                share * columns,
                share * vectors);
    }

    private GradientTensors plus(GradientTensors other) {
        return new GradientTensors(
                elements + other.elements,
                matrices + other.matrices,
                matrixElements + other.matrixElements,
                rows + other.rows,
                columns + other.columns,
                vectors + other.vectors);
    }
}
