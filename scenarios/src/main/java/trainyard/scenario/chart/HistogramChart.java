package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarFigure.Arrangement;
import trainyard.report.figure.BarFigure.Orientation;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Figure;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Details.Law;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** How often a quantity had each whole value within a replication, beside what theory says. */
final class HistogramChart {

    /** Greater values are counted together in the last bar, as are those of a law beyond the greatest that was seen. */
    private static final int MOST_VALUES = 40;

    /** More are drawn as curves. */
    private static final int MOST_BARS = 64;

    /** Of what a law says, less than this does not show beside a bar. */
    private static final double LEAST_SHARE = 1e-4;

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
        List<HistogramShares> shares = new ArrayList<>();
        designs.forEach((name, values) -> shares.add(new HistogramShares(name, shares(values, last))));
        laws.forEach(law -> shares.add(new HistogramShares(law.name(), shares(law, last))));
        boolean isCut = greatest > last || laws.stream().anyMatch(law -> goesBeyond(law, last));
        return shares.size() * (last + 1) > MOST_BARS
                ? HistogramCurves.of(request, shares, isCut ? ", " + last + " and more counted as one" : "")
                : bars(request, shares, last, isCut);
    }

    /** Whether a law gives greater values a share that shows, though none of them was seen. */
    private static boolean goesBeyond(Law law, int last) {
        return law.shares().stream().skip(last + 1L).mapToDouble(share -> share).sum() >= LEAST_SHARE;
    }

    private static Figure bars(ChartRequest request, List<HistogramShares> shares, int last, boolean isCut) {
        Metric metric = request.metric();
        return new BarFigure(
                request.text("How often each " + metric.words(), metric.doc()),
                Wording.capital(metric.words()),
                IntStream.rangeClosed(0, last)
                        .mapToObj(value -> value == last && isCut ? value + "+" : Integer.toString(value))
                        .toList(),
                Axis.linear("Share", "%"),
                shares.stream()
                        .map(one -> BarSeries.of(one.name(), one.percent()))
                        .toList(),
                Arrangement.GROUPED,
                Orientation.VERTICAL,
                Optional.empty());
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
