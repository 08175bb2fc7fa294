package trainyard.report.figure;

import java.util.List;
import java.util.Objects;

/**
 * Curves that stay level until the next point: values over time, or distribution functions ({@link Series#cdf}).
 *
 * @param text the words around the figure
 * @param xAxis horizontal axis
 * @param yAxis vertical axis
 * @param series at least one, at least one of them with points
 * @param referenceLines limits and optima
 * @param annotations remarks at points
 */
public record StepFigure(
        FigureText text,
        Axis xAxis,
        Axis yAxis,
        List<Series> series,
        List<ReferenceLine> referenceLines,
        List<Annotation> annotations)
        implements Figure {

    public StepFigure {
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
    public static StepFigure of(FigureText text, Axis xAxis, Axis yAxis, List<Series> series) {
        return new StepFigure(text, xAxis, yAxis, series, List.of(), List.of());
    }
}
