package trainyard.training.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * One iteration of a perceptron with ReLU and softmax on a device, of the kernels that a trace of one holds, with values that
 * count: the numerical test of a device. Per layer it is the product of the forward pass, the sums over the batch, and the two
 * products of the backward pass.
 */
public final class PerceptronIteration {

    /**
     * Values of one iteration.
     *
     * @param widths inputs, hidden layers, classes
     * @param batch examples
     * @param inputs row by row
     * @param targets one-hot rows
     * @param weights of each layer, {@code inputs x outputs} row by row
     * @param biases of each layer
     */
    public record Values(
            List<Integer> widths,
            int batch,
            float[] inputs,
            float[] targets,
            List<float[]> weights,
            List<float[]> biases) {}

    /**
     * What came out.
     *
     * @param probabilities of the classes, row by row
     * @param weights gradients of the summed loss, by layer
     * @param biases likewise
     */
    public record Gradients(float[] probabilities, List<float[]> weights, List<float[]> biases) {}

    private final KernelDevice device;
    private final MatrixMath math;
    private final Values values;
    private final List<DeviceArray> allocated = new ArrayList<>();
    private final List<DeviceArray> weights = new ArrayList<>();
    /** Output of each layer before its activation. */
    private final List<DeviceArray> sums = new ArrayList<>();
    /** Input of each layer, and the probabilities. */
    private final List<DeviceArray> activations = new ArrayList<>();

    private PerceptronIteration(KernelDevice device, MatrixMath math, Values values) {
        this.device = device;
        this.math = math;
        this.values = values;
    }

    /** Computes the gradients. */
    public static Gradients run(KernelDevice device, MatrixMath math, Values values) {
        PerceptronIteration iteration = new PerceptronIteration(device, math, values);
        try {
            iteration.forward();
            return iteration.backward();
        } finally {
            iteration.allocated.forEach(DeviceArray::close);
        }
    }

    private void forward() {
        activations.add(uploaded(values.inputs()));
        for (int layer = 0; layer < layers(); layer++) {
            weights.add(uploaded(values.weights().get(layer)));
            DeviceArray bias = uploaded(values.biases().get(layer));
            DeviceArray product = array(batch() * out(layer));
            DeviceArray sum = array(batch() * out(layer));
            DeviceArray result = array(batch() * out(layer));
            Kernel.Gemm gemm = new Kernel.Gemm(batch(), out(layer), in(layer), false, false);
            run(gemm, activations.get(layer), weights.get(layer), product);
            run(new Kernel.Rows(RowOp.ADD_BIAS, batch(), out(layer)), product, bias, sum);
            boolean last = layer == layers() - 1;
            run(
                    last ? new Kernel.Rows(RowOp.SOFTMAX, batch(), out(layer)) : elements(ElementOp.RELU, layer),
                    sum,
                    result);
            sums.add(sum);
            activations.add(result);
        }
    }

    private Gradients backward() {
        List<float[]> weightGradients = new ArrayList<>();
        List<float[]> biasGradients = new ArrayList<>();
        int last = layers() - 1;
        DeviceArray error = array(batch() * out(last));
        run(elements(ElementOp.SUBTRACT, last), activations.get(layers()), uploaded(values.targets()), error);
        for (int layer = last; layer >= 0; layer--) {
            DeviceArray weightGradient = array(in(layer) * out(layer));
            DeviceArray biasGradient = array(out(layer));
            run(
                    new Kernel.Gemm(in(layer), out(layer), batch(), true, false),
                    activations.get(layer),
                    error,
                    weightGradient);
            run(new Kernel.Rows(RowOp.COLUMN_SUM, batch(), out(layer)), error, biasGradient);
            weightGradients.add(0, device.download(weightGradient, in(layer) * out(layer)));
            biasGradients.add(0, device.download(biasGradient, out(layer)));
            error = below(layer, error);
        }
        float[] probabilities = device.download(activations.get(layers()), batch() * out(last));
        return new Gradients(probabilities, weightGradients, biasGradients);
    }

    /** The error at the sums of the layer below; for the first layer at its inputs, as DL4J computes it too. */
    private DeviceArray below(int layer, DeviceArray error) {
        DeviceArray atInputs = array(batch() * in(layer));
        run(new Kernel.Gemm(batch(), in(layer), out(layer), false, true), error, weights.get(layer), atInputs);
        if (layer == 0) {
            return atInputs;
        }
        DeviceArray atSums = array(batch() * in(layer));
        run(elements(ElementOp.RELU_GRADIENT, layer - 1), sums.get(layer - 1), atInputs, atSums);
        return atSums;
    }

    private Kernel elements(ElementOp op, int layer) {
        return new Kernel.Elementwise(op, (long) batch() * out(layer));
    }

    private void run(Kernel kernel, DeviceArray... operands) {
        device.run(kernel, math, List.of(operands));
    }

    private DeviceArray uploaded(float[] floats) {
        DeviceArray array = array(floats.length);
        device.upload(floats, array);
        return array;
    }

    private DeviceArray array(int floats) {
        DeviceArray array = device.allocate(floats);
        allocated.add(array);
        return array;
    }

    private int layers() {
        return values.widths().size() - 1;
    }

    private int batch() {
        return values.batch();
    }

    private int in(int layer) {
        return values.widths().get(layer);
    }

    private int out(int layer) {
        return values.widths().get(layer + 1);
    }
}
