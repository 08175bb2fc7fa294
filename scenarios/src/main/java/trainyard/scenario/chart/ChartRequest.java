package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.FigureText;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ChartSection.Kind;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.ComparedCells;
import trainyard.scenario.study.MetricPath;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;

/**
 * One entry of {@code report.charts} with the result that it shows.
 *
 * @param values the entry
 * @param result the outcomes that it shows
 * @param all the outcomes of all cells
 * @param metric the metric shown, in the unit of the chart
 * @param fixed the axes that it shows at one value each
 */
record ChartRequest(Values values, StudyResult result, StudyResult all, Metric metric, FixedAxes fixed) {

    /** What bars of cells differ in. */
    static final String DESIGN = "Design";

    private static final Set<Kind> OVER_TIME = EnumSet.of(Kind.OVER_TIME, Kind.OCCUPANCY);

    /** Kinds that join what they show along {@code x}, by what draws the same of designs. */
    private static final Map<Kind, String> ALONG_NUMBERS =
            Map.of(Kind.LINE, "kind: bar", Kind.STATES, "kind: bar with the shares under columns and stacked: true");

    /** Kinds whose columns share one axis. */
    private static final Set<Kind> OF_ONE_DIMENSION = EnumSet.of(Kind.BAR, Kind.WATERFALL);

    static ChartRequest of(Values values, StudyResult result, Metric headline) {
        StudyResult asked = CellsAt.of(values.find(ChartSection.AT).orElse(Map.of()), result);
        FixedAxes fixed = FixedAxes.of(values, asked);
        StudyResult shown = fixed.apply(asked);
        Metric metric = shown.shown(metric(values, result.study(), headline));
        ChartRequest request = new ChartRequest(values, shown, result, metric, fixed);
        if (GroupBarChart.isMeant(request)) {
            GroupBarChart.check(request);
        } else if (!StagesChart.isMeant(request)) {
            request.requireAxis(ChartSection.X);
        }
        List.of(ChartSection.Z, ChartSection.BY).forEach(request::requireAxis);
        request.requireNumbers();
        request.named().ifPresent(request::requireOneDimension);
        request.requireWindow();
        request.refuseWithoutEffect();
        KindFit.check(request);
        return request;
    }

    private void refuseWithoutEffect() {
        Kind kind = values.get(ChartSection.KIND);
        if (kind == Kind.GANTT && result.study().kind().showsStep()) {
            refuse(
                    "the Gantt chart of a step",
                    List.of(ChartSection.Y, ChartSection.BY, ChartSection.FROM, ChartSection.TO));
        }
        if (kind == Kind.OVER_TIME && (values.get(ChartSection.STACKED) || values.get(ChartSection.PANELS))) {
            refuse("areas and panels, which start at 0", List.of(ChartSection.Y_SCALE));
        }
        if (kind == Kind.LINE && values.get(ChartSection.RELATIVE)) {
            refuse("a chart in percent of its first point", List.of(ChartSection.POINTS, ChartSection.TARGET));
        }
        if (kind == Kind.BAR && values.isWritten(ChartSection.COLUMNS)) {
            refuse("bars of several columns", List.of(ChartSection.BY, ChartSection.TARGET));
        }
    }

    private void refuse(String where, List<? extends Field<?>> fields) {
        fields.stream().filter(values::isWritten).findFirst().ifPresent(field -> {
            throw new ScenarioException(Problem.at(
                    values.position(field),
                    Problem.Kind.KEY,
                    "'" + field.key() + "' counts for nothing in " + where,
                    "leave it out"));
        });
    }

    private void requireWindow() {
        double from = values.find(ChartSection.FROM).orElse(0.0);
        values.find(ChartSection.TO).filter(to -> to <= from).ifPresent(to -> {
            throw new ScenarioException(Problem.at(
                    values.position(ChartSection.TO),
                    Problem.Kind.VALUE,
                    "the chart ends before it starts, at " + Units.format(from, Dimension.DURATION),
                    "write a later time, or leave it out"));
        });
    }

    private void requireOneDimension(List<Metric> metrics) {
        if (OF_ONE_DIMENSION.contains(values.get(ChartSection.KIND))) {
            Metric first = metrics.get(0);
            metrics.stream()
                    .filter(metric -> metric.dimension() != first.dimension()
                            || !metric.unit().equals(first.unit()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new ScenarioException(Problem.at(
                                values.position(ChartSection.COLUMNS),
                                Problem.Kind.VALUE,
                                "'" + other.name() + "' and '" + first.name() + "' share no axis",
                                "draw a chart for each, or use kind: table"));
                    });
        }
    }

    private static Metric metric(Values values, Study study, Metric headline) {
        Kind kind = values.get(ChartSection.KIND);
        boolean overTime = OVER_TIME.contains(kind);
        List<Metric> known = overTime ? study.series() : study.known();
        if (known.isEmpty()) {
            throw new ScenarioException(Problem.at(
                    values.position(ChartSection.KIND),
                    Problem.Kind.METRIC,
                    "nothing of this workload is known over time",
                    "use it with life"));
        }
        Metric unasked = kind == Kind.OCCUPANCY ? ofParties(known) : overTime ? known.get(0) : headline;
        Position y = values.position(ChartSection.Y);
        return values.find(ChartSection.Y)
                .map(name -> overTime ? MetricPath.overTime(name, study, y) : MetricPath.find(name, known, y))
                .orElse(unasked);
    }

