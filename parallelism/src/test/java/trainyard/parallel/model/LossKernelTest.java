package trainyard.parallel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossKernelTest {

    private static final double LOGITS = 1000;
    private static final double HALF = 2;

    private static Operator.Streaming of(LossKernel kernel) {
        return (Operator.Streaming) kernel.operator(LOGITS, HALF);
    }

    /** log_softmax of 32 bits: 2 in, 4 out, then 3 x 4 in and 4 out. */
    @Test
    void pytorchTurnsLogitsTo32Bits() {
        assertThat(of(LossKernel.PYTORCH).forwardBytes()).isEqualTo(LOGITS * (2 + 4 + 3 * 4 + 4));
    }

    @Test
    void twoMetricsComputeTheCrossEntropyTwiceMore() {
        Operator.Streaming plain = of(LossKernel.FUSED);
        Operator.Streaming measured = of(LossKernel.FUSED_WITH_METRICS);
        Operator.Streaming metric = of(LossKernel.PYTORCH);
        assertThat(measured.forwardBytes()).isEqualTo(plain.forwardBytes());
        assertThat(measured.backwardBytes()).isEqualTo(plain.backwardBytes() + 2 * metric.forwardBytes());
        assertThat(measured.backwardKernels()).isEqualTo(plain.backwardKernels() + 2 * metric.forwardKernels());
        assertThat(measured.savedBytes()).isEqualTo(plain.savedBytes());
    }
}
