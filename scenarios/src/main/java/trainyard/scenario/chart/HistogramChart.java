package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarFigure.Arrangement;
import trainyard.report.figure.BarFigure.Orientation;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.scenario.workload.Details;
import trainyard.scenario.workload.Details.Law;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Wording;

/** How often a quantity had each whole value within a replication, beside what theory says. */
final class HistogramChart {

    /** Greater values are counted together in the last bar. */
    private static final int MOST_VALUES = 40;

    /** More are drawn as curves. */
    private static final int MOST_BARS = 64;

    private HistogramChart() {}

    /** The figure; nothing where no cell has a value. */
    static Optional<Figure> of(ChartRequest request) {
        Metric metric = request.metric();
        Map<String, double[]> designs = new LinkedHashMap<>();
        List<Law> laws = new ArrayList<>();
        request.candidateDetails().forEach((name, runs) -> {
            double[] values = runs.stream()
                    .flatMapToDouble(run -> Arrays.stream(run.values(metric)))
                    .map(metric::inUnit)
                    .toArray();
            if (values.length > 0) {
                designs.put(name, values);
                laws.addAll(laws(metric, name, runs.get(0)));
            }
        });
        return designs.isEmpty() ? Optional.empty() : Optional.of(figure(request, designs, laws));
    }

    private static List<Law> laws(Metric metric, String design, Details run) {
        return run.laws().stream()
                .filter(law -> law.quantity().equals(metric))
                .map(law -> new Law(metric, design + ", " + law.name(), law.shares()))
                .toList();
    }

    private static Figure figure(ChartRequest request, Map<String, double[]> designs, List<Law> laws) {
        double greatest =
                designs.values().stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        int last = (int) Math.min(MOST_VALUES, Math.rint(greatest));
        List<BarSeries> bars = new ArrayList<>();
        designs.forEach((name, values) -> bars.add(BarSeries.of(name, shares(values, last))));
        laws.forEach(law -> bars.add(BarSeries.of(law.name(), shares(law, last))));
        Metric metric = request.metric();
        if (bars.size() * (last + 1) > MOST_BARS) {
            return curves(request, bars, greatest > last);
        }
        return new BarFigure(
                request.text("How often each " + metric.words(), metric.doc()),
                Wording.capital(metric.words()),
                IntStream.rangeClosed(0, last)
                        .mapToObj(value -> value == last && greatest > last ? value + "+" : Integer.toString(value))
                        .toList(),
                Axis.linear("Share", "%"),
                bars,
                Arrangement.GROUPED,
                Orientation.VERTICAL,
                Optional.empty());
    }

    /** So many bars cannot be told apart; a curve joins those of a series, and what is always the same is told in words. */
    private static Figure curves(ChartRequest request, List<BarSeries> bars, boolean isCut) {
        Metric metric = request.metric();
        List<BarSeries> constant =
                bars.stream().filter(HistogramChart::isConstant).toList();
        boolean isAll = constant.size() == bars.size();
        List<Series> curves = bars.stream()
                .filter(series -> isAll || !constant.contains(series))
                .map(HistogramChart::curve)
                .toList();
        FigureText asked = request.text("How often each " + metric.words(), metric.doc());
        String told = constant.stream()
                .map(series -> series.name() + " " + mostly(series))
                .collect(Collectors.joining(", "));
        FigureText text = isAll || constant.isEmpty()
                ? asked
                : Words.of(asked.title(), asked.caption() + " Always the same: " + told + ".", request.result());
        String label = Wording.capital(metric.words()) + (isCut ? ", " + MOST_VALUES + " and more counted as one" : "");
        return LineFigure.of(
                text,
                Axis.linear(label, metric.unit()),
                Axis.linear("Share", "%").from(0),
                curves);
    }

    private static Series curve(BarSeries series) {
        return Series.plain(
                series.name(),
                IntStream.range(0, series.values().size())
                        .mapToObj(value -> Point.of(value, share(series, value)))
                        .toList());
    }

    private static boolean isConstant(BarSeries series) {
        return share(series, mostly(series)) > 100 - 1e-6;
    }

    private static int mostly(BarSeries series) {
        return IntStream.range(0, series.values().size())
                .boxed()
                .max(Comparator.comparingDouble(value -> share(series, value)))
                .orElseThrow();
    }

    private static double share(BarSeries series, int value) {
        return series.values().get(value).orElseThrow().value();
    }

    private static double[] shares(double[] values, int last) {
        double[] shares = new double[last + 1];
        for (double value : values) {
            shares[(int) Math.min(last, Math.rint(value))] += 100.0 / values.length;
        }
        return shares;
    }

    private static double[] shares(Law law, int last) {
        double[] shares = new double[last + 1];
        for (int value = 0; value < law.shares().size(); value++) {
            shares[Math.min(last, value)] += 100 * law.shares().get(value);
        }
        return shares;
    }
}
