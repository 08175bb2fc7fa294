package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.scenario.format.Setting;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ChartSection.Kind;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.MetricPath;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** Bars of what the teams, or the classes of jobs, of one cell have: a group for each, and in it a bar, or a part of one, per column. */
final class GroupBarChart {

    private static final Set<String> GROUPS = Set.of("team", "class");

    private final ChartRequest request;
    private final String group;
    private final List<Metric> columns;
    private final List<String> names;

    private GroupBarChart(ChartRequest request) {
        this.request = request;
        group = request.values().find(ChartSection.X).orElseThrow();
        columns =
                request.columns().orElseThrow(() -> refused("columns say what each " + group + " shows", "write them"));
        names = names();
    }

    /** Whether {@code x} names groups of jobs, of which each has metrics of its own. */
    static boolean isMeant(ChartRequest request) {
        return request.values().get(ChartSection.KIND) == Kind.BAR
                && request.values()
                        .find(ChartSection.X)
                        .filter(GROUPS::contains)
                        .isPresent();
    }

    /**
     * @throws ScenarioException if there are no such groups, or they have no such metrics
     */
    static void check(ChartRequest request) {
        GroupBarChart chart = new GroupBarChart(request);
        chart.columns.forEach(column -> chart.names.forEach(name -> chart.metric(name, column)));
    }

    /** The figure of the cell of the headline, or the first; nothing where none can run. */
    static Optional<Figure> of(ChartRequest request) {
        return request.result()
                .best(request.metric())
                .or(() -> request.result().feasible().stream().findFirst())
                .map(new GroupBarChart(request)::figure);
    }

    private Figure figure(CellResult cell) {
        SharedWords words = SharedWords.of(columns);
        Metric shown = request.result()
                .shownTogether(columns.stream()
                        .flatMap(column -> names.stream().map(name -> metric(name, column)))
                        .toList())
                .get(0);
        List<BarSeries> series = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            List<Optional<Estimate>> bars = new ArrayList<>();
            for (String name : names) {
                bars.add(cell.estimate(metric(name, columns.get(i)).like(shown)));
            }
            series.add(new BarSeries(words.own().get(i), bars));
        }
        String label = Wording.capital(group);
        List<String> written =
                names.stream().map(name -> metric(name, columns.get(0)).group()).toList();
        String title = words.shared() + " by " + group + cell.cell().behindTitle();
        Axis axis = Axis.linear(Wording.capital(words.shared()), shown.unit());
        return request.values().get(ChartSection.STACKED)
                ? BarFigure.stacked(request.text(title, "parts of a whole."), label, written, axis, series)
                : BarFigure.grouped(
                        request.text(title, "what each " + group + " has" + BarChart.intervals(series) + "."),
                        label,
                        written,
                        axis,
                        series);
    }

    /** The groups that have the first column, in the order of their metrics. */
    private List<String> names() {
        String prefix = group + ".";
        String suffix = "." + columns.get(0).yielded().name();
        List<Cell> cells = cells();
        List<String> found = request.result().study().metrics(cells).stream()
                .map(Metric::name)
                .filter(name -> name.startsWith(prefix)
                        && name.endsWith(suffix)
                        && name.length() > prefix.length() + suffix.length() - 1)
                .map(name -> name.substring(prefix.length(), name.length() - suffix.length()))
                .filter(name -> !name.contains("."))
                .toList();
        if (found.isEmpty() && !cells.isEmpty()) {
            throw refused(
                    "no " + group + " has a metric '" + columns.get(0).name() + "' of its own",
                    "name jobs of a " + group
                            + (group.equals("team") ? " in the scenario, teams of a list under scheduler.teams" : "")
                            + ", and columns such as wait.mean, gpu-hours or cost");
        }
        return found;
    }

    /** The cells that are shown, whether they were run or not; none of a variant that this run does without. */
    private List<Cell> cells() {
        Optional<String> variant = request.values()
                .find(ChartSection.AT)
                .flatMap(at -> Optional.ofNullable(at.get(Cell.VARIANT)))
                .map(Setting::value);
        return request.result().study().cells().stream()
                .filter(cell -> variant.isEmpty() || cell.variant().equals(variant.get()))
                .toList();
    }

    private Metric metric(String name, Metric column) {
        return MetricPath.find(
                group + "." + name + "." + column.name(),
                request.result().study().known(),
                request.values().position(ChartSection.COLUMNS));
    }

    private ScenarioException refused(String message, String hint) {
        return new ScenarioException(
                Problem.at(request.values().position(ChartSection.X), Problem.Kind.METRIC, message, hint));
    }
}
