package trainyard.scenario.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.ScatterFigure;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.VerificationResult;

/** Predicted against published, one chart per unit, with lines at 10 % on either side. */
public final class PredictedCharts {

    private static final double TOLERANCE = 0.10;

    /** Fewer rows make no chart; they are in the tables. */
    private static final int FEWEST_ROWS = 8;

    private PredictedCharts() {}

    /** The charts of a result. */
    public static List<Figure> of(VerificationResult result) {
        return of(RowGroup.of(result));
    }

    static List<Figure> of(List<RowGroup> groups) {
        List<Figure> figures = new ArrayList<>();
        units(groups).forEach((unit, rows) -> {
            if (rows.size() >= FEWEST_ROWS) {
                figures.add(chart(groups, unit, rows));
            }
        });
        return figures;
    }

    /** Rows with both figures above 0, which a logarithmic axis needs, by unit; the unit of most rows first. */
    private static Map<String, List<RowScore>> units(List<RowGroup> groups) {
        Map<String, List<RowScore>> units = new LinkedHashMap<>();
        for (RowGroup group : groups) {
            for (RowScore row : drawn(group)) {
                units.computeIfAbsent(row.unit(), key -> new ArrayList<>()).add(row);
            }
        }
        Map<String, List<RowScore>> sorted = new LinkedHashMap<>();
        units.entrySet().stream()
                .sorted((a, b) -> b.getValue().size() - a.getValue().size())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static List<RowScore> drawn(RowGroup group) {
        return group.errors().stream()
                .filter(row -> row.predicted().orElse(0) > 0 && row.published().orElse(0) > 0)
                .toList();
    }

    private static Figure chart(List<RowGroup> groups, String unit, List<RowScore> rows) {
        List<ScatterFigure.Group> series = new ArrayList<>();
        for (RowGroup group : groups) {
            List<ScatterFigure.Mark> marks = drawn(group).stream()
                    .filter(row -> row.unit().equals(unit))
                    .map(row -> RowGroup.mark(
                            row,
                            one -> one.published().getAsDouble(),
                            one -> one.predicted().getAsDouble()))
                    .toList();
            series.add(new ScatterFigure.Group(group.name(), marks));
        }
        // An empty group between others keeps their colours the same in every chart.
        while (series.get(series.size() - 1).points().isEmpty()) {
            series.remove(series.size() - 1);
        }
        String quantity = quantity(rows, unit);
        FigureText text = new FigureText(
                "Predicted against published " + quantity,
                reading(rows),
                "Scatter of predicted over published " + quantity + " on logarithmic axes, one colour per source, with"
                        + " lines for equality and 10 % on either side.",
                String.format(Locale.ROOT, "%,d", rows.size()) + " scored rows, gated or not");
        return new ScatterFigure(
                text,
                Axis.log10("Published", unit),
                Axis.log10("Predicted", unit),
                series,
                new ScatterFigure.Diagonal(TOLERANCE));
    }

    /** What was measured where all rows agree, else the unit. */
    private static String quantity(List<RowScore> rows, String unit) {
        Set<String> quantities = new LinkedHashSet<>();
        rows.forEach(row -> quantities.add(row.quantity()));
        return quantities.size() == 1 ? quantities.iterator().next() : "figures in " + unit;
    }

    private static String reading(List<RowScore> rows) {
        return String.format(
                Locale.ROOT,
                "%.0f %% of the rows lie within 10 %%, %.0f %% within 20 %%. Points below the line are predicted too"
                        + " low.",
                sharePercent(rows, 10),
                sharePercent(rows, 20));
    }

    private static double sharePercent(List<RowScore> rows, double most) {
        long within = rows.stream()
                .filter(row -> Math.abs(row.errorPercent().getAsDouble()) <= most)
                .count();
        return 100.0 * within / rows.size();
    }
}
