package trainyard.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the command makes of files that no reader of traces was written for: a damaged one ends with exit code 5 and its line, one that is
 * merely written by another program is read.
 */
class HostileFilesTest {

    private static final String FAULTS = """
            trainyard: 1
            name: hostile
            question: What does a hostile trace do?
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
              faults: {trace: {file: %s, format: %s}}
              checkpoint: {interval: 10 min, write: 20 s, restore: 60 s}
              recovery: {detect: 1 min, diagnose: 0 s, initialise: 2 min}
            """;
    private static final String JOBS = """
            trainyard: 1
            name: hostile
            question: What does a hostile list do?
            cluster: {nodes: 4 nodes, node: {preset: dgx-h100}}
            jobs: {trace: {file: %s, format: %s}}
            scheduler: {policy: fifo}
            """;
    private static final int MORE_THAN_A_CELL = 17 << 20;

    /** A format with a file that is right, whose first line is a header if it has one, and a column of numbers, counted from 0. */
    private enum Format {
        PHILLY(
                JOBS,
                "philly",
                true,
                1,
                "timestamp,duration,num_gpus,cluster",
                "2017-10-09 07:01:55,60,8,a",
                "2017-10-09 07:02:55,70,1,b"),
        HELIOS(
                JOBS,
                "helios",
                true,
                3,
                "job_id,gpu_num,submit_time,duration,vc",
                "7,8,2020-04-01 00:01:00,90,a",
                "8,1,2020-04-01 00:02:00,80,a"),
        TIRESIAS(JOBS, "tiresias", true, 2, "job_id,num_gpu,submit_time,duration", "1,8,0,60", "2,1,30,70"),
        MURI(
                JOBS,
                "muri",
                true,
                5,
                "job_id,num_gpu,submit_time,iterations,model_name,iteration_time",
                "1,8,0,100,vgg16,200",
                "2,1,30,100,vgg16,300"),
        OPENB(
                JOBS,
                "openb",
                true,
                6,
                "name,cpu_milli,memory_mib,num_gpu,gpu_milli,creation_time,deletion_time",
                "a,4000,1024,1,1000,5,25",
                "b,4000,1024,1,1000,6,35"),
        CSV(JOBS, "csv, columns: {submit: when, gpus: gpus, run: run}", true, 2, "when,gpus,run", "0,8,60", "30,1,70"),
        SACCT(
                JOBS,
                "sacct",
                true,
                2,
                "JobID|Submit|ElapsedRaw|AllocTRES",
                "11|2024-05-01T10:00:00|60|gres/gpu=8",
                "12|2024-05-01T10:01:00|70|gres/gpu=1"),
        GAVEL(
                JOBS,
                "gavel, tables: speeds.json, gpu-type: v100",
                false,
                9,
                "LM\tpython3 main.py\tlm\t--steps\t1\t1200\t1\t1\t-1\t10",
                "LM\tpython3 main.py\tlm\t--steps\t1\t2400\t1\t1\t-1\t20"),
        SHOCKWAVE(
                JOBS,
                "shockwave",
                false,
                10,
                "LM\tpython3 main.py\tlm\t--steps\t1\t1200\t1\tgns\t1\t-1\t600\t10",
                "LM\tpython3 main.py\tlm\t--steps\t1\t2400\t1\tstatic\t1\t-1\t700\t20"),
        PAI(
                JOBS,
                "pai, tables: tasks.csv",
                true,
                4,
                "job_name,inst_id,user,status,start_time,end_time",
                "a,i,u,Terminated,100.0,205.0",
                "b,j,u,Terminated,110.0,215.0"),
        OUTAGES(FAULTS, "outages, nodes: 4 nodes", true, 2, "node,end_h,start_h", "a,3,1", "b,7,2.5"),
        FAILURE_LOG(
                FAULTS,
                "failure-log, system: 2",
                true,
                4,
                "System,nodes,nodenumz,Prob Started,Down Time,Facilities,Hardware,Human Error,Network,Undetermined,Software",
                "2,49,3,6/21/2005 10:54,6,,disk,,,,",
                "2,49,4,6/22/2005 11:00,7,,disk,,,,"),
        MEMBERSHIP(FAULTS, "membership", false, 0, "0,add,a", "0,add,b", "1000,remove,a", "3000,add,c"),
        COUNTS(FAULTS, "counts", false, 0, "0,2", "1000,4", "3000,1"),
        NODE_FAULTS(
                FAULTS,
                "node-faults, nodes: 4 nodes",
                false,
                0,
                "[" + event("fault_start", "1.5") + ",",
                event("fault_end", "2.5") + "]"),
        CAPACITY(FAULTS, "capacity", false, 0, "{\"metadata\": {\"gap_seconds\": 600},", "\"data\": [1, 2, 1]}");

        private final String scenario;
        private final String keys;
        private final boolean hasHeader;
        private final int numbers;
        private final List<String> lines;

        Format(String scenario, String keys, boolean hasHeader, int numbers, String... lines) {
            this.scenario = scenario;
            this.keys = keys;
            this.hasHeader = hasHeader;
            this.numbers = numbers;
            this.lines = List.of(lines);
        }

        private static String event(String type, String time) {
            return "{\"node_id\": \"a\", \"event_time\": " + time + ", \"event_type\": \"" + type
                    + "\", \"fault_type\": {\"Level\": \"l\", \"Class\": \"c\", \"Desc\": \"d\"}}";
        }

        private boolean isJson() {
            return this == NODE_FAULTS || this == CAPACITY;
        }

        private String separator() {
            return switch (this) {
                case SACCT -> "|";
                case GAVEL, SHOCKWAVE -> "\t";
                default -> ",";
            };
        }

        private String text() {
            return String.join("\n", lines) + "\n";
        }

