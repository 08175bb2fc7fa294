package trainyard.training.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PerceptronIterationTest {

    private static final List<Integer> WIDTHS = List.of(3, 4, 2);
    private static final float[] INPUTS = {0.5f, -1, 2, 1, 0.25f, -0.5f};
    private static final float[] TARGETS = {1, 0, 0, 1};
    private static final float[] FIRST = {0.1f, -0.2f, 0.3f, 0.4f, 0.5f, 0.6f, -0.7f, 0.8f, 0.9f, -1, 1.1f, 0.2f};
    private static final float[] SECOND = {0.3f, -0.1f, 0.2f, 0.5f, -0.4f, 0.6f, 0.7f, -0.8f};
    private static final float[] FIRST_BIAS = {0.1f, 0.2f, -0.1f, 0.3f};
    private static final float[] SECOND_BIAS = {0.05f, -0.05f};

    /** Cross-entropy by the definition, in double precision, with one weight of the first layer moved. */
    private static double loss(int moved, double by) {
        double loss = 0;
        for (int row = 0; row < 2; row++) {
            double[] hidden = new double[4];
            for (int j = 0; j < 4; j++) {
                double sum = FIRST_BIAS[j];
                for (int i = 0; i < 3; i++) {
                    double weight = FIRST[i * 4 + j] + (i * 4 + j == moved ? by : 0);
                    sum += INPUTS[row * 3 + i] * weight;
                }
                hidden[j] = Math.max(0, sum);
            }
            double[] logit = new double[2];
            for (int c = 0; c < 2; c++) {
                logit[c] = SECOND_BIAS[c];
                for (int j = 0; j < 4; j++) {
                    logit[c] += hidden[j] * SECOND[j * 2 + c];
                }
            }
            double norm = Math.log(Math.exp(logit[0]) + Math.exp(logit[1]));
            loss -= TARGETS[row * 2] * (logit[0] - norm) + TARGETS[row * 2 + 1] * (logit[1] - norm);
        }
        return loss;
    }

    @Test
    void gradientsAreTheSlopesOfTheLoss() {
        PerceptronIteration.Gradients gradients = PerceptronIteration.run(
                new ArrayDevice(() -> 0),
                MatrixMath.FP32,
                new PerceptronIteration.Values(
                        WIDTHS, 2, INPUTS, TARGETS, List.of(FIRST, SECOND), List.of(FIRST_BIAS, SECOND_BIAS)));

        for (int i = 0; i < FIRST.length; i++) {
            double slope = (loss(i, 1e-5) - loss(i, -1e-5)) / 2e-5;
            assertThat(gradients.weights().get(0)[i]).isCloseTo((float) slope, within(1e-5f));
        }
        // errors of a softmax sum to zero in each row, so bias gradients of two classes are opposite
        float[] bias = gradients.biases().get(1);
        assertThat(bias[0]).isCloseTo(-bias[1], within(1e-6f)).isNotZero();
    }
}
