package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.parallel.step.cost.Span;
import trainyard.report.draw.Layouts;
import trainyard.report.draw.NameColours;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ChartSection.Kind;
import trainyard.scenario.section.report.ReportSection;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;

/** Chooses and draws the figures of a result. */
public final class Charts {

    /** Kinds that show where nothing can run. */
    private static final Set<Kind> KEEPS_ROOM = EnumSet.of(Kind.HEATMAP, Kind.WINNER, Kind.BAR);

    private static final Set<Kind> OF_VALUES = EnumSet.of(Kind.LINE, Kind.BAR, Kind.HEATMAP, Kind.WINNER, Kind.TORNADO);

    /** Metrics of a table that names none, beside the first. */
    private static final int MOST_METRICS = 7;

    /** How the title of a table begins that stands in place of a chart. */
    private static final String MISSING = "Not drawn, ";

    private static final String WATERFALL = "Where the time of a step goes";

    private final StudyResult result;
    private final Metric headline;
    private final List<Figure> figures = new ArrayList<>();

    private Charts(StudyResult result, Metric headline) {
        this.result = result;
        this.headline = headline;
    }

    /**
     * The charts that the scenario asks for, or what suits the workload.
     *
     * @throws trainyard.scenario.source.ScenarioException if a chart names an axis or metric that is not there
     */
    public static List<Figure> of(StudyResult result, Metric headline) {
        Charts charts = new Charts(result, headline);
        Values report = result.study().scenario().values().get(ScenarioSection.REPORT);
        Optional<List<Values>> asked = report.find(ReportSection.CHARTS);
        if (asked.isPresent()) {
            asked.get().forEach(charts::addAsked);
        } else {
            charts.addFitting();
        }
        return List.copyOf(charts.figures);
    }

    /**
     * Checks what can be checked of the charts before anything is run.
     *
     * @throws trainyard.scenario.source.ScenarioException if a chart names an axis or metric that is not there
     */
    public static void check(StudyResult empty, Metric headline) {
        Values report = empty.study().scenario().values().get(ScenarioSection.REPORT);
        report.find(ReportSection.CHARTS)
                .ifPresent(charts -> charts.forEach(values -> ChartRequest.of(values, empty, headline)));
    }

    /**
     * A chart that was asked for and cannot be drawn is not left out unseen, and it takes nothing else with it: a table stands in
     * its place and says why.
     */
    private void addAsked(Values values) {
        ChartRequest request = ChartRequest.of(values, result, headline);
        List<Figure> before = List.copyOf(figures);
        String reason = "this study has nothing that a chart of kind " + kindOf(values) + " could show";
        try {
            add(request);
            figures.subList(before.size(), figures.size()).forEach(Charts::requireLayout);
        } catch (UndrawableException | ScenarioException | IllegalArgumentException undrawable) {
            figures.subList(before.size(), figures.size()).clear();
            reason = undrawable.getMessage();
        }
        if (figures.size() == before.size() && !request.result().grid().isEmpty()) {
            String title = MISSING + kindOf(values) + ": "
                    + values.find(ChartSection.TITLE).orElse(request.metric().words());
            figures.add(TableChart.of(
                    request.result(),
                    tableMetrics(headline),
                    Words.of(title, reason + "; the values instead.", request.result())));
        }
    }

    /** Charts that were asked for and could not be drawn, each with the reason, in sentences without a final stop. */
    public static List<String> missing(List<Figure> figures) {
        return figures.stream()
                .map(Figure::text)
                .filter(text -> text.title().startsWith(MISSING))
                .map(text -> text.title() + ". " + text.caption().replaceAll("; the values instead\\.$", ""))
                .toList();
    }

    private static String kindOf(Values chart) {
        return ChoiceType.word(chart.get(ChartSection.KIND));
    }

    /** What is found only when a figure is laid out is found here, not when half of a report is written. */
    private static void requireLayout(Figure figure) {
        Layouts.of(figure, Layouts.WIDE, NameColours.of(List.of(figure)));
    }

