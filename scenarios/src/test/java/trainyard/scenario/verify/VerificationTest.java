package trainyard.scenario.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.sim.csv.CsvRow;

class VerificationTest {

    /** Predicts twice the cell {@code half}; a blank cell skips, a cell {@code gate} gates. */
    private static final class Doubling implements Suite {

        @Override
        public String name() {
            return "doubling";
        }

        @Override
        public boolean accepts(List<String> header) {
            return header.containsAll(List.of("id", "half", "whole", "gate"));
        }

        @Override
        public List<RowScore> score(CsvRow row) {
            return List.of(scoreOf(row));
        }

        private static RowScore scoreOf(CsvRow row) {
            String id = row.requiredText("id");
            if (row.isBlank("half")) {
                return RowScore.skipped(id, row.text("gate"), "not stated: half");
            }
            return RowScore.scored(id, "whole", 2 * row.number("half"), row.number("whole"), "m", row.text("gate"));
        }
    }

    @TempDir
    private Path folder;

    /** A terminal is told of each row that is done, whatever its score. */
    @Test
    void progressCountsRows() throws IOException {
        write("a.csv", "id,half,whole,gate\n1,55,100,yes\n2,,1,yes\n");
        write("b.csv", "id,half,whole,gate\n3,55,100,yes\n");
        write("other.csv", "id,figure\n1,2\n");
        List<Integer> told = new ArrayList<>();
        Measurements measurements = Measurements.of(folder);
        Verification.run(new Doubling(), measurements, told::add);
        assertThat(told).containsExactly(1, 2, 3);
        assertThat(Verification.rows(new Doubling(), measurements)).isEqualTo(3);
    }

