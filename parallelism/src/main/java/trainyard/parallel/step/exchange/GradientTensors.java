package trainyard.parallel.step.exchange;

import java.util.List;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.plan.ChunkLayout;

/**
 * The gradients of a rank as a compressor sees them: matrices, and vectors of norms and biases. A table of the
 * input is a matrix of rows as wide as the model; one that the output shares on the same stage is one matrix.
 *
 * @param elements elements of all
 * @param matrices number of matrices
 * @param matrixElements their elements
 * @param rows their rows
 * @param columns their columns
 * @param vectors tensors of one dimension
 */
record GradientTensors(
        double elements, double matrices, double matrixElements, double rows, double columns, double vectors) {

    private static final GradientTensors ZERO = new GradientTensors(0, 0, 0, 0, 0, 0);

    static GradientTensors of(List<Layer> layers, ChunkLayout layout, Split split, Shard shard) {
        GradientTensors sum = ZERO;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            double all = layer.trainedPerRank(split).total();
            double own = layout.trainedPerRank(layer, split).total();
            boolean table = layer.role() == LayerRole.INPUT && i + 1 < layers.size();
            double width = table ? layers.get(i + 1).inputElements(shard) / shard.tokens() : 0;
            sum = sum.plus(of(layer, own, all - own, width, shard));
        }
        return sum;
    }

    /**
     * @param own elements that count with the layer
     * @param elsewhere elements of its table that count with another layer
     * @param width columns of the table of an input, 0 for other layers
     */
    private static GradientTensors of(Layer layer, double own, double elsewhere, double width, Shard shard) {
        GradientTensors sum = ZERO;
        for (Operator operator : layer.operators(shard)) {
            if (operator instanceof Operator.MatrixMultiply x && x.trained()) {
                GradientTensors product = matrices(x.batch(), x.k(), x.n());
                boolean counted = Math.abs(product.elements - elsewhere) < 0.5;
                sum = counted ? sum : sum.plus(product);
            } else if (operator instanceof Operator.Convolution x) {
                sum = sum.plus(matrices(x.groups(), x.k(), x.n()));
            }
        }
        double rest = Math.max(0, own - sum.matrixElements);
        if (width > 0 && sum.matrices == 0 && rest > 0) {
            sum = sum.plus(matrices(1, rest / width, width));
            rest = 0;
        }
        return new GradientTensors(own, sum.matrices, sum.matrixElements, sum.rows, sum.columns, vectors(rest, sum));
    }

    /**
     * Norms and biases of a layer: of so many elements, as long as the results of its products are wide on the mean. Exact where
     * all products have as many, such as convolutions before a batch norm (2 each); one where there is no product.
     */
    private static double vectors(double elements, GradientTensors products) {
        if (elements == 0) {
            return 0;
        }
        return Math.max(1, Math.rint(elements * products.matrices / Math.max(1, products.columns)));
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
