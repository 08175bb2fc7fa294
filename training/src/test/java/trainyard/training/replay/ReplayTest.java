package trainyard.training.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Kernel.Gemm GEMM = new Kernel.Gemm(3, 4, 5, false, true);
    private static final Kernel BIAS = new Kernel.Rows(RowOp.ADD_BIAS, 3, 4);
    private static final Kernel ADAM = new Kernel.Adam(24);
    private static final KernelTrace TRACE =
            new KernelTrace("tiny", "by hand", "5-4", 3, 24, List.of(GEMM, BIAS, BIAS, GEMM, ADAM));

    @Test
    void anIterationIsTheKernelsOfTheTraceInTheirOrder() {
        FlawedDevice device = new FlawedDevice(kernel -> false);
        List<KernelSample> samples = new ArrayList<>();

        new TraceReplay(device).measure(TRACE, MatrixMath.FP32, 7, 2, 3, samples::add);

        List<Kernel> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.addAll(TRACE.kernels());
        }
        assertThat(device.ran).isEqualTo(five);
        assertThat(samples).hasSize(3);
        assertThat(samples.get(2).csv("2026-11-29T00:00:00Z"))
                .isEqualTo("step,tiny,fp32,batch=3 kernels=5,7,2,5.0,1176.0,240.0,2026-11-29T00:00:00Z");
    }

    @Test
    void bytesAndOperationsFollowFromTheSizes() {
        // a gemm of 15 + 20 + 12 elements, a bias over 12 + 4 + 12, Adam over 6 x 24
        assertThat(GEMM.bytes()).isEqualTo(4 * 47);
        assertThat(BIAS.bytes()).isEqualTo(4 * 28);
        assertThat(ADAM.bytes()).isEqualTo(4 * 144);
        assertThat(TRACE.flops()).isEqualTo(2 * 2 * 3 * 4 * 5);
        assertThat(TRACE.gemms()).containsExactly(GEMM, GEMM);
    }

    @Test
    void aJobThatNeedsMoreMemoryThanThereIsIsRefused() {
        Kernel large = new Kernel.Elementwise(ElementOp.COPY, 1 << 20);
        KernelTrace trace = new KernelTrace("large", "by hand", "", 1, 1, List.of(large));

        assertThatThrownBy(() -> new TraceReplay(new FlawedDevice(kernel -> false))
                        .measure(trace, MatrixMath.FP32, 0, 0, 1, sample -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the device has no 8 MiB of memory free");
    }

    @Test
    void aSuiteTakesEachMeasurementOnceARoundAndTheTracedShapesToo() {
        FlawedDevice device = new FlawedDevice(kernel -> false);
        ReplaySuite suite = new ReplaySuite(device, List.of(TRACE), 2, 64, 1 << 10);
        List<KernelSample> samples = new ArrayList<>();
        int[] steps = {0};

        suite.run(device, samples::add, () -> steps[0]++);

        assertThat(steps[0]).isEqualTo(suite.steps());
        Set<String> suites = samples.stream().map(KernelSample::suite).collect(Collectors.toCollection(HashSet::new));
        assertThat(suites).containsExactlyInAnyOrder("launch", "copy", "memory", "gemm", "step");
        assertThat(samples.stream().filter(sample -> sample.params().equals("batch=1 m=3 n=4 k=5 layout=nt")))
                .hasSize(2 * 5)
                .allMatch(sample -> sample.seconds() == 1 && sample.flops() == 120);
    }

    @Test
    void aDeviceThatIsRightPassesAndOneWrongKernelIsFound() {
        assertThat(NumericCheck.of(new FlawedDevice(kernel -> false))).allMatch(NumericCheck.Outcome::passed);

        List<NumericCheck.Outcome> pooling = NumericCheck.of(new FlawedDevice(
                kernel -> kernel instanceof Kernel.Windows windows && windows.operation() == WindowOp.MAX_POOL));
        assertThat(pooling.stream().filter(outcome -> !outcome.passed()))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.what()).contains("MAX_POOL"));

        assertThat(NumericCheck.of(new FlawedDevice(Kernel.Gemm.class::isInstance))
                        .get(0)
                        .passed())
                .isFalse();
    }
}
