package trainyard.training.dl4j.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.training.replay.ElementOp;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.RowOp;
import trainyard.training.replay.Window;
import trainyard.training.replay.WindowOp;

/**
 * Which kernel replays an operation of ND4J. An operation that has none of its own kind moves as many elements as it reads and
 * writes.
 */
final class OperationKernels {

    private static final Map<String, ElementOp> UNARY = Map.ofEntries(
            Map.entry("assign", ElementOp.COPY),
            Map.entry("old_assign", ElementOp.COPY),
            Map.entry("identity", ElementOp.COPY),
            Map.entry("relu", ElementOp.RELU),
            Map.entry("tanh", ElementOp.TANH),
            Map.entry("sigmoid", ElementOp.SIGMOID),
            Map.entry("log", ElementOp.LOG),
            Map.entry("timesoneminus", ElementOp.TIMES_ONE_MINUS),
            Map.entry("cas", ElementOp.SCALE),
            Map.entry("mul_scalar", ElementOp.SCALE),
            Map.entry("div_scalar", ElementOp.SCALE),
            Map.entry("add_scalar", ElementOp.SCALE),
            Map.entry("sgd_updater", ElementOp.SCALE));

    private static final Map<String, ElementOp> BINARY = Map.of(
            "add", ElementOp.ADD,
            "old_add", ElementOp.ADD,
            "subtract", ElementOp.SUBTRACT,
            "old_sub", ElementOp.SUBTRACT,
            "multiply", ElementOp.MULTIPLY,
            "old_mul", ElementOp.MULTIPLY,
            "relu_bp", ElementOp.RELU_GRADIENT,
            "tanh_bp", ElementOp.TANH_GRADIENT);

    private OperationKernels() {}

    /** One kernel, but for the gradient of a product, which is two products. */
    static List<Kernel> of(Operation operation) {
        return operation.name().equals("matmul_bp") ? productGradient(operation) : List.of(one(operation));
    }

    private static Kernel one(Operation operation) {
        return switch (operation.name()) {
            case "matmul", "mmul" -> product(operation);
            case "im2col", "col2im", "maxpool2d", "maxpool2d_bp" ->
                windows(operation).orElseGet(() -> stream(operation));
            case "adam_updater" -> new Kernel.Adam(operation.inputs().get(0).length());
            case "softmax" -> softmax(operation);
            case "reduce_sum" -> sum(operation);
            case "set_scalar", "shape_of" -> new Kernel.Stream(operation.name(), 0, operation.written());
            default -> bias(operation).or(() -> elements(operation)).orElseGet(() -> stream(operation));
        };
    }

    private static Kernel stream(Operation operation) {
        return new Kernel.Stream(operation.name(), operation.read(), Math.max(1, operation.written()));
    }

    /** Flags say what ND4J transposes; the order of an array may transpose it once more. */
    private static Kernel product(Operation operation) {
        Tensor a = operation.inputs().get(0);
        Tensor b = operation.inputs().get(1);
        Tensor c = operation.outputs().get(0);
        if (a.rank() < 2 || b.rank() < 2 || a.rank() != b.rank() || flag(operation, 2)) {
            return stream(operation);
        }
        boolean transposedA = flag(operation, 0);
        boolean transposedB = flag(operation, 1);
        int m = a.size(transposedA ? -1 : -2);
        int k = a.size(transposedA ? -2 : -1);
        int n = b.size(transposedB ? -2 : -1);
        int batch = Math.toIntExact(a.length() / ((long) m * k));
        boolean accumulate = operation.reals().length > 1 && operation.reals()[1] != 0;
        boolean storedA = transposedA != a.columnsFirst();
        boolean storedB = transposedB != b.columnsFirst();
        // A result by columns is the transpose of one by rows, of the transposed operands in turn.
        return c.columnsFirst()
                ? new Kernel.Gemm(batch, n, m, k, !storedB, !storedA, accumulate)
                : new Kernel.Gemm(batch, m, n, k, storedA, storedB, accumulate);
    }

    /** Of {@code C = A B}: the gradient at A is that at C times the transpose of B, the one at B the transpose of A times it. */
    private static List<Kernel> productGradient(Operation operation) {
        Tensor a = operation.inputs().get(0);
        Tensor c = operation.inputs().get(2);
        if (a.rank() < 2 || flag(operation, 0) || flag(operation, 1) || flag(operation, 2)) {
            return List.of(stream(operation));
        }
        int m = a.size(-2);
        int k = a.size(-1);
        int n = c.size(-1);
        int batch = Math.toIntExact(a.length() / ((long) m * k));
        return List.of(
                new Kernel.Gemm(batch, m, k, n, false, true, false),
                new Kernel.Gemm(batch, k, n, m, true, false, false));
    }

