package trainyard.training.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether a device computes what plain arrays compute: one iteration of a perceptron, every other kernel once, on the same
 * numbers. A device that fails it is not measured.
 */
public final class NumericCheck {

    private static final List<Integer> WIDTHS = List.of(48, 64, 40, 10);
    private static final int BATCH = 32;
    private static final int ELEMENTS = 1000;
    private static final Window WINDOW = new Window(3, 2, 9, 7, 3, 2, 1, 5, 4);
    private static final Window POOL = new Window(3, 2, 8, 6, 2, 2, 0, 4, 3);
    /** Rounding of sums of single precision, whatever their order. */
    private static final double TOLERANCE_FP32 = 1e-4;
    /** Ten bits of mantissa in each product, through three layers. */
    private static final double TOLERANCE_TF32 = 2e-2;

    /**
     * Outcome.
     *
     * @param what was computed
     * @param relativeError largest difference over the largest value of plain arrays
     * @param tolerance that it must not exceed
     */
    public record Outcome(String what, double relativeError, double tolerance) {

        /** Whether the device is right. A value that is not a number is not. */
        public boolean passed() {
            return relativeError <= tolerance;
        }
    }

    private NumericCheck() {}

    /** Compares a device with plain arrays. */
    public static List<Outcome> of(KernelDevice device) {
        List<Outcome> outcomes = new ArrayList<>();
        try (ArrayDevice arrays = new ArrayDevice(() -> 0)) {
            outcomes.add(perceptron(device, arrays, MatrixMath.FP32, TOLERANCE_FP32));
            if (device.supports(MatrixMath.TF32)) {
                outcomes.add(perceptron(device, arrays, MatrixMath.TF32, TOLERANCE_TF32));
            }
            kernels().forEach(kernel -> outcomes.add(kernel(device, arrays, kernel)));
        }
        return outcomes;
    }

    private static Outcome perceptron(KernelDevice device, ArrayDevice arrays, MatrixMath math, double tolerance) {
        PerceptronIteration.Values values = values(new SplittableRandom(1));
        PerceptronIteration.Gradients got = PerceptronIteration.run(device, math, values);
        PerceptronIteration.Gradients wanted = PerceptronIteration.run(arrays, MatrixMath.FP32, values);
        double error = error(got.probabilities(), wanted.probabilities());
        for (int layer = 0; layer < wanted.weights().size(); layer++) {
            error = Math.max(
                    error, error(got.weights().get(layer), wanted.weights().get(layer)));
            error = Math.max(
                    error, error(got.biases().get(layer), wanted.biases().get(layer)));
        }
        return new Outcome("iteration of a perceptron in " + math.word(), error, tolerance);
    }

    /** One kernel of each kind, and each layout of a product; windows that overlap and reach over the edge. */
    private static List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        for (boolean transposeA : List.of(false, true)) {
            for (boolean transposeB : List.of(false, true)) {
                kernels.add(new Kernel.Gemm(2, 5, 7, 11, transposeA, transposeB, transposeA));
            }
        }
        for (ElementOp op : ElementOp.values()) {
            kernels.add(new Kernel.Elementwise(op, ELEMENTS));
        }
        for (RowOp op : RowOp.values()) {
            kernels.add(new Kernel.Rows(op, 300, 13));
        }
        kernels.add(new Kernel.Windows(WindowOp.IM2COL, WINDOW));
        kernels.add(new Kernel.Windows(WindowOp.COL2IM, WINDOW));
        kernels.add(new Kernel.Windows(WindowOp.MAX_POOL, POOL));
        kernels.add(new Kernel.Windows(WindowOp.MAX_POOL_GRADIENT, POOL));
        kernels.add(new Kernel.Adam(ELEMENTS));
        kernels.add(new Kernel.Stream("stream", 3 * ELEMENTS + 1, ELEMENTS));
        return kernels;
    }

    private static Outcome kernel(KernelDevice device, ArrayDevice arrays, Kernel kernel) {
        List<float[]> inputs = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(2);
        kernel.operands().forEach(floats -> inputs.add(positive(random, Math.toIntExact(floats))));
        List<float[]> got = results(device, kernel, inputs);
        List<float[]> wanted = results(arrays, kernel, inputs);
        double error = 0;
        for (int i = 0; i < wanted.size(); i++) {
            error = Math.max(error, error(got.get(i), wanted.get(i)));
        }
        return new Outcome(kernel.toString(), error, TOLERANCE_FP32);
    }

    /** All operands afterwards: a kernel must not change what it only reads. */
    private static List<float[]> results(KernelDevice device, Kernel kernel, List<float[]> inputs) {
        List<DeviceArray> operands = new ArrayList<>();
        try {
            for (float[] input : inputs) {
                DeviceArray array = device.allocate(input.length);
                operands.add(array);
                device.upload(input, array);
            }
            device.run(kernel, MatrixMath.FP32, operands);
            List<float[]> results = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                results.add(device.download(operands.get(i), inputs.get(i).length));
            }
            return results;
        } finally {
            operands.forEach(DeviceArray::close);
        }
    }

    private static PerceptronIteration.Values values(SplittableRandom random) {
        List<float[]> weights = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer + 1 < WIDTHS.size(); layer++) {
            weights.add(centred(random, WIDTHS.get(layer) * WIDTHS.get(layer + 1)));
            biases.add(centred(random, WIDTHS.get(layer + 1)));
        }
        int classes = WIDTHS.get(WIDTHS.size() - 1);
        float[] targets = new float[BATCH * classes];
        for (int row = 0; row < BATCH; row++) {
            targets[row * classes + random.nextInt(classes)] = 1;
        }
        return new PerceptronIteration.Values(
                WIDTHS, BATCH, centred(random, BATCH * WIDTHS.get(0)), targets, weights, biases);
    }

    private static float[] centred(SplittableRandom random, int floats) {
        float[] values = new float[floats];
        for (int i = 0; i < floats; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** In (0.1, 1.1), so that a logarithm is a number and no sum is near zero. */
    private static float[] positive(SplittableRandom random, int floats) {
        float[] values = new float[floats];
        for (int i = 0; i < floats; i++) {
            values[i] = random.nextFloat() + 0.1f;
        }
        return values;
    }

    private static double error(float[] got, float[] wanted) {
        double difference = 0;
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < wanted.length; i++) {
            double apart = Math.abs((double) got[i] - wanted[i]);
            difference = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(difference, apart);
            largest = Math.max(largest, Math.abs(wanted[i]));
        }
        return difference / largest;
    }
}
