package trainyard.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import trainyard.Goldens;

/**
 * What {@code verify --data} makes of damaged tables, for every suite: exit code 5 with file and line. One that is merely written by
 * another program is read.
 */
class HostileTablesTest {

    private static final Path SHIPPED = Goldens.project().resolve("scenarios/src/main/resources/trainyard/validation");
    private static final int MORE_THAN_A_CELL = 17 << 20;
    private static final List<String> NO_NUMBERS = List.of("NaN", "Infinity", "1e999", "5d", "0x10", "many");

    /** A kind of table, by one that is shipped, and a column of numbers that its rows need. */
    private enum Table {
        COLLECTIVES("collectives", "training/collectives.csv", "time_us"),
        TRAINING("training", "training/megatron_sc21.csv", "layers"),
        MEMORY("memory", "training/memory.csv", "layers"),
        BUBBLES("bubbles", "training/pipeline_bubble_rates.csv", "bubble_rate"),
        FORMS("faults", "faults/closed-forms.csv", "value"),
        FAULT_FACTS("faults", "faults/mttf-points.csv", ""),
        SCHEDULING("scheduling", "scheduling/tiresias_runs.csv", "avg_jct"),
        GOLDENS("sgd", "sgd/golden_noise_scale.csv", "value"),
        SGD_FACTS("sgd", "sgd/facts_compression.csv", ""),
        CALIBRATION("calibration", "calibration/amd-epyc-2-cores.jobs.csv", "fastest_s");

        private final String suite;
        private final String file;
        private final String number;

        Table(String suite, String file, String number) {
            this.suite = suite;
            this.file = file;
            this.number = number;
        }

        /** The head and the first two rows that have a number. */
        private List<String> lines() throws IOException {
            List<String> all = Files.readAllLines(SHIPPED.resolve(file));
            List<String> lines = new ArrayList<>(List.of(all.get(0)));
            int number = number(all.get(0));
            all.stream()
                    .skip(1)
                    .filter(line -> number < 0 || !cells(line)[number].isEmpty())
                    .limit(2)
                    .forEach(lines::add);
            return lines;
        }

        /** Cut at commas that lie outside of quotes. */
        private static String[] cells(String line) {
            return line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
        }

        private int number(String head) {
            return List.of(head.split(",")).indexOf(number);
        }

        /** Published runs have words where numbers belong: such a row is skipped, and the reason names its line. */
        private boolean skipsRows() {
            return this == TRAINING || this == MEMORY;
        }
    }

    @TempDir
    private Path folder;