    /** The first quantity that each of several parties has a share of, such as the use of each node; else the first. */
    private static Metric ofParties(List<Metric> known) {
        return known.stream()
                .filter(metric -> metric.dimension() == Dimension.FRACTION
                        && metric.name().startsWith("node"))
                .findFirst()
                .orElse(known.get(0));
    }

    /** The columns of a table, where they are stated, each in the unit that suits it; in one unit where they share an axis. */
    Optional<List<Metric>> columns() {
        Optional<List<Metric>> named = named();
        return OF_ONE_DIMENSION.contains(values.get(ChartSection.KIND))
                ? named.map(result::shownTogether)
                : named.map(metrics -> metrics.stream().map(result::shown).toList());
    }

    /** The columns as they are stated. */
    private Optional<List<Metric>> named() {
        return values.find(ChartSection.COLUMNS)
                .map(names -> IntStream.range(0, names.size())
                        .mapToObj(i -> MetricPath.find(
                                names.get(i), result.study().known(), values.position(ChartSection.COLUMNS, i)))
                        .toList());
    }

    private void requireAxis(Field<String> field) {
        Optional<String> axis = values.find(field);
        Study study = result.study();
        if (axis.isPresent()
                && !axis.get().equals(Cell.VARIANT)
                && !study.axes().containsKey(axis.get())) {
            throw new ScenarioException(Problem.at(
                    values.position(field),
                    Problem.Kind.PATH,
                    "'" + axis.get() + "' is not swept, so it is no axis",
                    study.axes().isEmpty()
                            ? "add it under sweep"
                            : "axes: variant " + String.join(" ", study.axes().keySet())));
        }
    }

    private void requireNumbers() {
        Kind kind = values.get(ChartSection.KIND);
        if (ALONG_NUMBERS.containsKey(kind)) {
            axis(ChartSection.X)
                    .filter(x -> !x.isNumeric() && !x.measuresNumbers())
                    .ifPresent(x -> refuseWords(kind, x));
        }
    }

    private void refuseWords(Kind kind, ChartAxis x) {
        boolean designs = x.path().equals(Cell.VARIANT);
        throw new ScenarioException(Problem.at(
                values.position(ChartSection.X),
                Problem.Kind.VALUE,
                "a chart of kind " + ChoiceType.word(kind) + " goes along a number that is swept, "
                        + (designs ? "not from variant to variant" : "but " + x.path() + " has words"),
                "use " + ALONG_NUMBERS.get(kind) + (designs ? ", or write a path that is swept" : "")));
    }