    private static boolean flag(Operation operation, int index) {
        return operation.integers().length > index && operation.integers()[index] != 0;
    }

    private static Kernel softmax(Operation operation) {
        Tensor x = operation.inputs().get(0);
        int columns = x.size(-1);
        return new Kernel.Rows(RowOp.SOFTMAX, Math.toIntExact(x.length() / columns), columns);
    }

    /** Sums over all but one dimension; the sum of everything has no columns. */
    private static Kernel sum(Operation operation) {
        long all = operation.inputs().get(0).length();
        long sums = operation.written();
        return sums > 1 && all % sums == 0
                ? new Kernel.Rows(RowOp.COLUMN_SUM, Math.toIntExact(all / sums), Math.toIntExact(sums))
                : stream(operation);
    }

    /** A vector added to each row, which ND4J has under several names. */
    private static Optional<Kernel> bias(Operation operation) {
        boolean adds = operation.name().equals("broadcastadd")
                || operation.name().equals("add_scalar")
                || operation.name().equals("add");
        if (!adds || operation.inputs().size() < 2) {
            return Optional.empty();
        }
        long all = operation.inputs().get(0).length();
        long vector = operation.inputs().get(1).length();
        return vector < all && all % vector == 0 && operation.written() == all
                ? Optional.of(new Kernel.Rows(RowOp.ADD_BIAS, Math.toIntExact(all / vector), Math.toIntExact(vector)))
                : Optional.empty();
    }

    private static Optional<Kernel> elements(Operation operation) {
        long elements = operation.written();
        boolean alike = operation.inputs().stream().allMatch(input -> input.length() == elements);
        if (!alike) {
            return Optional.empty();
        }
        ElementOp unary = UNARY.get(operation.name());
        ElementOp binary = BINARY.get(operation.name());
        if (binary != null && operation.inputs().size() == 2) {
            return Optional.of(new Kernel.Elementwise(binary, elements));
        }
        return unary == null || operation.inputs().isEmpty()
                ? Optional.empty()
                : Optional.of(new Kernel.Elementwise(unary, elements));
    }

    private static Optional<Kernel> windows(Operation operation) {
        long[] numbers = operation.integers();
        Tensor from = operation.inputs().get(0);
        Tensor to = operation.outputs().get(0);
        return switch (operation.name()) {
            case "im2col" ->
                square(numbers)
                        ? window(
                                WindowOp.IM2COL,
                                from,
                                (int) numbers[0],
                                numbers[2],
                                numbers[4],
                                to.size(-2),
                                to.size(-1))
                        : Optional.empty();
            case "col2im" ->
                from.size(2) == from.size(3) && numbers[0] == numbers[1]
                        ? window(
                                WindowOp.COL2IM, to, from.size(2), numbers[0], numbers[2], from.size(-2), from.size(-1))
                        : Optional.empty();
            case "maxpool2d" ->
                square(numbers)
                        ? window(
                                WindowOp.MAX_POOL,
                                from,
                                (int) numbers[0],
                                numbers[2],
                                numbers[4],
                                to.size(-2),
                                to.size(-1))
                        : Optional.empty();
            default -> square(numbers) ? poolGradient(operation) : Optional.empty();
        };
    }

    private static Optional<Kernel> poolGradient(Operation operation) {
        long[] numbers = operation.integers();
        Tensor gradient = operation.inputs().get(1);
        return window(
                WindowOp.MAX_POOL_GRADIENT,
                operation.inputs().get(0),
                (int) numbers[0],
                numbers[2],
                numbers[4],
                gradient.size(-2),
                gradient.size(-1));
    }

    /** Side and stride are the same in both directions. */
    private static boolean square(long... numbers) {
        return numbers[0] == numbers[1] && numbers[2] == numbers[3];
    }

    private static Optional<Kernel> window(
            WindowOp operation, Tensor images, int side, long stride, long padding, int outHeight, int outWidth) {
        if (images.rank() != 4) {
            return Optional.empty();
        }
        return Optional.of(new Kernel.Windows(
                operation,
                new Window(
                        images.size(0),
                        images.size(1),
                        images.size(2),
                        images.size(3),
                        side,
                        (int) stride,
                        (int) padding,
                        outHeight,
                        outWidth)));
    }
}
