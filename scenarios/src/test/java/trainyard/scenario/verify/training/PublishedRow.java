package trainyard.scenario.verify.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import trainyard.sim.csv.CsvTable;

/** A row of published training steps that tests change. */
final class PublishedRow {

    /** Korthikanti et al. 2022, Table 5: 175B, selective recomputation, sequence parallel. */
    private static final String GPT_175B = """
            id: k-4
            model: gpt-175b
            family: gpt
            layers: 96
            hidden: 12288
            ffn: 49152
            heads: 96
            seq: 2048
            vocab: 51200
            gpu: A100-80
            gpus: 64
            gpus_per_node: 8
            fabric: Selene DGX A100 + 8x HDR200 IB
            framework: Megatron-LM
            source: Korthikanti et al. 2022
            precision: fp16
            tp: 8
            pp: 8
            vpp: 3
            dp: 1
            mbs: 1
            gbs: 64
            recompute: selective
            seq_parallel: yes
            iter_time_s: 13.75
            mfu_pct: 51.4
            gate: yes
            zero_stage: 0
            cp: 1
            """;

    private PublishedRow() {}

    /** A complete row, by column; what it does not state is empty. */
    static Map<String, String> gpt175b() {
        Map<String, String> row = new LinkedHashMap<>();
        TrainingRowReader.COLUMNS.forEach(column -> row.put(column, ""));
        GPT_175B.lines().forEach(line -> {
            int colon = line.indexOf(':');
            row.put(line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return row;
    }

    /** What a reader makes of the row, written to a table of a folder. */
    static TrainingRow read(TrainingRowReader reader, Map<String, String> row, Path folder) {
        Path file = folder.resolve("rows.csv");
        String cells = row.values().stream().map(cell -> '"' + cell + '"').collect(Collectors.joining(","));
        try {
            Files.write(file, List.of(String.join(",", row.keySet()), cells));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.read(CsvTable.read(file).rows().get(0));
    }
}
