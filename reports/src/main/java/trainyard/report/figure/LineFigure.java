package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * Curves over a continuous quantity, with bands, overlays, reference lines and remarks.
 *
 * @param text the words around the figure
 * @param xAxis horizontal axis
 * @param yAxis vertical axis
 * @param series at least one, at least one of them with points
 * @param referenceLines limits and optima
 * @param annotations remarks at points
 */
public record LineFigure(
        FigureText text,
        Axis xAxis,
        Axis yAxis,
        List<Series> series,
        List<ReferenceLine> referenceLines,
        List<Annotation> annotations)
        implements Figure {

    public LineFigure {
        Objects.requireNonNull(text, "text");
        series = List.copyOf(series);
        referenceLines = List.copyOf(referenceLines);
        annotations = List.copyOf(annotations);
        Series.checkAll(text.title(), series, xAxis, yAxis);
        for (ReferenceLine line : referenceLines) {
            line.check(xAxis, yAxis);
        }
        for (Annotation annotation : annotations) {
            annotation.check(xAxis, yAxis);
        }
    }

    /** A figure of curves alone. */
    public static LineFigure of(FigureText text, Axis xAxis, Axis yAxis, List<Series> series) {
        return new LineFigure(text, xAxis, yAxis, series, List.of(), List.of());
    }
}