    /** An axis that this kind of chart cannot do without. */
    ChartAxis needed(Field<String> field) {
        return axis(field)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        values.position(),
                        Problem.Kind.KEY,
                        "this kind of chart needs '" + field.key() + "'",
                        field.key() + ": variant, or a path that is swept")));
    }

    Optional<ChartAxis> axis(Field<String> field) {
        return values.find(field).map(path -> new ChartAxis(path, result.study()));
    }

    /** One cell for each value of {@code x}, the other axes at the first of their values that is there; all without it. */
    List<CellResult> alongX(List<CellResult> cells) {
        Optional<ChartAxis> x = axis(ChartSection.X);
        if (x.isEmpty()) {
            return cells;
        }
        List<CellResult> chosen = new ArrayList<>();
        for (String value : x.get().values()) {
            cells.stream()
                    .filter(cell -> x.get().of(cell.cell()).equals(value))
                    .findFirst()
                    .ifPresent(chosen::add);
        }
        return chosen;
    }

    /** What a cell is called among those of {@link #alongX}. */
    String nameAlongX(Cell cell) {
        return axis(ChartSection.X).map(x -> x.of(cell)).orElse(cell.label());
    }

    /** The same in a sentence, where a bare value needs the name of its axis: {@code tensor-parallel ranks 4}. */
    String namedAlongX(Cell cell) {
        return axis(ChartSection.X).map(x -> x.mention(x.of(cell))).orElse(cell.label());
    }

    /** What bars along x differ in. */
    String labelAlongX() {
        return axis(ChartSection.X).map(ChartAxis::label).orElse(DESIGN);
    }

    /** That a chart shows some of the designs only, as a sentence; empty where it shows all. */
    static String shown(int designs, int all) {
        return designs >= all ? "" : "The first " + designs + " of " + all + " designs are shown.";
    }

    /** Those sentences that say anything, behind each other. */
    static String sentences(String... all) {
        return Stream.of(all).filter(words -> !words.isEmpty()).collect(Collectors.joining(" "));
    }

    /** The same below a bar, which says so where the cell cannot run. */
    String barAlongX(CellResult result) {
        String name = nameAlongX(result.cell());
        return result.isFeasible() ? name : BarChart.withoutBar(name);
    }

    /**
     * The cell of each value of {@code by}, or of each variant, under the name of that value, unless it cannot run; one cell alone
     * where there is neither.
     */
    Map<String, CellResult> candidates() {
        Optional<ChartAxis> axis = candidateAxis();
        Map<String, CellResult> candidates = new LinkedHashMap<>();
        if (axis.isEmpty()) {
            result.best(metric)
                    .or(() -> result.feasible().stream().findFirst())
                    .ifPresent(cell -> candidates.put(metric.words(), cell));
            return candidates;
        }
        Map<String, CellResult> firsts =
                ComparedCells.firsts(result.feasible(), cell -> axis.get().of(cell.cell()));
        axis.get().values().stream()
                .filter(firsts::containsKey)
                .forEach(value -> candidates.put(axis.get().legend(value), firsts.get(value)));
        return candidates;
    }

    private Optional<ChartAxis> candidateAxis() {
        Study study = result.study();
        return ComparedCells.axis(values, study).map(path -> new ChartAxis(path, study));
    }

    /** The largest value of a metric among all feasible cells of each of the {@link #candidates}, whatever is shown of them. */
    Map<String, Double> largest(Metric most) {
        Optional<ChartAxis> axis = candidateAxis();
        Map<String, Double> largest = new LinkedHashMap<>();
        for (CellResult cell : all.feasible()) {
            String name = axis.map(at -> at.legend(at.of(cell.cell()))).orElse(metric.words());
            cell.mean(most).ifPresent(value -> largest.merge(name, value, Math::max));
        }
        return largest;
    }

    /** The metric of {@link ChartSection#LARGEST}, where it is stated. */
    Optional<Metric> largestMetric() {
        return values.find(ChartSection.LARGEST)
                .map(name -> MetricPath.find(name, result.study().known(), values.position(ChartSection.LARGEST)));
    }

    /**
     * What happened within replications of a cell: the first alone, or as many as {@code runs} asks for. Each is played
     * anew, several at the same time.
     */
    List<Details> details(CellResult cell) {
        long runs = Math.min(values.get(ChartSection.RUNS), cell.outcomes().size());
        return IntStream.range(0, (int) runs)
                .parallel()
                .mapToObj(run -> result.study().details(cell.cell(), run))
                .toList();
    }

    /** The {@link #details(CellResult) details} of each of the {@link #candidates}. */
    Map<String, List<Details>> candidateDetails() {
        Map<String, CellResult> candidates = candidates();
        List<List<Details>> played =
                candidates.values().parallelStream().map(this::details).toList();
        Map<String, List<Details>> details = new LinkedHashMap<>();
        candidates.keySet().forEach(name -> details.put(name, played.get(details.size())));
        return details;
    }

    boolean isLog(Field<ChartSection.Scale> field) {
        return values.get(field) == ChartSection.Scale.LOG;
    }

    /** The value asked for as a line across, in the unit of the metric. */
    Optional<BarFigure.Limit> target() {
        return values.find(ChartSection.TARGET)
                .map(text -> new BarFigure.Limit(
                        "target " + text, PublishedPoints.inUnit(metric, text, values.position(ChartSection.TARGET))));
    }

    /** The words around the figure: those of the scenario, or made from what is shown. */
    FigureText text(String title, String caption) {
        return text(title, caption, "");
    }

    /**
     * The same.
     *
     * @param remark sentences behind the caption, that of the scenario too; may be empty
     */
    FigureText text(String title, String caption, String remark) {
        Study study = result.study();
        String shownTitle = values.find(ChartSection.TITLE)
                .map(written -> fixed.written(written, study))
                .orElseGet(() -> fixed.title(title, study));
        String shownCaption = values.find(ChartSection.CAPTION).orElse(caption);
        String inPlace = CellsAt.inPlace(values.find(ChartSection.AT).orElse(Map.of()), all);
        String remarked = sentences(shownCaption, remark, inPlace);
        return Words.of(counted(shownTitle), counted(remarked), result);
    }

    /**
     * Where the time of a chart ends, in seconds.
     *
     * @param from where it starts
     * @param last where it ends unless the scenario says otherwise
     */
    double end(double from, double last) {
        double end = values.find(ChartSection.TO).orElse(last);
        if (end <= from && values.find(ChartSection.FROM).isPresent()) {
            throw new ScenarioException(Problem.at(
                    values.position(ChartSection.FROM),
                    Problem.Kind.VALUE,
                    "nothing is left to draw: what is shown ends at " + Units.format(end, Dimension.DURATION),
                    "write an earlier time, or leave it out"));
        }
        return end;
    }

    /** How many replications there are depends on {@code --quick}, so words leave it open. */
    private String counted(String words) {
        long run = result.study().replications();
        return words.replace("{replications}", String.format(java.util.Locale.ROOT, "%,d", run))
                .replace("{runs}", Long.toString(Math.min(run, values.get(ChartSection.RUNS))));
    }
}
