package trainyard.sim.hardware.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.Provenance;

class CalibrationProfileTest {

    @TempDir
    private Path folder;

    @Test
    void readsEveryPart() throws IOException {
        CalibrationProfile profile = CalibrationProfile.load(write(example()));
        assertThat(profile.id()).isEqualTo("example-2026-11-bf16");
        assertThat(profile.provenance())
                .isEqualTo(new Provenance(
                        Provenance.Kind.ASSUMED, "calibration profile example-2026-11-bf16", "2026-11-22"));
        assertThat(profile.machine().sms()).isEqualTo(132);
        assertThat(profile.machine().software()).containsEntry("clocks_locked", "false");
        assertThat(profile.launch()).contains(new LaunchFit(1e-6));
        assertThat(profile.gemm(Precision.FP32)).isEmpty();
        assertThat(profile.gemm(Precision.BF16).orElseThrow().points())
                .containsExactly(new GemmPoint(4096, 4096, 4096, 2.1e-4));
        assertThat(profile.memory("adam").orElseThrow().bytesPerParameter()).hasValue(28);
        assertThat(profile.memory("adam").orElseThrow().fit()).isEmpty();
        assertThat(profile.compute().get(0).fit().orElseThrow().ci95())
                .containsEntry("peak_flops_per_s", new FitQuality.Interval(7.7e14, 8.1e14));
        assertThat(profile.storage("local_disk").orElseThrow().cached()).isTrue();
        assertThat(profile.jobs().get(0).medianSeconds()).isEqualTo(0.0012);
    }

    /** Half of the peak at k = half_k and, apart from that, half again at m n = half_tile^2. */
    @Test
    void gemmReachesHalfOfThePeakAtItsHalfLengths() throws IOException {
        ComputeFit gemm =
                CalibrationProfile.load(write(example())).gemm(Precision.BF16).orElseThrow();
        assertThat(gemm.efficiency(1e9, 1e9, 256)).isCloseTo(0.5, within(1e-6));
        assertThat(gemm.efficiency(1024, 1024, 256)).isCloseTo(0.25, within(1e-12));
        double flops = 2.0 * 1024 * 1024 * 256;
        assertThat(gemm.seconds(1024, 1024, 256)).isCloseTo(5e-6 + flops / (0.25 * 7.9e14), within(1e-12));
    }

    @Test
    void smallTransfersTakeTheirOwnConstants() throws IOException {
        LinkFit link =
                CalibrationProfile.load(write(example())).link("h2d_pinned").orElseThrow();
        assertThat(link.seconds(65536)).isCloseTo(6e-6 + 65536 * 4e-11, within(1e-12));
        assertThat(link.seconds(65537)).isCloseTo(1e-5 + 65537 * 1.8e-11, within(1e-12));
    }

    /** 1e-4 + 3 x 2e-4 + 1e9 x 1.3e-11 = 0.0137 s. */
    @Test
    void anIterationCostsTheSumOfItsTerms() throws IOException {
        JobFamilyFit mlp = CalibrationProfile.load(write(example()))
                .family("mlp", Precision.FP32)
                .orElseThrow();
        JobCounts three = new JobCounts(Map.of(JobTerm.LAYER, 3.0, JobTerm.FLOP, 1e9));
        assertThat(mlp.seconds(three)).isCloseTo(0.0137, within(1e-12));
        assertThat(mlp.fit().orElseThrow().ci95()).containsKey("s_per_flop");
        assertProblem("s_per_flop: 1.3e-11", "s_per_flop: -1", "s_per_flop: must lie between");
        assertProblem("s_per_flop: 1.3e-11", "flop: 1", "unknown key flop; keys here are fixed_s");
        assertProblem("flops: [1.0e5", "flop: [1.0e5", "unknown key flop; keys here are iterations, layers");
    }

    /** 1e-4 + 3 x 2e-4 + 1e11 x 1.3e-11 = 1.3007 s, of which 9e10 x 1.3e-11 = 1.17 s are beyond the 1e10 FLOPs that were measured. */
    @Test
    void aFitTellsWhatLiesBeyondItsRange() throws IOException {
        CalibrationProfile profile = CalibrationProfile.load(write(example()));
        JobFamilyFit mlp = profile.family("mlp", Precision.FP32).orElseThrow();
        JobCounts large = new JobCounts(Map.of(JobTerm.LAYER, 3.0, JobTerm.FLOP, 1e11));
        assertThat(mlp.extrapolation(new JobCounts(Map.of(JobTerm.LAYER, 3.0, JobTerm.FLOP, 1e9))))
                .isEmpty();
        assertThat(mlp.extrapolation(new JobCounts(Map.of(JobTerm.LAYER, 3.0, JobTerm.FLOP, 1e3))))
                .as("fewer FLOPs than measured, which take next to no time")
                .isEmpty();
        assertThat(mlp.extrapolation(large)).hasValueSatisfying(beyond -> {
            assertThat(beyond.share()).isCloseTo(1.17 / 1.3007, within(1e-9));
            assertThat(beyond.factor()).isCloseTo(10, within(1e-9));
            assertThat(beyond.in(profile).sentence())
                    .isEqualTo(
                            "the fit of mlp iterations of the profile example-2026-11-bf16 is used outside what was measured,"
                                    + " so that 90 % of the time taken from it is extrapolated: 1.00e+11 flops, measured 100,000 to"
                                    + " 1.00e+10 (10.0 times the most)");
        });
        JobCounts one = new JobCounts(Map.of(JobTerm.LAYER, 1.0));
        assertThat(profile.concurrency("mlp", 2)
                        .orElseThrow()
                        .extrapolation(one)
                        .map(Extrapolation::factor))
                .contains(2.0);
        ComputeFit gemm = profile.gemm(Precision.BF16).orElseThrow();
        assertThat(gemm.beyond(64, 8192, 256)).isEmpty();
        assertThat(gemm.beyond(16_384, 8192, 256)).hasSize(1);
    }