    private Cli verify(Table table, byte[] content) throws IOException {
        Files.write(folder.resolve("rows.csv"), content);
        return Cli.run("verify", table.suite, "--data", folder.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] text(List<String> lines) {
        return utf8(String.join("\n", lines) + "\n");
    }

    private static byte[] random() {
        byte[] bytes = new byte[5000];
        new Random(20261129).nextBytes(bytes);
        return bytes;
    }

    private static String withoutFirstCell(String line) {
        return line.substring(line.indexOf(',') + 1);
    }

    private static String withFirstCellAgain(String line) {
        return line + "," + line.substring(0, line.indexOf(','));
    }

    /** Damage by its name. */
    private static Map<String, byte[]> damaged(List<String> lines) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String whole = String.join("\n", lines) + "\n";
        files.put("nothing", new byte[0]);
        files.put("a head alone", utf8(lines.get(0) + "\n"));
        files.put("random bytes", random());
        files.put("bytes of a program", new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0});
        files.put("another encoding", whole.replace("\n", "\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        files.put("UTF-16", whole.getBytes(StandardCharsets.UTF_16));
        files.put("UTF-16 without a mark", whole.getBytes(Charset.forName("UTF-16LE")));
        files.put("a row too narrow", utf8(whole + withoutFirstCell(lines.get(1)) + "\n"));
        files.put("a row too wide", utf8(whole + withFirstCellAgain(lines.get(1)) + "\n"));
        files.put("a quote that nothing closes", utf8(whole + "\"" + lines.get(1) + "\n"));
        files.put("a cell behind its quotes", utf8(whole + "\"a\"b" + lines.get(1) + "\n"));
        files.put(
                "a column missing",
                text(lines.stream().map(HostileTablesTest::withoutFirstCell).toList()));
        files.put(
                "a column twice",
                text(lines.stream().map(HostileTablesTest::withFirstCellAgain).toList()));
        files.put("another table", utf8("a,b\n1,2\n"));
        return files;
    }

    @ParameterizedTest
    @EnumSource
    void damageIsRefusedByItsLine(Table table) throws IOException {
        SoftAssertions all = new SoftAssertions();
        List<String> lines = table.lines();
        for (Map.Entry<String, byte[]> file : damaged(lines).entrySet()) {
            refused(all, file.getKey(), "rows.csv:\\d+: ", verify(table, file.getValue()));
        }
        Cli plain = verify(table, text(lines));
        all.assertThat(plain.code()).as("as it is: %s", plain.err()).isIn(0, 4);
        byte[] other = utf8("\uFEFF" + String.join("\r\n", lines));
        Cli odd = verify(table, other);
        all.assertThat(odd.code()).as("of another program: %s", odd.err()).isEqualTo(plain.code());
        all.assertThat(odd.out()).isEqualTo(plain.out());
        all.assertAll();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoNumberIsToldByItsLineAndColumn(Table table) throws IOException {
        SoftAssertions all = new SoftAssertions();
        List<String> lines = new ArrayList<>(table.lines());
        int number = table.number(lines.get(0));
        for (String wrong : number < 0 ? List.<String>of() : NO_NUMBERS) {
            String[] cells = Table.cells(lines.get(2));
            cells[number] = wrong;
            List<String> changed = List.of(lines.get(0), lines.get(1), String.join(",", cells));
            Cli run = verify(table, text(changed));
            String place = "rows\\.csv:3: column " + table.number + ": ";
            if (table.skipsRows()) {
                all.assertThat(run.code()).as(wrong).isIn(0, 4);
                all.assertThat(run.out()).as(wrong).containsPattern(place);
            } else {
                refused(all, wrong, place, run);
            }
        }
        all.assertAll();
    }

    private static void refused(SoftAssertions all, String what, String pattern, Cli run) {
        String said = run.err() + run.out();
        all.assertThat(run.code()).as("%s: %s", what, said).isEqualTo(5);
        all.assertThat(said).as(what).containsPattern(pattern);
        all.assertThat(said.length()).as(what).isLessThan(2000);
    }

    /** Beside a good table a damaged one is not passed over. */
    @Test
    void aFolderOrALongLineInPlaceOfATableIsRefusedBesideGoodOnes() throws IOException {
        Files.write(folder.resolve("good.csv"), text(Table.BUBBLES.lines()));
        SoftAssertions all = new SoftAssertions();
        refused(all, "one long line", "rows.csv:\\d+: ", verify(Table.BUBBLES, utf8("x".repeat(MORE_THAN_A_CELL))));
        Files.delete(folder.resolve("rows.csv"));
        Files.createDirectory(folder.resolve("rows.csv"));
        Cli run = Cli.run("verify", "bubbles", "--data", folder.toString());
        refused(all, "a folder", "rows.csv:1: a folder", run);
        all.assertAll();
    }

    /** Numbers that no table has, where a row is played as many times. */
    @Test
    void rowsTooLargeToBePlayedAreRefusedInNoTime() throws IOException {
        List<String> lines = Table.BUBBLES.lines();
        List<String> head = List.of(lines.get(0).split(","));
        String[] cells = Table.cells(lines.get(1));
        cells[head.indexOf("stages")] = "10000";
        cells[head.indexOf("microbatches")] = "100000";
        SoftAssertions all = new SoftAssertions();
        refused(
                all,
                "a pipeline of a thousand million passes",
                "rows.csv:2: column microbatches: ",
                verify(Table.BUBBLES, text(List.of(lines.get(0), String.join(",", cells)))));
        all.assertAll();
    }
}
