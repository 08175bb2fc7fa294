package trainyard.training.replay;

/** Operations element by element. */
final class ArrayElements {

    private ArrayElements() {}

    static void run(Kernel.Elementwise kernel, float[]... arrays) {
        float[] x = arrays[0];
        float[] y = arrays[kernel.operation().inputs() - 1];
        float[] z = arrays[kernel.operation().inputs()];
        for (int i = 0; i < kernel.elements(); i++) {
            z[i] = value(kernel.operation(), x[i], y[i]);
        }
    }

    private static float value(ElementOp operation, float x, float y) {
        return switch (operation) {
            case COPY -> x;
            case RELU -> Math.max(x, 0);
            case TANH -> (float) Math.tanh(x);
            case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
            case LOG -> (float) Math.log(x);
            case TIMES_ONE_MINUS -> x * (1 - x);
            case SCALE -> 0.5f * x;
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case RELU_GRADIENT -> x > 0 ? y : 0;
            case TANH_GRADIENT -> tanhGradient(x, y);
        };
    }

    private static float tanhGradient(float x, float y) {
        double tanh = Math.tanh(x);
        return (float) (y * (1 - tanh * tanh));
    }

    static void adam(int parameters, float[]... arrays) {
        float[] gradient = arrays[0];
        float[] first = arrays[1];
        float[] second = arrays[2];
        float[] change = arrays[3];
        for (int i = 0; i < parameters; i++) {
            float g = gradient[i];
            first[i] = AdamConstants.BETA_1 * first[i] + (1 - AdamConstants.BETA_1) * g;
            second[i] = AdamConstants.BETA_2 * second[i] + (1 - AdamConstants.BETA_2) * g * g;
            change[i] = AdamConstants.FIRST_RATE * first[i] / ((float) Math.sqrt(second[i]) + AdamConstants.EPSILON);
        }
    }
}
