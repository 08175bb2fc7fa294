package trainyard.scenario.accuracy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.FigureText;

/** The mean absolute error of each source, before and after calibration. */
public final class ErrorBars {

    private static final String CAPTION = "Over gated rows; over scored rows where none is gated.";
    private static final String CALIBRATED =
            " Sources with 24 gated rows or more are also calibrated, with at most 8 rows"
                    + " per cluster, which the calibrated figure leaves out.";

    private ErrorBars() {}

    /**
     * The error of a source.
     *
     * @param source its name
     * @param percent mean absolute error, nothing calibrated
     * @param calibratedPercent the same of the rows left out of the calibration; empty where there is none
     */
    public record Bar(String source, double percent, OptionalDouble calibratedPercent) {}

    /** The bars in order of error, least first. */
    public static BarFigure of(String suite, List<Bar> bars) {
        List<Bar> sorted =
                bars.stream().sorted(Comparator.comparingDouble(Bar::percent)).toList();
        boolean calibrated =
                bars.stream().anyMatch(bar -> bar.calibratedPercent().isPresent());
        List<BarSeries> series = new ArrayList<>();
        series.add(new BarSeries(
                "uncalibrated",
                sorted.stream()
                        .map(bar -> Optional.of(Estimate.exact(bar.percent())))
                        .toList()));
        if (calibrated) {
            series.add(new BarSeries(
                    "calibrated",
                    sorted.stream()
                            .map(bar -> estimate(bar.calibratedPercent()))
                            .toList()));
        }
        FigureText text = new FigureText(
                "Mean absolute error by source: " + suite,
                CAPTION + (calibrated ? CALIBRATED : ""),
                "Bars of the mean absolute error in per cent, one source each"
                        + (calibrated ? ", uncalibrated beside calibrated." : "."),
                "verify " + suite);
        return BarFigure.grouped(
                        text,
                        "Source",
                        sorted.stream().map(Bar::source).toList(),
                        Axis.linear("Mean absolute error", "%"),
                        series)
                .horizontal();
    }

    private static Optional<Estimate> estimate(OptionalDouble value) {
        return value.isPresent() ? Optional.of(Estimate.exact(value.getAsDouble())) : Optional.empty();
    }
}