    private void add(ChartRequest request) {
        Kind kind = request.values().get(ChartSection.KIND);
        if (request.result().grid().isEmpty()) {
            return;
        }
        if (!KEEPS_ROOM.contains(kind)
                && !request.fixed().implicit().isEmpty()
                && request.result().feasible().isEmpty()) {
            throw new UndrawableException(request.fixed().nothing(result.study()));
        }
        if (isUnknown(request)) {
            figures.add(TableChart.of(
                    result,
                    List.of(request.metric()),
                    request.text(request.metric().words(), "no value is known.")));
            return;
        }
        addKind(kind, request);
    }

    private void addKind(Kind kind, ChartRequest request) {
        switch (kind) {
            case LINE -> figures.add(LineChart.of(request));
            case BAR -> addBars(request);
            case HEATMAP -> figures.add(GridChart.values(request));
            case WINNER -> figures.add(GridChart.winners(request));
            case STATES -> figures.add(StatesChart.of(request));
            case UTILIZATION -> addUtilisation(request);
            case GANTT -> addGantt(request);
            case OVER_TIME -> OverTimeChart.of(request).ifPresent(figures::add);
            case OCCUPANCY -> OccupancyChart.of(request).ifPresent(figures::add);
            case GRAPH -> figures.addAll(GraphChart.of(request));
            case PARETO -> figures.add(ParetoChart.of(request));
            case RADAR -> RadarChart.of(request).ifPresent(figures::add);
            case HISTOGRAM -> HistogramChart.of(request).ifPresent(figures::add);
            case CDF -> DistributionChart.cdf(request).ifPresent(figures::add);
            case BOX -> DistributionChart.boxes(request).ifPresent(figures::add);
            case WATERFALL -> addWaterfall(request);
            case MEMORY -> addMemory(request);
            case CAUSES -> figures.add(CausesChart.of(request));
            case BREAKDOWN -> breakdown(request).ifPresent(figures::add);
            case TORNADO ->
                TornadoChart.of(result, request.metric(), request::text).ifPresent(figures::add);
            case TOPOLOGY -> TopologyChart.ofBusiest(request, result).ifPresent(figures::add);
            case TABLE ->
                figures.add(TableChart.of(
                        request.result(),
                        request.columns().orElseGet(() -> tableMetrics(request.metric())),
                        request.text(
                                request.metric().words() + " of the designs",
                                "best first.",
                                TableChart.remark(request.result()))));
        }
    }

    private Optional<Figure> breakdown(ChartRequest request) {
        if (StagesChart.isMeant(request)) {
            return StagesChart.of(request);
        }
        return kind().showsStep() ? BreakdownChart.of(request) : LossesChart.breakdown(request);
    }

    /** Whether a chart of values would be empty; the table in its stead says why. */
    private boolean isUnknown(ChartRequest request) {
        boolean ofValues = OF_VALUES.contains(request.values().get(ChartSection.KIND));
        return ofValues
                && !result.feasible().isEmpty()
                && result.feasible().stream()
                        .allMatch(cell -> cell.mean(request.metric()).isEmpty());
    }

    /** Without a list of charts: the step in detail, or the cells as a table. */
    private void addFitting() {
        ShownDesign shown = shown(result);
        if (result.grid().size() > 1) {
            FigureText text = Words.of(
                    headline.words() + " of the designs",
                    ChartRequest.sentences("best first.", TableChart.remark(result)),
                    result);
            figures.add(TableChart.of(result, tableMetrics(headline), text));
        }
        kind().figures().forEach(figure -> addUnasked(ChartSection.of(figure, kind().figureKeys())));
        shown.step().ifPresent(cost -> {
            String title = WATERFALL + shown.behindTitle();
            figures.add(StepCharts.waterfall(cost, Words.of(title, StepCharts.largestTerm(cost), result)));
            List<CellResult> designs = MemoryChart.designs(result);
            String most = MemoryChart.caption(designs, Cell::label);
            String remark = MemoryChart.remark(result.grid(), designs, Cell::label);
            FigureText text = Words.of("Memory per GPU", ChartRequest.sentences(most, remark), result);
            figures.add(MemoryChart.of(text, designs, ChartRequest.DESIGN, Cell::label));
            if (cost.stages().size() > 1) {
                List<Span> bars = shown.timeline();
                String caption = StepCharts.ganttCaption(cost, bars);
                figures.add(StepCharts.gantt(cost, bars, Words.of("One step" + shown.where(), caption, result)));
            }
        });
        TornadoChart.of(
                        result,
                        result.shown(headline),
                        (title, caption, remark) -> Words.of(title, (caption + " " + remark).trim(), result))
                .ifPresent(figures::add);
    }

