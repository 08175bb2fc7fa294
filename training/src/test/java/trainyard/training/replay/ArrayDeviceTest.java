package trainyard.training.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ArrayDeviceTest {

    private final ArrayDevice device = new ArrayDevice(() -> 0);

    /** Runs a kernel and gives its last operand. */
    private float[] run(Kernel kernel, float[]... operands) {
        List<DeviceArray> arrays = new ArrayList<>();
        for (float[] operand : operands) {
            DeviceArray array = device.allocate(operand.length);
            device.upload(operand, array);
            arrays.add(array);
        }
        device.run(kernel, MatrixMath.FP32, arrays);
        return device.download(arrays.get(arrays.size() - 1), operands[operands.length - 1].length);
    }

    private static float[] numbers(int seed, long length) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[(int) length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(-9, 10);
        }
        return values;
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * y[i];
        }
        return sum;
    }

    @Test
    void eachLayoutOfAProductGivesTheSameResult() {
        // [1 2 3; 4 5 6] [7 8; 9 10; 11 12] = [58 64; 139 154]
        float[] a = {1, 2, 3, 4, 5, 6};
        float[] transposedA = {1, 4, 2, 5, 3, 6};
        float[] b = {7, 8, 9, 10, 11, 12};
        float[] transposedB = {7, 9, 11, 8, 10, 12};
        float[] product = {58, 64, 139, 154};

        assertThat(run(new Kernel.Gemm(2, 2, 3, false, false), a, b, new float[4]))
                .containsExactly(product);
        assertThat(run(new Kernel.Gemm(2, 2, 3, true, false), transposedA, b, new float[4]))
                .containsExactly(product);
        assertThat(run(new Kernel.Gemm(2, 2, 3, false, true), a, transposedB, new float[4]))
                .containsExactly(product);
        assertThat(run(new Kernel.Gemm(2, 2, 3, true, true), transposedA, transposedB, new float[4]))
                .containsExactly(product);
    }

    @Test
    void aBatchTakesMatrixByMatrixAndAnAccumulatingProductAdds() {
        float[] result = run(
                new Kernel.Gemm(2, 1, 1, 2, false, false, true),
                new float[] {1, 2, 3, 4},
                new float[] {5, 6, 7, 8},
                new float[] {100, 200});

        assertThat(result).containsExactly(117, 253);
    }

    @Test
    void rowsAreAddedToSummedAndNormalised() {
        assertThat(run(
                        new Kernel.Rows(RowOp.ADD_BIAS, 2, 2),
                        new float[] {1, 2, 3, 4},
                        new float[] {10, 20},
                        new float[4]))
                .containsExactly(11, 22, 13, 24);
        assertThat(run(new Kernel.Rows(RowOp.COLUMN_SUM, 2, 2), new float[] {1, 2, 3, 4}, new float[2]))
                .containsExactly(4, 6);
        assertThat(run(
                        new Kernel.Rows(RowOp.SOFTMAX, 2, 2),
                        new float[] {0, (float) Math.log(3), 1000, 1000},
                        new float[4]))
                .containsExactly(new float[] {0.25f, 0.75f, 0.5f, 0.5f}, within(1e-6f));
    }

    @Test
    void aConvolutionByWindowsAndAProductIsTheSumOverEachWindow() {
        // 3 x 3 image 1..9, 2 x 2 windows, weights 1 10 100 1000
        Window window = new Window(1, 1, 3, 3, 2, 1, 0, 2, 2);
        float[] columns = run(
                new Kernel.Windows(WindowOp.IM2COL, window),
                new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9},
                new float[(int) window.columns()]);
        float[] result =
                run(new Kernel.Gemm(4, 1, 4, false, false), columns, new float[] {1, 10, 100, 1000}, new float[4]);

        assertThat(result).containsExactly(5421, 6532, 8754, 9865);
    }

    @Test
    void foldingWindowsBackIsTheTransposeOfWritingThemOut() {
        Window window = new Window(3, 2, 9, 7, 3, 2, 1, 5, 4);
        float[] images = numbers(1, window.inputs());
        float[] columns = numbers(2, window.columns());

        float[] out = run(new Kernel.Windows(WindowOp.IM2COL, window), images, new float[columns.length]);
        float[] back = run(new Kernel.Windows(WindowOp.COL2IM, window), columns, new float[images.length]);

        assertThat(dot(out, columns)).isEqualTo(dot(images, back)).isNotZero();
    }

    @Test
    void poolingTakesTheLargestAndHandsItsGradientBack() {
        Window window = new Window(1, 1, 2, 4, 2, 2, 0, 1, 2);
        float[] image = {1, 7, -1, -2, 3, 2, -3, -4};

        assertThat(run(new Kernel.Windows(WindowOp.MAX_POOL, window), image, new float[2]))
                .containsExactly(7, -1);
        assertThat(run(new Kernel.Windows(WindowOp.MAX_POOL_GRADIENT, window), image, new float[] {5, 6}, new float[8]))
                .containsExactly(0, 5, 6, 0, 0, 0, 0, 0);
    }

    @Test
    void theFirstStepOfAdamGoesByTheLearningRateWhateverTheGradient() {
        float[] change = run(new Kernel.Adam(2), new float[] {0.5f, -200}, new float[2], new float[2], new float[2]);

        assertThat(change).containsExactly(new float[] {1e-3f, -1e-3f}, within(1e-8f));
    }

    @Test
    void anyOtherOperationReadsAndWritesAllItsElements() {
        assertThat(run(new Kernel.Stream("other", 5, 2), new float[] {1, 2, 3, 4, 5}, new float[2]))
                .containsExactly(9, 6);
    }

    @Test
    void productsOfFewerBitsAreRefused() {
        DeviceArray array = device.allocate(1);
        assertThatThrownBy(() -> device.run(
                        new Kernel.Gemm(1, 1, 1, false, false), MatrixMath.TF32, List.of(array, array, array)))
                .hasMessageContaining("tf32");
    }
}
