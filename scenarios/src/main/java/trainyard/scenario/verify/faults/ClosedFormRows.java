package trainyard.scenario.verify.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.verify.RowParameters;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.scenario.verify.faults.form.ClosedForm;
import trainyard.scenario.verify.faults.form.ClosedForms;
import trainyard.scenario.verify.faults.simulation.RowSimulation;
import trainyard.sim.csv.CsvRow;

/**
 * Scores golden values of closed forms. Every row is held to its form at 1e-9 relative, 1e-12 absolute near 0, and exactly
 * where the row says so; a row that asks for a simulation besides gets a second score if there is one, within four standard
 * errors of at most 1 %, at 1e-9 where nothing is left to chance.
 *
 * <p>A form of first order differs from the simulation by more than chance, for which its row allows a share of the value. So
 * it gets a third score: where faults are {@value #RARER} times as rare the form is all but exact, and four standard errors hold.
 */
final class ClosedFormRows {

    static final List<String> COLUMNS =
            List.of("id", "family", "name", "formula", "params", "value", "unit", "tolerance", "note", "split");

    private static final double RELATIVE = 1e-9;
    private static final double ABSOLUTE = 1e-12;
    private static final double STANDARD_ERRORS = 4;
    private static final Pattern WITHIN = Pattern.compile("within ([0-9.]+)%");
    private static final Pattern OF_SIMULATION = Pattern.compile("([0-9.]+)% of simulation");
    private static final double MOST_STANDARD_ERROR = 0.01;

    /** A first-order form is off by the order of its value, which falls with the root of the rate, here to a tenth. */
    private static final int RARER = 100;

    /** Mean times between faults: {@code M_s}, {@code M1_s}, {@code M_silent_s} and so on. */
    private static final Pattern TIME_BETWEEN_FAULTS = Pattern.compile("M\\d?(_[a-z]+)?_s");

    /** What {@code E_ETTR_meta_form} is the first order of. */
    private static final String EXACT_RATIO = "ETTR_exact_exponential";

    private static final String GATE = "yes";

    private final ClosedForms forms = ClosedForms.all();
    private final RowSimulation simulation;