        /** The file with another number in its last line, or in place of its first number where it is JSON. */
        private String with(String number) {
            if (isJson()) {
                return text().replaceFirst("(event_time|gap_seconds)\": [0-9.]+", "$1\": " + number);
            }
            List<String> changed = new ArrayList<>(lines);
            String[] cells = lines.get(lines.size() - 1).split(Pattern.quote(separator()), -1);
            cells[numbers] = number;
            changed.set(lines.size() - 1, String.join(separator(), cells));
            return String.join("\n", changed) + "\n";
        }

        /** Each line with one change. */
        private String each(UnaryOperator<String> change) {
            return lines.stream().map(change).collect(Collectors.joining("\n", "", "\n"));
        }
    }

    @TempDir
    private Path folder;

    /** The second files of lists that need one. */
    @BeforeEach
    void writeTables() throws IOException {
        Files.writeString(folder.resolve("speeds.json"), "{\"v100\": {\"('LM', 1)\": {\"null\": 2.0}}}");
        Files.write(
                folder.resolve("tasks.csv"),
                List.of(
                        "a,worker,1.0,Terminated,105.0,205.0,600.0,29.3,50.0,MISC",
                        "b,worker,1.0,Terminated,115.0,215.0,600.0,29.3,50.0,MISC"));
    }

    private Cli validate(Format format, String file, byte[] content) throws IOException {
        Files.write(folder.resolve(file), content);
        Path scenario = folder.resolve("scenario.yaml");
        Files.writeString(scenario, format.scenario.formatted(file, format.keys));
        return Cli.run("validate", scenario.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static byte[] random() {
        byte[] bytes = new byte[5000];
        new Random(20261129).nextBytes(bytes);
        return bytes;
    }

    private static Map<String, byte[]> damaged(Format format) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("empty", new byte[0]);
        files.put("random bytes", random());
        files.put("another encoding", (format.text() + "\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        files.put("something behind it", utf8(format.text() + "]\n"));
        for (String number : List.of("NaN", "-5", "1e300", "5d")) {
            files.put("the number " + number, utf8(format.with(number)));
        }
        String cell = format.separator();
        if (format.hasHeader) {
            files.put("a head alone", utf8(format.lines.get(0) + "\n"));
            files.put("a column missing", utf8(format.each(line -> line.substring(line.indexOf(cell) + 1))));
            files.put("a column twice", utf8(format.each(line -> line + cell + line.substring(0, line.indexOf(cell)))));
        }
        if (!format.isJson()) {
            files.put("a row too wide", utf8(format.text() + cell.repeat(40) + "\n"));
        }
        if (!format.isJson() && (format.hasHeader || format.scenario.equals(FAULTS))) {
            files.put("one moment only", utf8(format.hasHeader ? "\n" : format.lines.get(0) + "\n"));
        }
        if (format == Format.COUNTS) {
            files.put("one huge line", utf8(format.text() + "x".repeat(MORE_THAN_A_CELL)));
        }
        return files;
    }

    /** With a byte-order mark, lines as in Windows, the last one without an end, and rows in another order where that may be. */
    private static byte[] odd(Format format) {
        List<String> lines = new ArrayList<>(format.lines);
        if (format.hasHeader) {
            Collections.reverse(lines.subList(1, lines.size()));
        }
        return utf8("\uFEFF" + String.join("\r\n", lines));
    }

    @ParameterizedTest
    @EnumSource
    void damageIsRefusedByItsLineAndFilesOfOtherProgramsAreRead(Format format) throws IOException {
        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<String, byte[]> file : damaged(format).entrySet()) {
            refused(all, file.getKey(), "trace.csv", validate(format, "trace.csv", file.getValue()));
        }
        byte[] whole = packed(utf8(format.text()));
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);
        refused(all, "a file cut off", "cut.csv.gz", validate(format, "cut.csv.gz", cut));
        Cli plain = validate(format, "trace.csv", utf8(format.text()));
        all.assertThat(plain.code()).as("as it is: %s", plain.err()).isZero();
        Cli odd = validate(format, "trace.csv", odd(format));
        all.assertThat(odd.code()).as("of another program: %s", odd.err()).isZero();
        all.assertAll();
    }

    private static void refused(SoftAssertions all, String what, String file, Cli run) {
        String said = run.err() + run.out();
        all.assertThat(run.code()).as("%s: %s", what, said).isEqualTo(5);
        all.assertThat(said).as(what).containsPattern(Pattern.quote(file) + ":\\d+: ");
        all.assertThat(said.length()).as(what).isLessThan(2000);
    }

    /** A row with too many cells is one that may be skipped, like any other bad row. */
    @ParameterizedTest
    @EnumSource(names = {"PHILLY", "HELIOS", "TIRESIAS", "MURI", "OPENB", "CSV", "SACCT", "GAVEL", "SHOCKWAVE", "PAI"})
    void badRowsAreSkippedWhereTheScenarioAllowsIt(Format format) throws IOException {
        String file = format.text() + format.separator().repeat(40) + "\n";
        Files.writeString(folder.resolve("trace.csv"), file);
        Path scenario = folder.resolve("scenario.yaml");
        Files.writeString(scenario, format.scenario.formatted("trace.csv", format.keys + ", bad-rows: skip"));
        SoftAssertions all = new SoftAssertions();
        Cli run = Cli.run(
                "run",
                scenario.toString(),
                "--json",
                "-o",
                folder.resolve("out").toString());
        all.assertThat(run.code()).as(run.err()).isZero();
        String results = Files.readString(folder.resolve("out").resolve("results.csv"));
        all.assertThat(results).contains("jobs.skipped,,1").contains("jobs.done,,2");
        all.assertAll();
    }
}
