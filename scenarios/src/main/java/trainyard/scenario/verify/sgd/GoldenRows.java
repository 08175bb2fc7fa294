package trainyard.scenario.verify.sgd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.sgd.form.GoldenForm;
import trainyard.scenario.verify.sgd.form.GoldenForms;
import trainyard.scenario.verify.sgd.simulation.GoldenSimulation;
import trainyard.sim.csv.CsvRow;

/**
 * Scores golden values. Every row is held to its form at the relative tolerance that it states, or 1e-12 near 0. Where the engine
 * can produce the quantity a second score holds a simulation to the value within four of its own standard errors, of which one is
 * at most 1 % of the value. A row whose value was itself simulated has the second score only, and its own tolerance where that is
 * wider.
 */
final class GoldenRows {

    static final String QUANTITY = "quantity";

    static final List<String> COLUMNS = List.of(
            "id",
            QUANTITY,
            "params",
            "value",
            "unit",
            "rel_tol",
            "check_method",
            "check_value",
            "check_stderr",
            "formula",
            "source");

    private static final double ABSOLUTE = 1e-12;
    private static final double STANDARD_ERRORS = 4;
    private static final double MOST_STANDARD_ERROR = 0.01;

    /** What is left to nanoseconds of the clock, relative to a value without chance. */
    private static final double CLOCK = 1e-6;

    private static final String SIMULATED_ONLY = "no closed form";
    private static final String GATE = "yes";

    private final GoldenForms forms = GoldenForms.all();
    private final GoldenSimulation simulation;

    GoldenRows(GoldenSimulation simulation) {
        this.simulation = simulation;
    }

    List<RowScore> score(CsvRow row) {
        String id = row.requiredText("id");
        try {
            return scores(row, id);
        } catch (RowSkipped skipped) {
            return List.of(RowScore.skipped(id, GATE, skipped.getMessage()));
        } catch (IllegalArgumentException | ArithmeticException refused) {
            return List.of(RowScore.refused(
                            id, row.text(QUANTITY), row.number("value"), row.text("unit"), GATE, refused.getMessage())
                    .judged(false, "refused: " + refused.getMessage()));
        }
    }

    private List<RowScore> scores(CsvRow row, String id) {
        String quantity = row.requiredText(QUANTITY);
        RowParameters parameters = RowParameters.of(row);
        double published = row.number("value");
        double relative = row.notNegative("rel_tol");
        Optional<SimulatedMean> mean = simulation.simulate(GoldenForms.words(quantity), parameters);
        if (quantity.contains(SIMULATED_ONLY)) {
            return List.of(
                    simulated(row, id, quantity, mean.orElseThrow(() -> notSimulated(quantity)), published, relative));
        }
        GoldenForm form =
                forms.find(quantity).orElseThrow(() -> RowSkipped.notBuilt("a form for the quantity " + quantity));
        List<RowScore> scores = new ArrayList<>();
        scores.add(identity(row, id, form.value(parameters), published, relative, mean.isPresent()));
        mean.ifPresent(found -> scores.add(simulated(row, id, quantity + ", simulated", found, published, 0)));
        return scores;
    }

    private static RowSkipped notSimulated(String quantity) {
        return RowSkipped.notBuilt("a simulation of the quantity " + quantity);
    }

    private static RowScore identity(
            CsvRow row, String id, double predicted, double published, double relative, boolean isSimulated) {
        boolean holds = Math.abs(predicted - published) <= ABSOLUTE + relative * Math.abs(published);
        String tolerance = relative == 0 ? "exact" : "within " + row.text("rel_tol") + " of the value";
        return scored(row, id, row.text(QUANTITY), predicted, published)
                .judged(holds, tolerance + (isSimulated ? "" : RowScore.BY_FORM_ONLY));
    }

    private static RowScore simulated(
            CsvRow row, String id, String words, SimulatedMean mean, double published, double relative) {
        double apart = ABSOLUTE + Math.max(relative, CLOCK) * Math.abs(published);
        double allowed = Math.max(STANDARD_ERRORS * mean.standardError(), apart);
        boolean sharp = mean.standardError() <= MOST_STANDARD_ERROR * Math.abs(published);
        String tolerance =
                tolerance(mean) + (relative > 0 ? ", or within " + row.text("rel_tol") + " of the value" : "");
        return scored(row, id, words, mean.mean(), published)
                .judged(sharp && Math.abs(mean.mean() - published) <= allowed, tolerance);
    }

    private static String tolerance(SimulatedMean mean) {
        return mean.standardError() == 0
                ? "no chance in it, within " + CLOCK + " of the value"
                : String.format(
                        Locale.ROOT, "four standard errors of %.3g, seed %d", mean.standardError(), mean.seed());
    }

    /** What rounding leaves of a 0 has no error in per cent. */
    private static RowScore scored(CsvRow row, String id, String words, double predicted, double published) {
        RowScore score = RowScore.scored(id, words, predicted, published, row.text("unit"), GATE);
        return Math.abs(published) <= ABSOLUTE ? score.withoutPercent() : score;
    }
}