    ClosedFormRows(RowSimulation simulation) {
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
                            id, quantity(row), row.number("value"), row.text("unit"), GATE, refused.getMessage())
                    .judged(false, "refused: " + refused.getMessage()));
        }
    }

    private List<RowScore> scores(CsvRow row, String id) {
        String family = row.requiredText("family");
        String name = row.requiredText("name");
        ClosedForm form = forms.find(family, name).orElseThrow(() -> unknown(family, name));
        RowParameters parameters = RowParameters.of(row);
        if (row.text("value").equalsIgnoreCase("inf")) {
            throw RowSkipped.unknown("value", "an infinite value has no error");
        }
        double published = row.number("value");
        List<RowScore> scores = new ArrayList<>();
        scores.add(identity(row, id, form.value(parameters), published));
        double share = firstOrder(row);
        if (share > 0) {
            simulation
                    .simulate(family, name, parameters.asMap())
                    .ifPresent(mean -> scores.addAll(
                            List.of(firstOrder(row, id, mean, published, share), rarer(row, id, form, parameters))));
        } else if (OF_SIMULATION.matcher(row.text("tolerance")).find()) {
            simulation
                    .simulate(family, name, parameters.asMap())
                    .ifPresent(mean -> scores.add(ofSimulation(row, id, parameters, mean, published)));
        } else if (row.text("tolerance").contains("simulat")) {
            simulation
                    .simulate(family, name, parameters.asMap())
                    .ifPresent(mean -> scores.add(simulated(row, id, ", simulated", mean, published)));
        }
        return scores;
    }

    private RowSkipped unknown(String family, String name) {
        List<String> names = forms.names(family);
        return RowSkipped.notBuilt(names.isEmpty() ? "family " + family : "form " + name + " of the family " + family);
    }

    private static RowScore identity(CsvRow row, String id, double predicted, double published) {
        boolean exact = row.text("tolerance").equals("exact");
        double allowed = exact ? 0 : Math.max(ABSOLUTE, RELATIVE * Math.abs(published));
        return RowScore.scored(id, quantity(row), predicted, published, row.text("unit"), GATE)
                .judged(Math.abs(predicted - published) <= allowed, exact ? "exact" : "identity, 1e-9");
    }

    private static RowScore simulated(CsvRow row, String id, String words, SimulatedMean mean, double expected) {
        boolean certain = mean.standardError() == 0;
        double allowed = certain ? RELATIVE * Math.abs(expected) : STANDARD_ERRORS * mean.standardError();
        boolean near = Math.abs(mean.mean() - expected) <= allowed;
        String tolerance = certain
                ? "1e-9, nothing is left to chance"
                : String.format(
                        Locale.ROOT, "four standard errors of %.3g, seed %d", mean.standardError(), mean.seed());
        return RowScore.scored(id, quantity(row) + words, mean.mean(), expected, row.text("unit"), GATE)
                .judged(isSharp(mean, expected) && near, tolerance);
    }

    private static boolean isSharp(SimulatedMean mean, double expected) {
        return mean.standardError() <= MOST_STANDARD_ERROR * Math.abs(expected);
    }

    private static RowScore firstOrder(CsvRow row, String id, SimulatedMean mean, double published, double share) {
        boolean near = Math.abs(mean.mean() - published) <= share * Math.abs(published);
        return RowScore.scored(id, quantity(row) + ", simulated", mean.mean(), published, row.text("unit"), GATE)
                .judged(
                        isSharp(mean, published) && near,
                        row.text("tolerance") + ", as the row says of its first-order form");
    }

    /**
     * A form that its row says to be near the simulation. Where the exact form of the same parameters is farther off, no right
     * simulation is as near: the row does not gate, and is shown without a verdict, which would be left to the seed.
     */
    private RowScore ofSimulation(
            CsvRow row, String id, RowParameters parameters, SimulatedMean mean, double published) {
        Matcher matcher = OF_SIMULATION.matcher(row.text("tolerance"));
        double share = matcher.find() ? Double.parseDouble(matcher.group(1)) / 100 : 0;
        double off = Math.abs(1 - published / exact(row, parameters, mean.mean()));
        String gate = off <= share ? GATE : "no: the exact form of these parameters is as far from it";
        RowScore score =
                RowScore.scored(id, quantity(row) + ", simulated", mean.mean(), published, row.text("unit"), gate);
        return off > share
                ? score.assuming(row.text("tolerance"))
                : score.judged(
                        isSharp(mean, mean.mean()) && Math.abs(mean.mean() - published) <= share * mean.mean(),
                        row.text("tolerance"));
    }

    private double exact(CsvRow row, RowParameters parameters, double other) {
        return forms.find(row.text("family"), EXACT_RATIO)
                .map(form -> form.value(parameters))
                .orElse(other);
    }

    private RowScore rarer(CsvRow row, String id, ClosedForm form, RowParameters parameters) {
        RowParameters rare = parameters.scaled(TIME_BETWEEN_FAULTS, RARER);
        String words = ", simulated, faults " + RARER + " times as rare";
        return simulation
                .simulate(row.text("family"), row.text("name"), rare.asMap())
                .map(mean -> simulated(row, id, words, mean, form.value(rare)))
                .orElseThrow(() -> new IllegalArgumentException("no simulation" + words));
    }

    /** How far a row allows its form of first order to be off, as a share; 0 where it states no such tolerance. */
    private static double firstOrder(CsvRow row) {
        Matcher within = WITHIN.matcher(row.text("tolerance"));
        return within.find() ? Double.parseDouble(within.group(1)) / 100 : 0;
    }

    private static String quantity(CsvRow row) {
        return row.text("family") + " " + row.text("name");
    }
}
