package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateTest {

    private static final String PROFILE = """
            schema: trainyard/calibration-profile/1
            id: here
            provenance: {kind: assumed, date: 2026-11-29}
            machine: {cores: 2}
            job_families:
              - {family: mlp, dtype: fp32, coefficients: {fixed_s: 1.0e-3, s_per_layer: 1.0e-3}}
            """;

    private static final String HEADER =
            "profile,job,family,held_out,layers,sequence_steps,gemm_calls,flops,parameter_bytes,"
                    + "adam_values,activation_bytes,im2col_bytes,repetitions,fastest_s,wall_fastest_s,wall_p50_s,wall_p95_s\n";

    @TempDir
    private Path folder;

    @Test
    void anUnknownDeviceHasTheNearestAsHint() {
        Cli cli = Cli.run(
                "calibrate",
                "--device",
                "cude",
                "-o",
                folder.resolve("here.yaml").toString());
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("no device 'cude'; there are cpu cuda").contains("cuda");
    }

    @Test
    void whatCannotBeWrittenIsToldBeforeAnythingIsMeasured() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Cli below = Cli.run("calibrate", "-o", file.resolve("here.yaml").toString());
        assertThat(below.code()).isEqualTo(2);
        assertThat(below.err()).contains("cannot write").contains("is a file");
        Path made = Files.createDirectory(folder.resolve("folder.yaml"));
        assertThat(Cli.run("calibrate", "-o", made.toString()).err()).contains("folder.yaml is a folder");
        Cli noYaml = Cli.run("calibrate", "-o", folder.resolve("here.txt").toString());
        assertThat(noYaml.code()).isEqualTo(2);
        assertThat(noYaml.err()).contains("no name of a YAML file").contains("-o here.yaml");
        assertThat(Cli.run("calibrate").code()).isEqualTo(2);
    }

    /** The tests of this module have no DL4J: what a user without its jars sees. */
    @Test
    void withoutTheJarsOfDl4jASentenceSaysSo() {
        Cli cli = Cli.run("calibrate", "-o", folder.resolve("here.yaml").toString());
        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).contains("error[native]").contains("DL4J").contains("./trainyard");
        assertThat(folder.resolve("here.samples.csv")).doesNotExist();
    }

    @Test
    void aBuildWithoutGpusSaysHowToBuildOne() {
        Cli cli = Cli.run(
                "calibrate",
                "--device",
                "cuda",
                "-o",
                folder.resolve("here.yaml").toString());
        assertThat(cli.code()).isEqualTo(3);
        assertThat(cli.err()).isEqualTo("""
                error[native]: this build has no code for GPUs
                   = build with mvn -q -Dquick -Dmaven.test.skip=true -pl training-cuda -am package -Pcuda13 for compute \
                capability 7.5 and newer, or with -Pcuda11 for 3.7 to 8.9, or calibrate the processor: calibrate --device cpu
                """);
        assertThat(folder.resolve("here.samples.csv")).doesNotExist();
    }

    /** Two layers cost 1 + 2 = 3 ms; held out: 3 ms measured, and 2.4 ms, 25 % off; their mean is 12.5 %. */
    @Test
    void verifyHoldsAProfileAgainstItsJobs() throws IOException {
        Files.writeString(folder.resolve("here.yaml"), PROFILE);
        Files.writeString(
                folder.resolve("here.jobs.csv"),
                HEADER
                        + row("fitted one", "mlp", "no", 0.006)
                        + row("exact", "mlp", "yes", 0.003)
                        + row("far", "mlp", "yes", 0.0024)
                        + row("unknown", "cnn", "yes", 1));
        Cli cli = Cli.run("verify", "calibration", "--json", "--data", folder.toString());
        assertThat(cli.code()).as(cli.err()).isEqualTo(4);
        assertThat(cli.out()).contains("12.5").contains("the profile has no fit of cnn");
        Files.writeString(
                folder.resolve("here.jobs.csv"), HEADER + row("a", "mlp", "yes", 0.003) + row("b", "mlp", "no", 0.006));
        assertThat(Cli.run("verify", "calibration", "--data", folder.toString()).code())
                .isZero();
        Files.writeString(folder.resolve("here.yaml"), PROFILE.replace("1.0e-3", "-1"));
        Cli broken = Cli.run("verify", "calibration", "--data", folder.toString());
        assertThat(broken.code()).isEqualTo(5);
        assertThat(broken.err()).contains("here.yaml:6:").contains("must lie between");
    }

    private static String row(String job, String family, String heldOut, double seconds) {
        return "here," + job + "," + family + "," + heldOut + ",2,0,8,1000,1000,0,1000,0,9," + seconds + ",1,1,1\n";
    }
}
