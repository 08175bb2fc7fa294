package trainyard.scenario.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.report.ReportWriter;
import trainyard.report.document.ReportDocument;
import trainyard.report.figure.Figure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.TableFigure;
import trainyard.scenario.verify.CalibratedScore;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationResult;
import trainyard.sim.csv.CsvRow;

class AccuracyReportTest {

    /** Predicts the cell {@code guess}, whose error grows with {@code size} in the table below. */
    private static final class Guesses implements Suite {

        @Override
        public String name() {
            return "guesses";
        }

        @Override
        public boolean accepts(List<String> header) {
            return header.contains("guess");
        }

        @Override
        public List<RowScore> score(CsvRow row) {
            String id = row.text("id");
            if (row.isBlank("guess")) {
                return List.of(RowScore.skipped(id, row.text("gate"), "not stated: guess"));
            }
            return List.of(
                    RowScore.scored(id, "length", row.number("guess"), row.number("truth"), "m", row.text("gate")));
        }

        @Override
        public List<RowInput> inputs() {
            return List.of(new RowInput("size", "Size", "m"), new RowInput("colour", "Colour", ""));
        }
    }

    @TempDir
    private Path folder;

    private final Suite suite = new Guesses();

    /** Ten gated rows with errors of 1 to 10 %, one that does not gate, one skipped. */
    private Measurements measurements() throws IOException {
        StringBuilder csv = new StringBuilder("id,size,colour,guess,truth,gate\n");
        for (int i = 1; i <= 10; i++) {
            csv.append("a-%d,%d,red,%d,100,yes\n".formatted(i, 1 << i, 100 + i));
        }
        csv.append("a-11,4096,red,300,100,no: doubtful\na-12,1,red,,100,yes\n");
        Files.writeString(folder.resolve("a.csv"), csv);
        return Measurements.of(folder);
    }

    private ReportDocument report() throws IOException {
        Measurements measurements = measurements();
        VerificationResult result = Verification.run(suite, measurements);
        SourceScore half = new SourceScore("a", result.sources().get(0).rows().subList(0, 5));
        CalibratedScore calibrated = new CalibratedScore(
                half, List.of(new CalibratedScore.Cluster("lab", List.of("a-6", "a-7"), Map.of("ruler", 0.9))));
        return AccuracyReport.of(suite, result.with(List.of(calibrated)), measurements, "trainyard verify guesses");
    }

    private static <T extends Figure> T figure(ReportDocument report, String title, Class<T> kind) {
        return report.figures().stream()
                .filter(figure -> figure.text().title().equals(title))
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theHeadlineIsTheMeanOverGatedRows() throws IOException {
        assertThat(report().headline().sentence()).isEqualTo("The mean absolute error is 5.5 % over 10 gated rows.");
        assertThat(report().headline().estimate().value()).isCloseTo(5.5, within(1e-9));
    }

    @Test
    void theScatterHasEveryScoredRowWithItsIdentifier() throws IOException {
        ScatterFigure scatter = figure(report(), "Predicted against published length", ScatterFigure.class);

        assertThat(scatter.guide()).isEqualTo(new ScatterFigure.Diagonal(0.1));
        assertThat(scatter.series().get(0).points())
                .hasSize(11)
                .contains(new ScatterFigure.Mark(100, 103, "", "a-3"), new ScatterFigure.Mark(100, 300, "", "a-11"));
        assertThat(scatter.text().caption()).startsWith("91 % of the rows lie within 10 %");
    }

    /** Only rows that count; the input colour has no number to draw at. */
    @Test
    void errorsAreDrawnAgainstEachNumericInput() throws IOException {
        ReportDocument report = report();
        ScatterFigure residuals = figure(report, "Error against size", ScatterFigure.class);

        assertThat(residuals.series().get(0).points()).hasSize(10).contains(ScatterFigure.Mark.of(1024, 10));
        assertThat(report.figures()).extracting(figure -> figure.text().title()).doesNotContain("Error against colour");
    }

    @Test
    void theErrorsOfTheSourceFollowTheSize() throws IOException {
        TableFigure table = figure(report(), "Which inputs the errors follow", TableFigure.class);

        assertThat(table.rows().get(0).get(1))
                .isInstanceOfSatisfying(
                        TableFigure.Quantity.class,
                        cell -> assertThat(cell.estimate().value()).isEqualTo(1.0));
        assertThat(table.rows().get(0).get(2)).isEqualTo(new TableFigure.Words(""));
    }

    @Test
    void calibratedErrorsStandBesideUncalibratedOnes() throws IOException {
        TableFigure table = figure(report(), "Errors by source", TableFigure.class);

        assertThat(table.columns()).extracting(TableFigure.Column::title).contains("MAPE", "Calibrated MAPE");
        assertThat(table.rows().get(0))
                .filteredOn(TableFigure.Quantity.class::isInstance)
                .extracting(cell -> ((TableFigure.Quantity) cell).estimate().value())
                .contains(5.5, 3.0);
        assertThat(figure(report(), "What was calibrated", TableFigure.class).rows())
                .containsExactly(List.of(
                        new TableFigure.Words("a"),
                        new TableFigure.Words("lab"),
                        new TableFigure.Words("ruler × 0.9"),
                        new TableFigure.Words("a-6 a-7")));
    }

    @Test
    void everyRowLiesBesideThePage() throws IOException {
        Path out = folder.resolve("out");
        ReportWriter.write(report(), out, ReportWriter.Charts.SVG);

        assertThat(Files.readString(out.resolve("rows.csv")))
                .startsWith("source,id,quantity,predicted,published,unit,error_pct,gate,status,reason,size,colour\n"
                        + "a,a-1,length,101,100,m,1,yes,scored,,2,\n")
                .contains("a,a-12,,,,,,yes,skipped,not stated: guess,1,\n");
        assertThat(out.resolve("verification.json")).exists();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("Predicted against published length", "Rows that were skipped", "not stated: guess");
    }
}
