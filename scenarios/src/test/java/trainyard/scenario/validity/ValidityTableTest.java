package trainyard.scenario.validity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import trainyard.Goldens;
import trainyard.report.draw.Layouts;
import trainyard.report.figure.Figure;
import trainyard.report.svg.SvgWriter;
import trainyard.scenario.accuracy.ErrorBars;
import trainyard.scenario.accuracy.PredictedCharts;
import trainyard.scenario.verify.Measurements;
import trainyard.scenario.verify.SourceScore;
import trainyard.scenario.verify.Suite;
import trainyard.scenario.verify.Verification;
import trainyard.scenario.verify.VerificationResult;
import trainyard.scenario.verify.sgd.SgdSuite;
import trainyard.scenario.verify.sgd.simulation.GoldenSimulation;
import trainyard.sim.csv.CsvTable;

/**
 * The table of errors that reports show, and table and charts of the page on accuracy, tell the truth. {@code
 * -Dtrainyard.update=true} renews them; only then every source is calibrated, which takes half a minute.
 */
class ValidityTableTest {

    private static final Path RESOURCE = Path.of("src/main/resources/trainyard/scenario/validity/validity.csv");
    private static final Path DOCS = Goldens.project().resolve("docs");
    private static final String TRAINING = "training";

    /** Shown rounded in reports; a change of the model by less than this does not mislead a reader. */
    private static final double PERCENTAGE_POINTS = 1.0;

    private static final boolean UPDATE = Boolean.getBoolean("trainyard.update");

    private static final List<VerificationResult> RESULTS = new ArrayList<>();
    private static ValidityTable shown;

    @BeforeAll
    static void verify() throws IOException {
        List<Suite> suites = new ArrayList<>(Suites.ofTheStep());
        // By its forms only: simulating the rows besides takes a minute and leaves errors of measured tables as they
        // are.
        suites.add(new SgdSuite(GoldenSimulation.NONE, 1));
        for (Suite suite : suites) {
            Measurements shipped = Measurements.shipped(suite);
            VerificationResult result = Verification.run(suite, shipped);
            RESULTS.add(UPDATE ? result.with(suite.calibrated(shipped)) : result);
        }
        if (UPDATE) {
            Files.writeString(RESOURCE, csv());
        }
        shown = UPDATE ? ValidityTable.read(CsvTable.read(RESOURCE)) : ValidityTable.shipped();
    }

    @Test
    void theShippedTableTellsTheTruth() {
        ValidityTable measured = measured();

        assertThat(shown.rows()).as("run once with -Dtrainyard.update=true").hasSameSizeAs(measured.rows());
        for (int i = 0; i < measured.rows().size(); i++) {
            ValidityTable.Row now = measured.rows().get(i);
            ValidityTable.Row then = shown.rows().get(i);
            assertThat(then.source()).isEqualTo(now.source());
            assertThat(then.meanErrorPercent())
                    .as("error against %s; run once with -Dtrainyard.update=true", now.source())
                    .isCloseTo(now.meanErrorPercent(), within(PERCENTAGE_POINTS));
        }
    }

    @Test
    void thePageOnAccuracyShowsTheSameTable() {
        Goldens.checkPart(DOCS.resolve("accuracy.md"), "errors of training", markdown());
    }

    @Test
    void thePageOnAccuracyShowsTheErrorsAsBars() {
        List<ErrorBars.Bar> bars = shown.rows().stream()
                .filter(row -> row.suite().equals(TRAINING))
                .map(row -> new ErrorBars.Bar(row.source(), row.meanErrorPercent(), row.calibratedErrorPercent()))
                .toList();

        checkImage("errors-by-source.svg", ErrorBars.of(TRAINING, bars));
    }

    @Test
    void thePageOnAccuracyShowsPredictedAgainstPublished() {
        VerificationResult training = RESULTS.stream()
                .filter(result -> result.suite().equals(TRAINING))
                .findFirst()
                .orElseThrow();

        checkImage(
                "predicted-against-published.svg", PredictedCharts.of(training).get(0));
    }

    private static void checkImage(String name, Figure figure) {
        Goldens.check(DOCS.resolve("images").resolve(name), SvgWriter.file(Layouts.of(figure, Layouts.WIDE)));
    }

    /** The table of what suites have found. */
    private static ValidityTable measured() {
        return new ValidityTable(RESULTS.stream()
                .flatMap(result -> result.sources().stream()
                        .filter(score -> score.meanAbsolutePercent().isPresent())
                        .map(score -> row(result, score)))
                .toList());
    }

    private static ValidityTable.Row row(VerificationResult result, SourceScore score) {
        return new ValidityTable.Row(
                result.suite(),
                score.source(),
                score.compared(),
                score.gated(),
                score.meanAbsolutePercent().getAsDouble(),
                score.biasPercent().getAsDouble(),
                result.calibrated(score.source())
                        .map(after -> after.score().meanAbsolutePercent())
                        .orElse(OptionalDouble.empty()));
    }

    /** The table as the resource holds it. */
    private static String csv() {
        String head = "suite,source,compared,gated,mean_error_pct,bias_pct,calibrated_mean_error_pct\n";
        return measured().rows().stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s,%s,%d,%d,%.1f,%.1f,%s\n",
                        row.suite(),
                        row.source(),
                        row.compared(),
                        row.gated(),
                        row.meanErrorPercent(),
                        row.biasPercent(),
                        percent(row.calibratedErrorPercent(), "")))
                .collect(Collectors.joining("", head, ""));
    }

    /** The rows of training as a Markdown table, as the page on accuracy shows it. */
    private static String markdown() {
        String head =
                "| source | scored | gated | mean error % | bias % | calibrated % |\n|---|---:|---:|---:|---:|---:|\n";
        return shown.rows().stream()
                .filter(row -> row.suite().equals(TRAINING))
                .map(row -> String.format(
                        Locale.ROOT,
                        "| %s | %d | %d | %.1f | %+.1f | %s |\n",
                        row.source(),
                        row.compared(),
                        row.gated(),
                        row.meanErrorPercent(),
                        row.biasPercent(),
                        percent(row.calibratedErrorPercent(), "–")))
                .collect(Collectors.joining("", head, ""));
    }

    private static String percent(OptionalDouble value, String none) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : none;
    }
}