    /** Errors of the gated rows: +10, -20, +30, -40 %. */
    @Test
    void percentagesAreOverGatedRows() throws IOException {
        write(
                "a.csv",
                "id,half,whole,gate\n1,55,100,yes\n2,40,100,yes\n3,65,100,yes\n4,30,100,yes\n5,500,1,no: noise\n6,,1,yes\n");
        SourceScore source = run().sources().get(0);
        assertThat(source.source()).isEqualTo("a");
        assertThat(source.rows()).hasSize(6);
        assertThat(source.compared()).isEqualTo(5);
        assertThat(source.skipped()).isEqualTo(1);
        assertThat(source.gated()).isEqualTo(4);
        assertThat(source.failed()).isZero();
        assertThat(source.meanAbsolutePercent().orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(source.medianPercent().orElseThrow()).isCloseTo(25, within(1e-9));
        assertThat(source.p90Percent().orElseThrow()).isCloseTo(37, within(1e-9));
        assertThat(source.maxPercent().orElseThrow()).isCloseTo(40, within(1e-9));
        assertThat(source.biasPercent().orElseThrow()).isCloseTo(-5, within(1e-9));
        assertThat(source.worst()).extracting(RowScore::id).containsExactly("4", "3", "2", "1");
    }

    @Test
    void withoutAGatedRowPercentagesAreOverScoredRows() throws IOException {
        write("a.csv", "id,half,whole,gate\n1,55,100,no: recalled\n2,45,100,no: recalled\n3,1,0,no: recalled\n");
        SourceScore source = run().sources().get(0);
        assertThat(source.gated()).isZero();
        assertThat(source.meanAbsolutePercent().orElseThrow()).isCloseTo(10, within(1e-9));
        assertThat(source.rows().get(2).errorPercent()).isEmpty();
    }

    @Test
    void refusedRowsCountAsAnErrorOfAHundredPercent() {
        RowScore refused = RowScore.refused("1", "step time", 3, "s", "yes", "does not fit");
        assertThat(refused.errorPercent()).isEqualTo(OptionalDouble.of(100));
        assertThat(refused.gated()).isTrue();
        assertThat(refused.reason()).isEqualTo("refused: does not fit");
        assertThat(refused.refusal()).isEqualTo("does not fit");
        assertThat(result(refused).holds()).isFalse();
        assertThat(result(refused).sources().get(0).failed()).isEqualTo(1);
        assertThat(VerificationText.render(result(refused))).contains("refused of a:\n      1  does not fit\n");
    }

    @Test
    void toleranceTurnsAScoreIntoPassOrFail() {
        RowScore score = RowScore.scored("1", "time", 2, 1, "s", "no: digitised");
        assertThat(score.judged(false, "within 5 %").status()).isEqualTo(RowScore.Status.FAIL);
        assertThat(new SourceScore("a", List.of(score.judged(false, "within 5 %"))).failed())
                .isEqualTo(1);
    }

    @Test
    void onlyGatedRowsOutsideTheirToleranceFailTheSuite() {
        RowScore digitised =
                RowScore.scored("1", "time", 2, 1, "s", "no: digitised").judged(false, "within 5 %");
        RowScore printed = RowScore.scored("2", "time", 2, 1, "s", "yes").judged(false, "within 5 %");
        assertThat(result(digitised).holds()).isTrue();
        assertThat(result(printed.judged(true, "within 200 %")).holds()).isTrue();
        assertThat(result(digitised, printed).holds()).isFalse();
        assertThat(VerificationText.render(result(digitised, printed)))
                .contains("Gated rows outside their tolerance or refused: 1.");
    }

    private static VerificationResult result(RowScore... rows) {
        return new VerificationResult("any", List.of(new SourceScore("a", List.of(rows))), List.of());
    }

    @Test
    void unknownTablesAreIgnoredByName() throws IOException {
        write("b.csv", "x,y\n1,2\n");
        write("a.csv", "id,half,whole,gate\n1,55,100,yes\n");
        VerificationResult result = run();
        assertThat(result.sources()).hasSize(1);
        assertThat(result.ignored()).containsExactly("b.csv: not a table of the suite doubling");
    }

    @Test
    void whatCannotBeReadNamesFileAndLine() throws IOException {
        assertThatThrownBy(() -> Measurements.of(folder.resolve("none")))
                .isInstanceOf(VerificationDataException.class)
                .hasMessageContaining("not a folder that can be read");
        assertThatThrownBy(() -> Measurements.of(folder)).hasMessageContaining("holds no .csv file");
        Path bad = write("a.csv", "id,half,whole,gate\n1,many,100,yes\n");
        assertThatThrownBy(this::run)
                .isInstanceOf(VerificationDataException.class)
                .hasMessage(bad + ":2: column half: expected a number, got \"many\"");
        write("a.csv", "id,half,whole,gate\n1,2\n");
        assertThatThrownBy(this::run).hasMessage(bad + ":2: 2 cells where the header has 4");
        write("a.csv", "x,y\n1,2\n");
        assertThatThrownBy(this::run).hasMessageContaining(".csv:1: no file has the columns of the suite doubling");
    }

    /** Else the rows would be left out without a word, as of a table of another kind. */
    @Test
    void aTableThatLostAColumnIsAnErrorThatNamesIt() throws IOException {
        Path table = write("a.csv", "id,a,b,c,d,e,gate\n1,1,1,1,1,1,yes\n");
        write("b.csv", "id,x,gate\n1,1,yes\n");
        Suite known = suiteOf(List.of("id", "a", "b", "c", "d", "e", "f", "gate"));
        Suite other = suiteOf(List.of("id", "a", "b", "c", "d", "e", "gate"));

        assertThatThrownBy(() -> MissingColumns.check(Measurements.of(folder), List.of(known)))
                .isInstanceOf(VerificationDataException.class)
                .hasMessage(table + ":1: no column f, which tables of the suite known have");
        assertThatCode(() -> MissingColumns.check(Measurements.of(folder), List.of(known, other)))
                .doesNotThrowAnyException();
    }

    private static Suite suiteOf(List<String> columns) {
        return new Suite() {
            @Override
            public String name() {
                return "known";
            }

            @Override
            public List<List<String>> kinds() {
                return List.of(columns);
            }

            @Override
            public List<RowScore> score(CsvRow row) {
                return List.of();
            }
        };
    }

    @Test
    void jsonHasTheSharedForm() throws IOException {
        write("a.csv", "id,half,whole,gate\n1,55,100,yes\n2,,100,yes\n");
        JsonNode root = new ObjectMapper().readTree(VerificationJson.render(run()));
        assertThat(root.fieldNames()).toIterable().containsExactly("suite", "sources", "rows");
        JsonNode source = root.get("sources").get(0);
        assertThat(source.fieldNames())
                .toIterable()
                .containsExactly(
                        "source",
                        "n",
                        "scored",
                        "skipped",
                        "failed",
                        "gated",
                        "mape_pct",
                        "median_pct",
                        "p90_pct",
                        "max_pct",
                        "bias_pct");
        assertThat(source.get("mape_pct").asDouble()).isCloseTo(10, within(1e-9));
        JsonNode skipped = root.get("rows").get(1);
        assertThat(skipped.fieldNames())
                .toIterable()
                .containsExactly(
                        "source",
                        "id",
                        "quantity",
                        "predicted",
                        "published",
                        "unit",
                        "error_pct",
                        "gate",
                        "status",
                        "reason");
        assertThat(skipped.get("status").asText()).isEqualTo("skipped");
        assertThat(skipped.get("predicted").isNull()).isTrue();
    }

    @Test
    void textListsSourcesWorstRowsAndReasons() throws IOException {
        write("a.csv", "id,half,whole,gate\n1,55,100,yes\n2,,100,yes\n");
        assertThat(VerificationText.render(run())).isEqualTo("""
                        verify doubling

                        source                         n scored skipped failed gated  MAPE %  median     p90      max    bias
                        a                              2      1       1      0     1    10.0    10.0    10.0     10.0   +10.0

                        Errors are over gated rows; over scored rows where none is gated.

                        worst of a:
                          1                        whole                  predicted       110.00  published       100.00 m           +10.0 %

                        skipped of a:
                              1  not stated: half
                        """);
    }

    private VerificationResult run() {
        return Verification.run(new Doubling(), Measurements.of(folder));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
