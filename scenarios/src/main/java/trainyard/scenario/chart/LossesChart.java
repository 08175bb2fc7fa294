package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.WaterfallFigure;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.metric.Metric;

/** What the states of a study take of the GPU time; the first state is the wanted one, the others are losses. */
final class LossesChart {

    private static final double VISIBLE_SHARE = 1e-5;
    private static final double PERCENT = 100;
    private static final int MOST_BARS = 24;

    private LossesChart() {}

    /** What each state other than the wanted one takes of the time of all GPUs. */
    static Figure of(CellResult cell, Map<String, Metric> states, FigureText text) {
        List<WaterfallFigure.Step> steps = new ArrayList<>();
        double total = 0;
        for (Map.Entry<String, Metric> state : losses(states)) {
            double share = share(cell, state);
            if (share > VISIBLE_SHARE) {
                steps.add(WaterfallFigure.Step.change(state.getKey(), PERCENT * share));
                total += PERCENT * share;
            }
        }
        steps.add(WaterfallFigure.Step.total("all losses", total));
        return new WaterfallFigure(text, Axis.linear("Share of the time of all GPUs", "%"), steps);
    }

    /** The losses of several designs, on top of each other; nothing where no design runs or loses anything. */
    static Optional<Figure> breakdown(ChartRequest request) {
        Map<String, Metric> states = request.result().study().kind().states();
        List<CellResult> all = request.alongX(request.result().grid());
        List<CellResult> cells = all.stream().limit(MOST_BARS).toList();
        List<BarSeries> series = new ArrayList<>();
        List<Metric> columns = request.columns().orElse(List.copyOf(states.values()));
        for (Map.Entry<String, Metric> state : losses(states)) {
            if (columns.contains(state.getValue())
                    && cells.stream().anyMatch(cell -> share(cell, state) > VISIBLE_SHARE)) {
                series.add(new BarSeries(
                        state.getKey(),
                        cells.stream()
                                .map(cell -> cell.isFeasible()
                                        ? Optional.of(Estimate.exact(PERCENT * share(cell, state)))
                                        : Optional.<Estimate>empty())
                                .toList()));
            }
        }
        if (series.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = cells.stream().map(request::barAlongX).toList();
        String wanted = states.keySet().iterator().next();
        String rest = request.columns().isPresent()
                ? "other states are left out."
                : "the rest of the time of all GPUs is " + wanted + ".";
        return Optional.of(BarFigure.stacked(
                request.text("Where the GPU time is lost", rest, ChartRequest.shown(cells.size(), all.size())),
                request.labelAlongX(),
                names,
                Axis.linear("Share of the time of all GPUs", "%"),
                series));
    }

    /** The wanted state and the largest loss in a sentence. */
    static String largestLoss(CellResult cell, Map<String, Metric> states) {
        List<Map.Entry<String, Metric>> all = List.copyOf(states.entrySet());
        Map.Entry<String, Metric> largest = all.get(1);
        for (Map.Entry<String, Metric> state : losses(states)) {
            if (share(cell, state) > share(cell, largest)) {
                largest = state;
            }
        }
        return String.format(
                Locale.ROOT,
                "%s takes %.1f %%, %s %.1f %%.",
                all.get(0).getKey(),
                PERCENT * share(cell, all.get(0)),
                largest.getKey(),
                PERCENT * share(cell, largest));
    }

    private static List<Map.Entry<String, Metric>> losses(Map<String, Metric> states) {
        return states.entrySet().stream().skip(1).toList();
    }

    private static double share(CellResult cell, Map.Entry<String, Metric> state) {
        return cell.mean(state.getValue()).orElse(0.0);
    }
}
