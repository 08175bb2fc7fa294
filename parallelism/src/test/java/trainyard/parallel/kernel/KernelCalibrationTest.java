package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.parallel.model.Operator;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.GpuSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.CalibrationProfile;

class KernelCalibrationTest {

    private static final GpuSpec A100 = HardwareCatalog.load().gpu("A100-SXM-80");
    private static final SoftwareProfile SOFTWARE = SoftwareProfiles.named("megatron-2022");

    @TempDir
    private Path folder;

    private CalibrationProfile profile;

    @BeforeEach
    void load() throws IOException {
        Path file = folder.resolve("profile.yaml");
        try (InputStream in = KernelCalibrationTest.class.getResourceAsStream("invented-a100.yaml")) {
            Files.copy(in, file);
        }
        profile = CalibrationProfile.load(file);
    }

    private KernelModel calibrated(PrecisionRecipe precision) {
        return new KernelModel(A100, precision, SOFTWARE, KernelCalibration.of(profile, A100));
    }

    /** Several products are a batch of activations, which is one kernel. */
    private static double seconds(KernelModel model, double batch, double m, double n, double k) {
        return model.forward(new Operator.MatrixMultiply("product", batch, m, n, k, batch == 1, false, 0))
                .seconds();
    }

    @Test
    void changesNothingWithoutMeasurements() {
        KernelModel plain = new KernelModel(A100, PrecisionRecipe.FP16, SOFTWARE);
        KernelModel none = new KernelModel(A100, PrecisionRecipe.FP16, SOFTWARE, KernelCalibration.NONE);

        assertThat(seconds(none, 4, 333, 2048, 777)).isEqualTo(seconds(plain, 4, 333, 2048, 777));
        assertThat(none.stream(1e8, 3)).isEqualTo(plain.stream(1e8, 3));
        assertThat(KernelCalibration.NONE.on(SOFTWARE)).isSameAs(SOFTWARE);
    }

    @Test
    void measuredShapesTakeWhatWasMeasured() {
        assertThat(seconds(calibrated(PrecisionRecipe.FP16), 1, 1024, 4096, 2048))
                .isCloseTo(1.2e-4, within(1e-12));
        assertThat(seconds(calibrated(PrecisionRecipe.FP16), 1, 4096, 4096, 2048))
                .isCloseTo(3.6e-4, within(1e-12));
        assertThat(seconds(calibrated(PrecisionRecipe.BF16), 1, 4096, 4096, 2048))
                .isCloseTo(3.6e-4, within(1e-12));
        assertThat(seconds(calibrated(PrecisionRecipe.FP16), 4, 1024, 4096, 2048))
                .as("held against the product of as many rows")
                .isCloseTo(
                        seconds(gapped(), 4, 1024, 4096, 2048) * 3.6e-4 / seconds(gapped(), 1, 4096, 4096, 2048),
                        within(1e-12));
    }

    /** The shape model with the measured gap alone. */
    private static KernelModel gapped() {
        return new KernelModel(A100, PrecisionRecipe.FP16, SOFTWARE, new KernelCalibration(Map.of(), 1, 1, 2, 1));
    }

    @Test
    void halfwayBetweenTwoShapesTheRatioIsTheirGeometricMean() {
        double low = 1.2e-4 / seconds(gapped(), 1, 1024, 4096, 2048);
        double high = 3.6e-4 / seconds(gapped(), 1, 4096, 4096, 2048);

        assertThat(seconds(calibrated(PrecisionRecipe.FP16), 1, 2048, 4096, 2048))
                .isCloseTo(seconds(gapped(), 1, 2048, 4096, 2048) * Math.sqrt(low * high), within(1e-12));
    }

    @Test
    void aCurveHoldsWhereItWasSampledAndItsEdgeBeyond() {
        KernelModel model = calibrated(PrecisionRecipe.TF32);
        KernelModel plain =
                new KernelModel(A100, PrecisionRecipe.TF32, SOFTWARE, new KernelCalibration(Map.of(), 1, 1, 2, 1));
        double edge = profile.gemm(Precision.TF32).orElseThrow().seconds(8192, 1024, 1024);

        assertThat(seconds(model, 1, 8192, 1024, 1024)).isCloseTo(edge, within(1e-12));
        assertThat(seconds(model, 1, 16384, 1024, 1024) / seconds(plain, 1, 16384, 1024, 1024))
                .isCloseTo(edge / seconds(plain, 1, 8192, 1024, 1024), within(1e-9));
    }

    @Test
    void memoryMovesAtTheMeasuredRateWithTheMeasuredGap() {
        assertThat(calibrated(PrecisionRecipe.FP16).stream(3e9, 2).seconds())
                .isCloseTo(2e-3 + 2 * 2.4e-6, within(1e-12));
    }

    @Test
    void aSlowHostLaunchesLater() {
        KernelCalibration slow = new KernelCalibration(Map.of(), 1, 1, 1, 3);

        assertThat(slow.on(SOFTWARE).host().forwardLaunchSeconds())
                .isCloseTo(3 * SOFTWARE.host().forwardLaunchSeconds(), within(1e-15));
        assertThatThrownBy(() -> new KernelCalibration(Map.of(), 0, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0");
    }
}