    /** What was measured of sizes is told where the file says it; older files do not. */
    @Test
    void aTransferTellsWhatLiesBeyondTheSizesMeasured() throws IOException {
        assertThat(CalibrationProfile.load(write(example()))
                        .link("h2d_pinned")
                        .flatMap(link -> link.extrapolation(1e18)))
                .isEmpty();
        CalibrationProfile shipped =
                CalibrationProfile.shipped("amd-epyc-2-cores").orElseThrow();
        LinkFit link = shipped.link("loopback_tcp").orElseThrow();
        assertThat(link.extrapolation(32)).isEmpty();
        assertThat(link.extrapolation(8_388_608)).isEmpty();
        assertThat(link.extrapolation(16_777_216)).hasValueSatisfying(beyond -> {
            assertThat(beyond.factor()).isEqualTo(2);
            assertThat(beyond.sentence()).startsWith("the fit of messages over loopback_tcp is used outside");
        });
        MemoryFit copy = shipped.memory("copy_d2d").orElseThrow();
        assertThat(copy.beyond(2_097_152)).isEmpty();
        assertThat(copy.beyond(1024)).isPresent();
        assertThat(shipped.storage("checkpoint_file").orElseThrow().bytes())
                .contains(new FitQuality.Interval(268_435_456, 268_435_456));
        assertThat(CalibrationProfile.load(write(shipped.toYaml()))).isEqualTo(shipped);
    }

    @Test
    void whatIsWrittenReadsBackEqual() throws IOException {
        CalibrationProfile profile = CalibrationProfile.load(write(example()));
        assertThat(CalibrationProfile.load(write(profile.toYaml()))).isEqualTo(profile);
    }

    @Test
    void errorsNameFileLineAndColumn() throws IOException {
        assertProblem("peak_flops_per_s: 7.9e14", "peak_flops_per_s: -1", ":8:68: peak_flops_per_s: must lie between");
        assertProblem("peak_flops_per_s: 7.9e14", "peak_flops_per_s: 790 TFLOP/s", "expected a number");
        assertProblem("dtype: bf16", "dtype: int8", ":8:23: dtype: must be one of fp32");
        assertProblem("half_k: 256, ", "", ":8:5: key half_k is missing");
        assertProblem("half_k: 256", "halfk: 256", "unknown key halfk; keys here are op, dtype");
        assertProblem("m: [64, 8192]", "m: [8192, 64]", "m: must be ascending");
        assertProblem("kind: assumed", "kind: guessed", "kind: must be one of measured, published, assumed");
        assertProblem("date: 2026-11-22", "date: yesterday", "date: must be a day");
        assertProblem("profile/1", "profile/2", ":2:9: schema: must be trainyard/calibration-profile/1");
        assertProblem("cached: true", "cached: maybe", "cached: must be true or false");
        assertProblem("compute:\n", "compute: [\n", "not YAML");
    }

    @Test
    void hostileFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> CalibrationProfile.load(folder.resolve("none.yaml")))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("there is no such file");
        Path deep = write("[".repeat(20_000));
        assertThatThrownBy(() -> CalibrationProfile.load(deep)).hasMessage(deep + ":1:21: nested too deeply");
        Path alias = write("a: &a [1]\nb: *a\n");
        assertThatThrownBy(() -> CalibrationProfile.load(alias)).hasMessageContaining(":2:4: aliases are not allowed");
        Path large = write(" ".repeat(2 << 20));
        assertThatThrownBy(() -> CalibrationProfile.load(large)).hasMessageContaining("larger than 1 MiB");
        Path empty = write("");
        assertThatThrownBy(() -> CalibrationProfile.load(empty)).isInstanceOf(CalibrationException.class);
    }

    private void assertProblem(String from, String to, String message) throws IOException {
        String text = example();
        assertThat(text).contains(from);
        Path file = write(text.replace(from, to));
        assertThatThrownBy(() -> CalibrationProfile.load(file))
                .isInstanceOf(CalibrationException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private static String example() throws IOException {
        try (InputStream in = CalibrationProfileTest.class.getResourceAsStream("example.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "profile", ".yaml"), text);
    }
}
