package trainyard.report;

import static trainyard.report.GalleryOfFigures.text;

import java.util.ArrayList;
import java.util.List;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.GanttFigure;

/** Gantt charts of the gallery. */
final class TimelineFigures {

    private TimelineFigures() {}

    static Figure pipeline() {
        int stages = 4;
        int micros = 8;
        double[][] forwardEnd = new double[stages][micros];
        double[][] backwardEnd = new double[stages][micros];
        List<List<GanttFigure.Interval>> rows = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            rows.add(new ArrayList<>());
        }
        int[] done = new int[stages];
        double[] free = new double[stages];
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int stage = 0; stage < stages; stage++) {
                progress |= runNext(stage, stages, micros, done, free, forwardEnd, backwardEnd, rows.get(stage));
            }
        }
        List<GanttFigure.Row> named = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            named.add(new GanttFigure.Row("stage " + stage, rows.get(stage)));
        }
        return new GanttFigure(
                text("1F1B pipeline schedule", "Each stage idles for three forward and three backward passes."),
                Axis.linear("Time", "ms"),
                "Pipeline stage",
                List.of("forward", "backward"),
                named);
    }

    /** Runs the next operation of one stage in 1F1B order where its input is ready. */
    private static boolean runNext(
            int stage,
            int stages,
            int micros,
            int[] done,
            double[] free,
            double[][] forward,
            double[][] backward,
            List<GanttFigure.Interval> row) {
        int warmUp = Math.min(micros, stages - stage);
        int index = done[stage];
        if (index == 2 * micros) {
            return false;
        }
        boolean isForward = index < warmUp || (index < 2 * micros - warmUp && (index - warmUp) % 2 == 1);
        int micro = isForward
                ? (index < warmUp ? index : warmUp + (index - warmUp) / 2)
                : (index < 2 * micros - warmUp ? (index - warmUp) / 2 : index - micros);
        double ready;
        if (isForward) {
            ready = stage == 0 ? 1e-9 : forward[stage - 1][micro];
        } else {
            ready = stage == stages - 1 ? forward[stage][micro] : backward[stage + 1][micro];
        }
        if (ready == 0) {
            return false;
        }
        double start = Math.max(ready, free[stage]);
        double end = start + (isForward ? 12 : 24);
        (isForward ? forward : backward)[stage][micro] = end;
        row.add(new GanttFigure.Interval(start, end, isForward ? "forward" : "backward", String.valueOf(micro)));
        free[stage] = end;
        done[stage]++;
        return true;
    }

    static Figure recovery() {
        List<GanttFigure.Row> rows = new ArrayList<>();
        for (int node = 0; node < 6; node++) {
            List<GanttFigure.Interval> intervals = new ArrayList<>();
            intervals.add(new GanttFigure.Interval(0, 41, "training", ""));
            if (node == 2) {
                intervals.add(new GanttFigure.Interval(41, 95, "repair", ""));
            } else {
                intervals.add(new GanttFigure.Interval(41, 44, "detect", ""));
                intervals.add(new GanttFigure.Interval(44, 49, "restart and load", ""));
                intervals.add(new GanttFigure.Interval(49, 56, "recompute", ""));
                intervals.add(new GanttFigure.Interval(56, 120, "training", ""));
            }
            rows.add(new GanttFigure.Row("node " + node, intervals));
        }
        return new GanttFigure(
                text("One failure and its recovery", "Fifteen minutes pass until the run is where it was."),
                Axis.linear("Time", "min"),
                "Node",
                List.of("training", "recompute", "restart and load", "repair", "detect"),
                rows);
    }
}
