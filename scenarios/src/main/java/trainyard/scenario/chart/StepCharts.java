package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import trainyard.parallel.memory.MemoryComponent;
import trainyard.parallel.memory.StageMemory;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.Term;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.WaterfallFigure;
import trainyard.scenario.workload.metric.DurationUnit;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/** Figures of one training step. */
final class StepCharts {

    private static final double GIBIBYTE = 1024.0 * 1024 * 1024;
    private static final int MAX_ROWS = 64;

    /** Bars of a Gantt chart that can still be told apart. */
    private static final int MAX_BARS = 1200;

    private static final double SMALL = 1e-12;

    private StepCharts() {}

    static Figure waterfall(StepCost cost, FigureText text) {
        DurationUnit unit = DurationUnit.upTo(cost.seconds());
        List<WaterfallFigure.Step> steps = new ArrayList<>();
        for (Term term : cost.terms()) {
            if (Math.abs(term.seconds()) > SMALL) {
                steps.add(WaterfallFigure.Step.change(term.name(), unit.of(term.seconds())));
            }
        }
        steps.add(WaterfallFigure.Step.total("step", unit.of(cost.seconds())));
        return new WaterfallFigure(text, Axis.linear("Time, mean over the GPUs", unit.symbol()), steps);
    }

    static String largestTerm(StepCost cost) {
        Term largest = cost.terms().stream()
                .max((a, b) -> Double.compare(a.seconds(), b.seconds()))
                .orElseThrow();
        return String.format(
                Locale.ROOT, "%s takes %.0f %% of the step.", largest.name(), 100 * largest.seconds() / cost.seconds());
    }

    static Figure gantt(StepCost cost, List<Span> timeline, FigureText text) {
        List<String> states =
                Arrays.stream(Span.Kind.values()).map(StepCharts::words).toList();
        long window = windowNanos(cost, timeline);
        TimeAxis time = TimeAxis.upTo(window / 1e9);
        List<GanttFigure.Row> rows = rows(timeline).stream()
                .map(row -> new GanttFigure.Row(row.name(), intervals(timeline, row, window, time)))
                .toList();
        List<String> used = states.stream()
                .filter(state -> rows.stream()
                        .flatMap(row -> row.intervals().stream())
                        .anyMatch(interval -> interval.state().equals(state)))
                .toList();
        return new GanttFigure(text, time.axis(), rowsAre(timeline), used, rows);
    }

    /** A stream of a stage that has a row of its own. */
    private record StreamRow(int stage, String stream, String name) {

        boolean holds(Span span) {
            return span.stage() == stage && span.stream().equals(stream);
        }
    }

    /** Compute of every stage, of each kind of replica; or every stream where there is one stage alone. */
    private static List<StreamRow> rows(List<Span> timeline) {
        boolean streams = isOneStage(timeline);
        return timeline.stream()
                .filter(span -> streams || span.isCompute())
                .map(span -> new StreamRow(span.stage(), span.stream(), rowName(span, streams)))
                .distinct()
                .sorted(Comparator.comparingInt(StreamRow::stage).thenComparing(StreamRow::stream))
                .limit(MAX_ROWS)
                .toList();
    }

    private static boolean isOneStage(List<Span> timeline) {
        return timeline.stream().allMatch(span -> span.stage() == 0);
    }

    private static String rowName(Span span, boolean streams) {
        int of = span.stream().indexOf(Span.OF_REPLICAS);
        String replica = of < 0 ? "" : span.stream().substring(of + " of".length());
        if (streams) {
            return (span.isCompute() ? "compute" : "communication") + (replica.isEmpty() ? "" : "," + replica);
        }
        return "stage " + span.stage() + (replica.isEmpty() ? "" : "," + replica);
    }

    private static String rowsAre(List<Span> timeline) {
        return isOneStage(timeline) ? "Stream" : "Pipeline stage";
    }

    /** End of the part of the step that is drawn: all of it, or its start where it holds too many bars to read. */
    private static long windowNanos(StepCost cost, List<Span> timeline) {
        List<StreamRow> rows = rows(timeline);
        long bars = timeline.stream()
                .filter(span -> rows.stream().anyMatch(row -> row.holds(span)))
                .count();
        if (bars <= MAX_BARS) {
            return cost.stepNanos();
        }
        boolean whole = timeline.size() < StepModel.MAX_SPANS;
        long covered =
                whole ? cost.stepNanos() : timeline.get(timeline.size() - 1).startNanos();
        return Math.max(1, covered / bars * MAX_BARS);
    }

    /** What a Gantt chart shows, for its caption. */
    static String ganttCaption(StepCost cost, List<Span> timeline) {
        long window = windowNanos(cost, timeline);
        String part = window < cost.stepNanos()
                ? String.format(
                        Locale.ROOT,
                        "The first %s of %s; timeline.json holds more.",
                        Units.format(window / 1e9, Dimension.DURATION),
                        Units.format(cost.seconds(), Dimension.DURATION))
                : "Gaps are idle time.";
        long all = timeline.stream()
                .filter(Span::isCompute)
                .map(span -> span.stage() + span.stream())
                .distinct()
                .count();
        String rows = isOneStage(timeline)
                ? "Each row is a stream of one GPU. "
                : "Each row is one of " + all + " pipeline stages"
                        + (all > MAX_ROWS ? ", of which the first " + MAX_ROWS + " are drawn" : "") + ". ";
        return rows + part;
    }

    private static List<GanttFigure.Interval> intervals(
            List<Span> timeline, StreamRow row, long window, TimeAxis time) {
        return timeline.stream()
                .filter(span -> row.holds(span) && span.startNanos() < window)
                .map(span -> new GanttFigure.Interval(
                        time.of(span.startNanos() / 1e9),
                        time.of(span.endNanos() / 1e9),
                        words(span.kind()),
                        span.label()))
                .toList();
    }

    private static String words(Span.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Memory by component of the stages of a design or of some designs, each a bar, against what a GPU has if all have as much. */
    static Figure memory(
            String bars, List<String> names, List<StageMemory> designs, OptionalDouble capacityBytes, FigureText text) {
        List<BarSeries> series = new ArrayList<>();
        for (MemoryComponent component : MemoryComponent.values()) {
            List<Optional<Estimate>> heights = designs.stream()
                    .map(design -> design.bytes().get(component) / GIBIBYTE)
                    .map(value -> Optional.of(Estimate.exact(value)))
                    .toList();
            if (heights.stream().anyMatch(bar -> bar.orElseThrow().value() > 0)) {
                series.add(new BarSeries(component.label(), heights));
            }
        }
        BarFigure figure = BarFigure.stacked(text, bars, names, Axis.linear("Memory per GPU", "GiB"), series);
        return capacityBytes.isPresent()
                ? figure.withLimit("GPU memory", capacityBytes.getAsDouble() / GIBIBYTE)
                : figure;
    }
}
