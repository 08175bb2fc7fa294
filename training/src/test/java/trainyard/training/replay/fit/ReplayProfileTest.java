package trainyard.training.replay.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.hardware.calibration.CalibrationProfile;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.JobCheck;
import trainyard.sim.hardware.calibration.ProfileOrigin;
import trainyard.training.replay.ArrayDevice;
import trainyard.training.replay.Kernel;
import trainyard.training.replay.KernelSample;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.NumericCheck;
import trainyard.training.replay.ReplaySuite;

class ReplayProfileTest {

    private static final double GAP = 1e-6;
    private static final double LAUNCH = 4e-6;
    private static final double BANDWIDTH = 4e12;
    private static final double PEAK = 5e13;

    private static final Kernel.Gemm LARGE = new Kernel.Gemm(1024, 1024, 1024, false, false);
    private static final KernelTrace TRACE = new KernelTrace(
            "job",
            "by hand",
            "",
            1,
            1,
            List.of(LARGE, new Kernel.Stream("other", 1 << 22, 1 << 22), new Kernel.Adam(1)));

    private static KernelSample sample(
            String suite, String op, String dtype, String params, double seconds, double bytes) {
        return new KernelSample(suite, op, dtype, params, 0, 0, seconds, bytes, 0);
    }

    /** A device that keeps to the model exactly, with a slower second repetition of everything. */
    private static List<KernelSample> samples() {
        List<KernelSample> samples = new ArrayList<>();
        for (double slower : new double[] {1, 1.5}) {
            samples.add(sample("launch", "queued", "", "", GAP * slower, 0));
            for (int side = 64; side <= 4096; side *= 2) {
                for (int sum = 64; sum <= 4096; sum *= 4) {
                    double seconds = LAUNCH + 2.0 * side * side * sum / PEAK;
                    String params = "batch=1 m=" + side + " n=" + side + " k=" + sum + " layout=nn";
                    samples.add(sample("gemm", "gemm", "fp32", params, seconds * slower, 0));
                }
            }
            for (double bytes = 1024; bytes <= 1 << 28; bytes *= 8) {
                samples.add(sample("memory", "copy", "fp32", "", (GAP + bytes / BANDWIDTH) * slower, bytes));
                samples.add(sample("memory", "adam", "fp32", "", (GAP + bytes / BANDWIDTH) * slower, bytes));
                samples.add(sample("copy", "copy_h2d_pinned", "", "", (1e-5 + bytes / 5e10) * slower, bytes));
            }
            samples.add(sample("step", "job", "fp32", "", 7e-5 * slower, 0));
        }
        return samples;
    }

    private static final ProfileOrigin BY_HAND =
            new ProfileOrigin(Provenance.Kind.ASSUMED, "", "", "2026-11-29", "by hand", "", "");

    @Test
    void constantsOfADeviceThatKeepsToTheModelAreFound() {
        CalibrationProfile profile =
                ReplayProfile.of("gpu", BY_HAND, Map.of("gpu", "a GPU", "sms", "132"), samples(), List.of(TRACE));

        ComputeFit products = profile.gemm(Precision.FP32).orElseThrow();
        assertThat(products.peakFlopsPerSecond()).isCloseTo(PEAK, within(0.01 * PEAK));
        assertThat(products.launchSeconds()).isCloseTo(LAUNCH, within(0.02 * LAUNCH));
        assertThat(profile.launch().orElseThrow().gapSeconds()).isEqualTo(GAP);
        assertThat(profile.memory("copy").orElseThrow().bytesPerSecond())
                .isCloseTo(BANDWIDTH, within(0.01 * BANDWIDTH));
        assertThat(profile.memory("adam").orElseThrow().bytesPerParameter().orElseThrow())
                .isEqualTo(24);
        assertThat(profile.link("h2d_pinned").orElseThrow().seconds(1 << 28))
                .isCloseTo(1e-5 + (1 << 28) / 5e10, within(1e-4));
        assertThat(profile.machine().sms()).isEqualTo(132);
    }

    @Test
    void anIterationIsPredictedByItsKernelsAndComparedWithTheFastest() {
        CalibrationProfile profile = ReplayProfile.of("gpu", BY_HAND, Map.of(), samples(), List.of(TRACE));

        // product 4 us + 2 2^30 / 5e13 = 46.95 us; 2^25 bytes at 4e12 + 1 us = 9.39 us; Adam on one parameter 1 us
        JobCheck check = profile.jobs().get(0);
        assertThat(check.job()).isEqualTo("job fp32");
        assertThat(check.predictedSeconds()).isCloseTo(57.34e-6, within(0.6e-6));
        assertThat(check.minSeconds()).isEqualTo(7e-5);
        assertThat(check.errorPercent()).isCloseTo(18.1, within(1.0));
    }

    @Test
    void aWholeCalibrationWritesSamplesAndAProfileThatIsReadBack(@TempDir Path folder) throws IOException {
        KernelTrace trace = new KernelTrace(
                "tiny", "by hand", "", 1, 1, List.of(new Kernel.Gemm(8, 8, 8, false, true), new Kernel.Adam(64)));
        try (ArrayDevice device = new ArrayDevice(System::nanoTime)) {
            ReplayCalibration calibration = new ReplayCalibration(device, List.of(trace), () -> "2026-11-29T01:02:03Z");
            assertThat(calibration.check()).allMatch(NumericCheck.Outcome::passed);
            Path file = folder.resolve("arrays.yaml");

            CalibrationProfile made = calibration.measure(
                    new ReplaySuite(device, List.of(trace), 1, 128, 1 << 13), "trainyard test", file, () -> {});

            assertThat(CalibrationProfile.load(file)).isEqualTo(made);
            assertThat(made.jobs())
                    .singleElement()
                    .satisfies(job -> assertThat(job.job()).isEqualTo("tiny fp32"));
            assertThat(Files.readAllLines(folder.resolve("arrays.samples.csv")))
                    .hasSizeGreaterThan(50)
                    .startsWith(KernelSample.HEADER)
                    .allMatch(line -> line.split(",", -1).length == 10);
        }
    }
}
