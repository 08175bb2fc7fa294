package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trainyard.faults.life.GpuState;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.WaterfallFigure;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.LifeMetrics;
import trainyard.scenario.study.Metric;

/** Figures of a long job. */
final class LifeCharts {

    private static final double VISIBLE_SHARE = 1e-5;
    private static final double PERCENT = 100;

    private LifeCharts() {}

    /** What each state other than useful work takes of the time of all GPUs. */
    static Figure losses(CellResult cell, FigureText text) {
        List<WaterfallFigure.Step> steps = new ArrayList<>();
        double total = 0;
        for (GpuState state : GpuState.values()) {
            double share = share(cell, state);
            if (state != GpuState.USEFUL && share > VISIBLE_SHARE) {
                steps.add(WaterfallFigure.Step.change(state.label(), PERCENT * share));
                total += PERCENT * share;
            }
        }
        steps.add(WaterfallFigure.Step.total("all losses", total));
        return new WaterfallFigure(text, Axis.linear("Share of the time of all GPUs", "%"), steps);
    }

    /** The largest loss in a sentence. */
    static String largestLoss(CellResult cell) {
        GpuState largest = GpuState.LOST_WORK;
        for (GpuState state : GpuState.values()) {
            if (state != GpuState.USEFUL && share(cell, state) > share(cell, largest)) {
                largest = state;
            }
        }
        return String.format(
                Locale.ROOT,
                "useful work takes %.1f %%, %s %.1f %%.",
                PERCENT * share(cell, GpuState.USEFUL),
                largest.label(),
                PERCENT * share(cell, largest));
    }

    private static double share(CellResult cell, GpuState state) {
        Metric metric = LifeMetrics.share(state);
        return cell.mean(metric).orElse(0.0);
    }
}
