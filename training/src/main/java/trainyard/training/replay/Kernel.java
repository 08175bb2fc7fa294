package trainyard.training.replay;

import java.util.List;

/**
 * One operation of an iteration and its sizes. Matrices are stored row by row; every element is a float of {@value
 * #FLOAT_BYTES} bytes.
 */
public sealed interface Kernel {

    /** Bytes of an element. */
    int FLOAT_BYTES = 4;

    /** Word of the operation in traces and samples. */
    String op();

    /** Elements of each operand, inputs first and results last; one that is read and written stands once. */
    List<Long> operands();

    /** Elements read and written, which is the least that memory must move. */
    long moved();

    /** Floating-point operations of the matrix products; 0 for what memory limits. */
    default double flops() {
        return 0;
    }

    /** Bytes that memory must move at least. */
    default double bytes() {
        return (double) FLOAT_BYTES * moved();
    }

    /**
     * {@code C = op(A) op(B)}, or {@code C += op(A) op(B)}, for each matrix of a batch.
     *
     * @param batch products of the same shape, their matrices one after the other
     * @param m rows of C
     * @param n columns of C
     * @param k length of the sums
     * @param transposeA whether A is stored as {@code k x m}
     * @param transposeB whether B is stored as {@code n x k}
     * @param accumulate whether the product is added to C
     */
    record Gemm(int batch, int m, int n, int k, boolean transposeA, boolean transposeB, boolean accumulate)
            implements Kernel {

        public Gemm {
            requirePositive(batch, m, n, k);
        }

        /** A single product. */
        public Gemm(int m, int n, int k, boolean transposeA, boolean transposeB) {
            this(1, m, n, k, transposeA, transposeB, false);
        }

        @Override
        public String op() {
            return "gemm";
        }

        @Override
        public List<Long> operands() {
            return List.of((long) batch * m * k, (long) batch * k * n, (long) batch * m * n);
        }

        @Override
        public long moved() {
            long result = (long) batch * m * n;
            return (long) batch * m * k + (long) batch * k * n + (accumulate ? 2 * result : result);
        }

        @Override
        public double flops() {
            return 2.0 * batch * m * n * k;
        }
    }

    /** Element by element. */
    record Elementwise(ElementOp operation, long elements) implements Kernel {

        public Elementwise {
            requirePositive(elements);
        }

        @Override
        public String op() {
            return operation.word();
        }

        @Override
        public List<Long> operands() {
            return operation.inputs() == 2 ? List.of(elements, elements, elements) : List.of(elements, elements);
        }

        @Override
        public long moved() {
            return (operation.inputs() + 1) * elements;
        }
    }

    /** On the rows of a matrix. */
    record Rows(RowOp operation, int rows, int columns) implements Kernel {

        public Rows {
            requirePositive(rows, columns);
        }

        @Override
        public String op() {
            return operation.word();
        }

        @Override
        public List<Long> operands() {
            long all = (long) rows * columns;
            return switch (operation) {
                case ADD_BIAS -> List.of(all, (long) columns, all);
                case COLUMN_SUM -> List.of(all, (long) columns);
                case SOFTMAX -> List.of(all, all);
            };
        }

        @Override
        public long moved() {
            return operands().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** On windows of images that are stored by image, channel, row and column. */
    record Windows(WindowOp operation, Window window) implements Kernel {

        @Override
        public String op() {
            return operation.word();
        }

        @Override
        public List<Long> operands() {
            return switch (operation) {
                case IM2COL -> List.of(window.inputs(), window.columns());
                case COL2IM -> List.of(window.columns(), window.inputs());
                case MAX_POOL -> List.of(window.inputs(), window.outputs());
                case MAX_POOL_GRADIENT -> List.of(window.inputs(), window.outputs(), window.inputs());
            };
        }

        @Override
        public long moved() {
            return operands().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * The step of Adam, from gradients and two moments to the change of the parameters.
     *
     * @param parameters number of them
     */
    record Adam(long parameters) implements Kernel {

        public Adam {
            requirePositive(parameters);
        }

        @Override
        public String op() {
            return "adam";
        }

        /** Gradient, first and second moment, change. */
        @Override
        public List<Long> operands() {
            return List.of(parameters, parameters, parameters, parameters);
        }

        /** The moments are read and written. */
        @Override
        public long moved() {
            return 6 * parameters;
        }
    }

    /**
     * Any other operation: only what it moves is replayed.
     *
     * @param op name that the framework gives it
     * @param reads elements read
     * @param writes elements written, at least 1
     */
    record Stream(String op, long reads, long writes) implements Kernel {

        public Stream {
            requirePositive(writes);
            if (reads < 0) {
                throw new IllegalArgumentException("an operation reads 0 elements or more, not " + reads);
            }
        }

        @Override
        public List<Long> operands() {
            return List.of(Math.max(1, reads), writes);
        }

        @Override
        public long moved() {
            return reads + writes;
        }
    }

    private static void requirePositive(long... sizes) {
        for (long size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("a size of a kernel is 1 or more, not " + size);
            }
        }
    }
}
