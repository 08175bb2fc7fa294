package trainyard.scenario.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.ScatterFigure;
import trainyard.scenario.verify.RowInput;
import trainyard.scenario.verify.RowScore;

/** The error against each input, to see what it depends on. */
final class ResidualCharts {

    private static final double TOLERANCE_PERCENT = 10;

    /** Errors closer than this fall on the same point, per cent. */
    private static final double RESOLUTION_PERCENT = 1;

    private ResidualCharts() {}

    /** One chart per input that takes at least two values. */
    static List<Figure> of(List<RowGroup> groups, List<RowInput> inputs) {
        List<Figure> figures = new ArrayList<>();
        for (RowInput input : inputs) {
            long values = groups.stream()
                    .flatMap(group -> drawn(group, input).stream())
                    .map(row -> row.inputs().get(input.column()))
                    .distinct()
                    .count();
            if (values > 1) {
                figures.add(chart(groups, input));
            }
        }
        return figures;
    }

    private static List<RowScore> drawn(RowGroup group, RowInput input) {
        return group.score().counting().stream()
                .filter(row -> row.inputs().getOrDefault(input.column(), 0.0) > 0)
                .toList();
    }

    private static Figure chart(List<RowGroup> groups, RowInput input) {
        List<ScatterFigure.Group> series = groups.stream()
                .map(group -> new ScatterFigure.Group(group.name(), marks(group, input)))
                .toList();
        int rows = groups.stream().mapToInt(group -> drawn(group, input).size()).sum();
        String name = input.label().toLowerCase(Locale.ROOT).replace("gpus", "GPUs");
        FigureText text = new FigureText(
                "Error against " + name,
                "A source whose errors follow " + name + " points to the cause; points below 0 are predicted too low.",
                "Scatter of the signed error in per cent over " + name + ", one colour per source.",
                String.format(Locale.ROOT, "%,d", rows)
                        + " rows that count towards the errors; rows that fall on the same point are drawn once");
        return new ScatterFigure(
                text,
                Axis.log2(input.label(), input.unit()),
                Axis.linear("Error", "%"),
                series,
                new ScatterFigure.ZeroBand(TOLERANCE_PERCENT));
    }

    private static List<ScatterFigure.Mark> marks(RowGroup group, RowInput input) {
        Set<ScatterFigure.Mark> marks = new LinkedHashSet<>();
        for (RowScore row : drawn(group, input)) {
            double error = RESOLUTION_PERCENT * Math.rint(row.errorPercent().getAsDouble() / RESOLUTION_PERCENT);
            marks.add(ScatterFigure.Mark.of(row.inputs().get(input.column()), error));
        }
        return List.copyOf(marks);
    }
}
