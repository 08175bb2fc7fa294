package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario whose trace is damaged ends with exit code 5 and names the trace with its line. */
class DamagedTracesTest {

    private static final int MUTATIONS = 12;

    private static final String SCENARIO = """
            trainyard: 1
            name: damaged
            question: What does a damaged trace do?
            cluster: {node: {preset: dgx-h100}, network: {preset: ib-ndr}}
            job:
              model: {preset: llama3-8b}
              batch: {global: 8 sequences, micro: 1 sequence, sequence-length: 8192 tokens}
              parallel: {tensor: 8, data: 2, sequence-parallel: true, zero: 1}
              recompute: full
              software: megatron-core-2024
            life:
              horizon: 1 s
              step-time: 1 s
              spares: 0 nodes
              faults: {trace: {file: %s, format: %s%s}}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "outages.csv | outages | , nodes: 4 nodes | node,start_h,end_h,cause;a,1,3,gpu;b,2.5,7,;a,9,10,nic",
                "log.csv | failure-log | , system: 2 | System,nodes,Prob Started,Down Time,Facilities,Hardware,Human Error,"
                        + "Network,Undetermined,Software;2,49,6/21/2005 10:54,6,,disk,,,,;2,49,6/22/2005 11:00,7,,disk,,,,",
                "spot.csv | membership | '' | 0,add,a;0,add,b;1000,remove,a;3000,add,c;9000,remove,b",
                "counts.csv | counts | '' | 0,2;1000,4;3000,1;4000,7"
            })
    void aDamagedTraceIsRefusedByItsLine(String file, String format, String keys, String rows) throws IOException {
        Path scenario = folder.resolve("scenario.yaml");
        Files.writeString(
                scenario, SCENARIO.formatted(file, format, keys.strip().replace("'", "")));
        String[] lines = rows.strip().split(";");
        Random random = new Random(20261128);
        for (int i = 0; i < MUTATIONS; i++) {
            String[] damaged = lines.clone();
            int line = 1 + random.nextInt(lines.length - 1);
            int comma = damaged[line].indexOf(',');
            damaged[line] = switch (random.nextInt(3)) {
                case 0 -> damaged[line].substring(0, comma) + "\u0000" + damaged[line].substring(comma + 1);
                case 1 -> "\"" + damaged[line];
                default -> "nonsense";
            };
            Files.writeString(folder.resolve(file), String.join("\n", damaged) + "\n");
            Cli run = Cli.run("validate", scenario.toString());
            assertThat(run.code())
                    .as("%s%n%s", damaged[line], run.err() + run.out())
                    .isEqualTo(5);
            assertThat(run.err() + run.out())
                    .contains(scenario.getFileName() + ":15:")
                    .containsPattern(file.replace(".", "\\.") + ":" + (1 + line) + ": ");
        }
    }
}