    /** A chart that nobody asked for is left out where it cannot be drawn. */
    private void addUnasked(Values values) {
        int before = figures.size();
        try {
            add(ChartRequest.of(values, result, headline));
            figures.subList(before, figures.size()).forEach(Charts::requireLayout);
        } catch (UndrawableException | ScenarioException | IllegalArgumentException undrawable) {
            figures.subList(before, figures.size()).clear();
        }
    }

    private void addBars(ChartRequest request) {
        if (GroupBarChart.isMeant(request)) {
            GroupBarChart.of(request).ifPresent(figures::add);
        } else {
            figures.add(BarChart.of(request));
        }
    }

    private void addGantt(ChartRequest request) {
        if (!kind().showsStep()) {
            LanesChart.of(request).ifPresent(figures::add);
            return;
        }
        ShownDesign shown = shown(request.result());
        shown.step().ifPresent(cost -> {
            List<Span> bars = shown.timeline();
            String caption = StepCharts.ganttCaption(cost, bars);
            figures.add(StepCharts.gantt(cost, bars, request.text("One step" + shown.where(), caption)));
        });
    }

    private void addUtilisation(ChartRequest request) {
        ShownDesign shown = shown(request.result());
        shown.step()
                .ifPresent(cost -> figures.add(UtilisationChart.of(
                        cost,
                        shown.timeline(),
                        request.text(
                                "Utilisation over the step" + shown.where(),
                                "Computing, communicating, updating and waiting sum to 100 % at every moment."))));
    }

    private ShownDesign shown(StudyResult asked) {
        return new ShownDesign(result, asked, headline);
    }

    private WorkloadKind kind() {
        return result.study().kind();
    }

    private void addWaterfall(ChartRequest request) {
        if (SumChart.isMeant(request)) {
            Optional<CellResult> cell = request.result()
                    .best(headline)
                    .or(() -> request.result().feasible().stream().findFirst());
            SumChart.of(request, cell).ifPresent(figures::add);
            return;
        }
        ShownDesign shown = shown(request.result());
        if (!kind().showsStep()) {
            Map<String, Metric> states = kind().states();
            String title = "Where the GPU time is lost" + shown.behindTitle();
            shown.cell()
                    .filter(cell -> cell.isFeasible() && !states.isEmpty())
                    .ifPresent(cell -> figures.add(
                            LossesChart.of(cell, states, request.text(title, LossesChart.largestLoss(cell, states)))));
            return;
        }
        String title = WATERFALL + shown.behindTitle();
        shown.step()
                .ifPresent(cost ->
                        figures.add(StepCharts.waterfall(cost, request.text(title, StepCharts.largestTerm(cost)))));
    }

    private void addMemory(ChartRequest request) {
        StudyResult asked = request.result();
        shown(asked).step().ifPresent(cost -> {
            List<CellResult> designs = request.alongX(MemoryChart.designs(asked));
            FigureText text = request.text(
                    "Memory per GPU",
                    MemoryChart.caption(designs, request::namedAlongX),
                    MemoryChart.remark(request.alongX(asked.grid()), designs, request::namedAlongX));
            figures.add(MemoryChart.of(text, designs, request.labelAlongX(), request::nameAlongX));
        });
    }

    private List<Metric> tableMetrics(Metric first) {
        List<Metric> metrics = new ArrayList<>(List.of(first));
        result.study().metrics().stream()
                .filter(metric -> !metric.equals(first))
                .limit(MOST_METRICS)
                .filter(metric -> result.grid().stream()
                        .anyMatch(cell -> cell.mean(metric).isPresent()))
                .forEach(metrics::add);
        return metrics.stream().map(result::shown).toList();
    }
}
