package trainyard.training.replay;

import java.util.List;
import java.util.function.Consumer;

/**
 * One kernel, queued many times over: seconds from one to the next.
 *
 * @param suite group of the samples
 * @param kernel what is timed
 * @param math format of matrix products
 */
record KernelMeasurement(String suite, Kernel kernel, MatrixMath math) implements Measurement {

    @Override
    public void take(KernelDevice device, int round, Consumer<KernelSample> samples) {
        try (Scratch scratch = Scratch.of(device, List.of(kernel));
                PreparedKernel prepared = device.prepare(kernel, math, scratch.operands(kernel))) {
            Series.take(
                    device,
                    prepared::queue,
                    (repetition, seconds) -> samples.accept(new KernelSample(
                            suite,
                            kernel.op(),
                            math.word(),
                            params(),
                            round,
                            repetition,
                            seconds,
                            bytes(),
                            kernel.flops())));
        }
    }

    private double bytes() {
        if (!(kernel instanceof Kernel.Gemm gemm)) {
            return kernel.bytes();
        }
        double operands = (double) gemm.batch() * gemm.k() * ((double) gemm.m() + gemm.n());
        double result = (double) gemm.batch() * gemm.m() * gemm.n() * (gemm.accumulate() ? 2 : 1);
        return math.operandBytes() * operands + Kernel.FLOAT_BYTES * result;
    }

    private String params() {
        if (kernel instanceof Kernel.Gemm gemm) {
            return "batch=" + gemm.batch() + " m=" + gemm.m() + " n=" + gemm.n() + " k=" + gemm.k() + " layout="
                    + (gemm.transposeA() ? "t" : "n") + (gemm.transposeB() ? "t" : "n");
        } else if (kernel instanceof Kernel.Rows rows) {
            return "rows=" + rows.rows() + " columns=" + rows.columns();
        } else if (kernel instanceof Kernel.Windows windows) {
            Window window = windows.window();
            return "images=" + window.images() + " channels=" + window.channels() + " height=" + window.height()
                    + " width=" + window.width() + " side=" + window.side() + " stride=" + window.stride();
        }
        return "elements=" + kernel.operands().get(kernel.operands().size() - 1);
    }
}
