package trainyard.training.calibration;

import java.util.EnumMap;
import java.util.Map;
import trainyard.sim.hardware.calibration.JobCounts;
import trainyard.sim.hardware.calibration.JobTerm;
import trainyard.training.calibration.measure.InputShape;
import trainyard.training.calibration.measure.OptimizerStep;
import trainyard.training.calibration.measure.Work;
import trainyard.training.network.NetworkSpec;

/**
 * What DL4J 1.0.0-M2.1 does in one training iteration, counted from the layers. A trace of its matrix products (2026-11-22)
 * shows that a dense or convolution layer takes four, not three: the forward product, the same once more in the backward pass,
 * and the gradients of weights and inputs, those of the first layer included; and that a convolution is one product with the
 * images unrolled (im2col). An LSTM layer does eight a step. SameDiff, which runs the transformer block, computes nothing
 * twice, and a product for each head of each sequence one by one.
 */
public final class OperationCounts {

    private static final int VALUE_BYTES = 4;
    private static final int DENSE_PRODUCTS = 4;
    private static final int FLOPS = 2;
    private static final int KERNEL = 9;
    private static final int GATES = 4;

    private final Map<JobTerm, Double> amounts = new EnumMap<>(JobTerm.class);
    private double parameters;

    private OperationCounts() {}

    /**
     * The amounts of one iteration of a job.
     *
     * @throws IllegalArgumentException if the network does not take such inputs
     */
    public static JobCounts of(Work.Job job) {
        OperationCounts counts = new OperationCounts();
        double batch = job.batch();
        if (job.network() instanceof NetworkSpec.Softmax && job.input() instanceof InputShape.Vector vector) {
            counts.dense(batch, vector.features(), vector.classes());
        } else if (job.network() instanceof NetworkSpec.Mlp mlp && job.input() instanceof InputShape.Vector vector) {
            counts.perceptron(batch, mlp, vector);
        } else if (job.network() instanceof NetworkSpec.Cnn cnn && job.input() instanceof InputShape.Image image) {
            counts.convolutions(batch, cnn, image);
        } else if (job.network() instanceof NetworkSpec.Lstm lstm && job.input() instanceof InputShape.Text text) {
            counts.recurrent(batch, lstm, text);
        } else if (job.network() instanceof NetworkSpec.Transformer block
                && job.input() instanceof InputShape.Text text) {
            counts.block(batch, block, text);
        } else {
            throw new IllegalArgumentException("no " + job.network() + " of " + job.input());
        }
        counts.update(job.optimizer());
        return new JobCounts(counts.amounts);
    }

    /** The amounts of a gradient of a job and the plain step along it, whatever the optimizer of the job. */
    public static JobCounts ofGradient(Work.Job job) {
        return of(new Work.Job(job.family(), job.network(), job.input(), job.batch(), OptimizerStep.SGD));
    }

    private void add(JobTerm term, double amount) {
        amounts.merge(term, amount, Double::sum);
    }

    private void products(double calls, double m, double n, double k) {
        add(JobTerm.GEMM_CALL, calls);
        add(JobTerm.FLOP, FLOPS * calls * m * n * k);
    }

    private void activations(double values) {
        add(JobTerm.ACTIVATION_BYTE, VALUE_BYTES * values);
    }

    /** Weights and biases that so many products read or write. */
    private void weights(double values, double passes) {
        parameters += values;
        add(JobTerm.PARAMETER_BYTE, VALUE_BYTES * values * passes);
    }

    private void update(OptimizerStep optimizer) {
        add(JobTerm.PARAMETER_BYTE, VALUE_BYTES * parameters * optimizer.passes());
        if (optimizer == OptimizerStep.ADAM) {
            add(JobTerm.ADAM_VALUE, parameters);
        }
    }

    private void dense(double rows, double in, double out) {
        add(JobTerm.LAYER, 1);
        products(DENSE_PRODUCTS, rows, out, in);
        weights((in + 1) * out, DENSE_PRODUCTS);
        activations(rows * out);
    }

    private void perceptron(double batch, NetworkSpec.Mlp mlp, InputShape.Vector vector) {
        double in = vector.features();
        for (int width : mlp.hidden()) {
            dense(batch, in, width);
            in = width;
        }
        dense(batch, in, vector.classes());
    }

    /** Padded, so that only pooling makes images smaller. */
    private void convolutions(double batch, NetworkSpec.Cnn cnn, InputShape.Image image) {
        double pixels = (double) image.height() * image.width();
        convolution(batch * pixels, 1, cnn.channels());
        double half = (image.height() / 2) * (double) (image.width() / 2);
        convolution(batch * half, cnn.channels(), 2.0 * cnn.channels());
        double quarter = (image.height() / 4) * (double) (image.width() / 4);
        dense(batch, quarter * 2 * cnn.channels(), cnn.dense());
        dense(batch, cnn.dense(), image.classes());
    }

    private void convolution(double pixels, double in, double out) {
        add(JobTerm.LAYER, 1);
        products(DENSE_PRODUCTS, pixels, out, KERNEL * in);
        weights((KERNEL * in + 1) * out, DENSE_PRODUCTS);
        add(JobTerm.IM2COL_BYTE, VALUE_BYTES * pixels * KERNEL * in);
        activations(pixels * out * 2);
    }

    /** Weights are read at every step. */
    private void recurrent(double batch, NetworkSpec.Lstm lstm, InputShape.Text text) {
        double units = lstm.units();
        double length = text.length();
        add(JobTerm.LAYER, 1);
        add(JobTerm.SEQUENCE_STEP, length);
        products(DENSE_PRODUCTS * length, batch, GATES * units, text.classes());
        products(DENSE_PRODUCTS * length, batch, GATES * units, units);
        weights(GATES * units * (text.classes() + units + 1), DENSE_PRODUCTS * length);
        activations(batch * length * (GATES + 2) * units);
        dense(batch * length, units, text.classes());
    }

    private void block(double batch, NetworkSpec.Transformer block, InputShape.Text text) {
        double width = block.width();
        double rows = batch * text.length();
        double wide = 4 * width;
        add(JobTerm.LAYER, 1);
        for (int projection = 0; projection < 4; projection++) {
            once(rows, width, width);
        }
        once(rows, width, wide);
        once(rows, wide, width);
        once(rows, width, text.classes());
        double heads = batch * block.heads();
        double headWidth = width / block.heads();
        products(3 * 2 * heads, text.length(), text.length(), headWidth);
        weights(4 * width, 3);
        activations(5 * rows * width + 2 * heads * text.length() * text.length());
    }

    /** A product whose forward pass is not repeated. */
    private void once(double rows, double in, double out) {
        products(3, rows, out, in);
        weights(in * out, 3);
        activations(rows * out);
    }
}
