package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code solve} says of a scenario that spreads more than the path that it varies. */
class SolveTest {

    private static final String SWEPT = """
            trainyard: 1
            name: life
            replications: 3
            cluster: {nodes: 32, node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 128 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 32, sequence-parallel: true, zero: 1}
              recompute: full
            life:
              horizon: 10 days
              step-time: 1 s
              spares: 1 node
              faults: {causes: {node: {scope: node, mtbf: 400 h, damage: node, repair: 40 h}}}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, initialise: 2 min}
            sweep:
              life.checkpoint.interval: [5 min, 1 h]
              life.spares: [0 nodes, 2 nodes]
            vary: {life.checkpoint.write: +-50%}
            """;

    private static Cli solve(String... further) {
        String[] arguments = new String[6 + further.length];
        String[] first = {"solve", "-", "--vary", "life.spares", "--until", "ettr >= 1%"};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(further, 0, arguments, first.length, further.length);
        return Cli.runWith(SWEPT, arguments);
    }

    /** It says what is wrong with an end of the range, not that it lacks a unit. */
    @Test
    void anEndThatThePathCannotHaveIsRefusedWithItsRange() {
        assertThat(solve("--from", "0", "--to", "20000000").err())
                .contains("20000000 is out of range", "--to:1:1", "write a whole number from 0 to 1000000");
        assertThat(solve("--from", "few", "--to", "20").err()).contains("'few' is not a whole number");
    }

    /** A network is asked for in bits, so it is not answered in bytes; and a step in ms is not one of 0.4 s. */
    @Test
    void answersInTheUnitsOfTheQuestion() {
        String step = SWEPT.substring(0, SWEPT.indexOf("life:")).replace("nodes: 32", "nodes: 4");
        Cli cli = Cli.runWith(
                step.replace("data: 32", "data: 4").replace("replications: 3\n", ""),
                "solve",
                "-",
                "--vary",
                "cluster.node.nic-bandwidth",
                "--from",
                "10 Gb/s",
                "--to",
                "0.4 Tb/s",
                "--until",
                "step-time <= 7300 ms");

        assertThat(cli.out())
                .containsPattern("Answer +the smallest is cluster.node.nic-bandwidth [0-9.]+ Gb/s: 7,[0-9.]+ ms")
                .containsPattern("Next +cluster.node.nic-bandwidth [0-9.]+ Gb/s does not: 7,[0-9.]+ ms")
                .doesNotContain("GB/s");
    }

    /** Each keeps the value that the scenario has beside the sweep. */
    @Test
    void saysWhichSweepsAreNotUsed(@TempDir Path folder) throws IOException {
        Cli cli = solve("-o", folder.toString());

        assertThat(cli.code()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("  Not used   sweep of life.checkpoint.interval, which stays 10 min\n")
                .contains("  Not used   vary of life.checkpoint.write, which stays 20 s\n")
                .doesNotContain("sweep of life.spares");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("Not used: sweep of life.checkpoint.interval, which stays 10 min.");
        assertThat(new ObjectMapper()
                        .readTree(solve("--json").out())
                        .at("/notUsed/0")
                        .asText())
                .isEqualTo("sweep of life.checkpoint.interval, which stays 10 min");
    }

    @Test
    void namesVariantsAsTheyAreTyped() {
        Cli cli = Cli.runWith(
                SWEPT + "variants: {one: {}, 'two, three': {}}\n",
                "solve",
                "-",
                "--vary",
                "life.spares",
                "--until",
                "ettr >= 1%");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("choose one, as --only 'one'; variants: 'one' 'two, three'");
    }

    @Test
    void refusesASweepThatWasTypedForNothing() {
        Cli cli = solve("--set", "sweep.life.checkpoint.interval=[5 min]");

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err())
                .contains(
                        "--set:1:1",
                        "'sweep.life.checkpoint.interval' has no effect: life.spares alone is varied",
                        "--set 'life.checkpoint.interval=VALUE'");
        assertThat(solve("--set", "sweep.life.spares=[0 nodes, 1 node]").code()).isZero();
    }
}
