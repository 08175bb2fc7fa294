package trainyard.sim.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {

    @TempDir
    private Path folder;

    @Test
    void readsQuotedCellsAndSkipsAByteOrderMark() throws IOException {
        assertThat(CsvTable.read(write("\uFEFF\"id\",note\n1,a\n")).header()).containsExactly("id", "note");
        CsvTable table = CsvTable.read(write("\uFEFFid,note\n1,\"a, \"\"b\"\"\nc\"\n2, x \n"));
        assertThat(table.header()).containsExactly("id", "note");
        assertThat(table.rows().get(0).text("note")).isEqualTo("a, \"b\"\nc");
        assertThat(table.rows().get(1).line()).isEqualTo(4);
        assertThat(table.rows().get(1).text("note")).isEqualTo("x");
        assertThat(table.rows().get(1).text("absent")).isEmpty();
    }

    @Test
    void blanksAroundNamesDoNotCount() throws IOException {
        CsvTable table = CsvTable.read(write(" a, b \n1, 2\n"));
        assertThat(table.require("a", "b").rows().get(0).text("b")).isEqualTo("2");
        Path twice = write("a, a\n1,2\n");
        assertThatThrownBy(() -> CsvTable.read(twice)).hasMessage(twice + ":1: column a appears twice");
    }

    /** The header line alone counts, without what stands in quotes; the comma wins a tie. */
    @Test
    void theHeaderLineShowsTheSeparator() throws IOException {
        assertThat(CsvTable.read(write("\uFEFFa, in s;b;c\r\n1,2;3;\"4;5\"\r\n"))
                        .header())
                .containsExactly("a, in s", "b", "c");
        assertThat(CsvTable.read(write("\r\n\na;b,c\n1,2\n")).header()).containsExactly("a;b", "c");
        assertThat(CsvTable.read(write("\"a;b;c\"\tb\n1,2;3\t4\n"))
                        .rows()
                        .get(0)
                        .text("b"))
                .isEqualTo("4");
        assertThat(CsvTable.read(write("a\n1;2\n")).rows().get(0).text("a")).isEqualTo("1;2");
        Path path = write("a|b\n1\n");
        assertThatThrownBy(() -> CsvTable.read(path))
                .hasMessage(path + ":2: 1 cells where the header has 2, separated by '|'");
    }

    /** What names its columns itself has no line that could show another. */
    @Test
    void aTableWithoutAHeaderIsSeparatedByCommas() throws IOException {
        InputStream text = new ByteArrayInputStream("1;2;3,4\n".getBytes(StandardCharsets.UTF_8));
        assertThat(CsvTable.headless("x", text, "a", "b").rows().get(0).text("a"))
                .isEqualTo("1;2;3");
    }

    @Test
    void aNameWithACommaIsOneColumn() throws IOException {
        CsvTable table = CsvTable.read(write("\"a, b\",c\n1,2\n"));
        CsvException missing = catchThrowableOfType(() -> table.require("d"), CsvException.class);
        assertThat(missing.columns()).containsExactly("a, b", "c");
        assertThat(missing.missingColumn()).hasValue("d");
    }

    @Test
    void numbersAreCheckedWhereTheyAreRead() throws IOException {
        Path path = write("a,b,c,d\n1.5,NaN,x,\n");
        CsvRow row = CsvTable.read(path).rows().get(0);
        assertThat(row.number("a")).isEqualTo(1.5);
        assertThat(row.optionalNumber("d")).isEmpty();
        assertThatThrownBy(() -> row.number("b"))
                .hasMessage(path + ":2: column b: expected a finite number, got \"NaN\"");
        assertThatThrownBy(() -> row.number("c")).hasMessage(path + ":2: column c: expected a number, got \"x\"");
        assertThatThrownBy(() -> row.number("d")).hasMessage(path + ":2: column d: must not be empty");
        assertThatThrownBy(() -> row.integer("a", 0, 9)).hasMessageContaining("must be a whole number from 0 to 9");
    }

    /** Which of the two is meant only the writer of the table knows. */
    @Test
    void aCommaBeforeThreeDigitsHasTwoReadings() throws IOException {
        Path path = write("a;b\n4,327;4,32\n");
        CsvRow row = CsvTable.read(path).rows().get(0);
        assertThatThrownBy(() -> row.number("a"))
                .hasMessage(path
                        + ":2: column a: expected a number, got \"4,327\"; write 4327 if the comma parts thousands,"
                        + " 4.327 if it is a decimal comma");
        assertThatThrownBy(() -> row.number("b")).hasMessageEndingWith("a decimal comma is written as a point: 4.32");
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> CsvTable.read(folder.resolve("none.csv")))
                .isInstanceOf(CsvException.class)
                .hasMessage(folder.resolve("none.csv") + ": there is no such file");
        Path empty = write("");
        assertThatThrownBy(() -> CsvTable.read(empty)).hasMessage(empty + ":1: empty, expected a header line");
        Path twice = write("a,a\n1,2\n");
        assertThatThrownBy(() -> CsvTable.read(twice)).hasMessage(twice + ":1: column a appears twice");
        Path open = write("a,b\n1,\"x\n");
        assertThatThrownBy(() -> CsvTable.read(open)).isInstanceOf(CsvException.class);
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, "a\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CsvTable.read(latin))
                .isInstanceOf(CsvException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aTableWithoutAHeaderTakesItsNamesFromTheCaller() throws IOException {
        CsvTable table = CsvTable.headless("t.csv", stream("1,add,n\n2,remove,n\n"), "ms", "event", "node");
        assertThat(table.rows()).hasSize(2);
        assertThat(table.rows().get(1).text("event")).isEqualTo("remove");
        assertThatThrownBy(() -> CsvTable.headless("t.csv", stream("1,add,n\n2\n"), "ms", "event", "node"))
                .hasMessage("t.csv:2: 1 cells where 3 are expected");
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "t", ".csv"), text);
    }
}
