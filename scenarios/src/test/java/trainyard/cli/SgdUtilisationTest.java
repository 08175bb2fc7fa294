package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model FLOPs utilisation of training on the virtual clock. */
class SgdUtilisationTest {

    private static final String SCENARIO = """
            trainyard: 1
            name: used
            cluster: {nodes: 1 node, node: {preset: dgx-a100}, network: {preset: ib-hdr}}
            sgd:
              problem: {kind: mlp, hidden: [8], data: digits}
              workers: 2
              batch: 8
              compute: {time: 1 s, law: fixed, flops: 156 TFLOP}
              optimizer: {rate: 0.1}
              horizon: 50 s
              shown: 5
            report: {charts: [{kind: over-time, y: mfu}]}
            """;

    @TempDir
    private Path folder;

    private Cli run(String scenario) throws IOException {
        Path file = Files.writeString(folder.resolve("used.yaml"), scenario);
        return Cli.run("run", file.toString(), "-o", folder.resolve("out").toString());
    }

    /** Half of 312 TFLOP/s while computing, and exchange of a few kilobytes takes nearly nothing. */
    @Test
    void gradientsAreToldAgainstThePeak() throws IOException {
        Cli cli = run(SCENARIO + "expect: {mfu: between 48% and 50%}\n");
        assertThat(cli.err()).isEmpty();
        assertThat(cli.code()).isZero();
        try (var charts = Files.list(folder.resolve("out/charts"))) {
            assertThat(charts.map(path -> path.getFileName().toString())).anyMatch(name -> name.contains("mfu"));
        }
    }

    @Test
    void whatNoGpuCanDoIsRefused() throws IOException {
        Cli faster = run(SCENARIO.replace("156 TFLOP", "624 TFLOP"));
        assertThat(faster.code()).isEqualTo(2);
        assertThat(faster.err()).contains("used.yaml:8:43", "2 s at its peak, and a gradient takes 1 s");
        Cli nowhere = run(SCENARIO.replaceFirst("cluster: .*\n", ""));
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("the scenario has no cluster");
    }
}
