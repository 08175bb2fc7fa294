package trainyard.training.replay;

import java.util.Locale;

/** What is done to each element. {@code x} and {@code y} are the inputs. */
public enum ElementOp {
    /** x. */
    COPY(1),
    /** max(x, 0). */
    RELU(1),
    /** Hyperbolic tangent of x. */
    TANH(1),
    /** 1 / (1 + exp(-x)). */
    SIGMOID(1),
    /** Natural logarithm of x. */
    LOG(1),
    /** x (1 - x), the derivative of a sigmoid by its value. */
    TIMES_ONE_MINUS(1),
    /** x / 2: any product or comparison with a number that the host names. */
    SCALE(1),
    /** x + y. */
    ADD(2),
    /** x - y. */
    SUBTRACT(2),
    /** x y. */
    MULTIPLY(2),
    /** y where x is above 0, else 0. */
    RELU_GRADIENT(2),
    /** y (1 - tanh(x)^2). */
    TANH_GRADIENT(2);

    private final int inputs;

    ElementOp(int inputs) {
        this.inputs = inputs;
    }

    /** Tensors read: 1 or 2. */
    public int inputs() {
        return inputs;
    }

    /** The word of traces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
