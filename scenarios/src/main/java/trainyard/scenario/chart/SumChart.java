package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trainyard.report.figure.Axis;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Estimate;
import trainyard.report.figure.Figure;
import trainyard.report.figure.WaterfallFigure;
import trainyard.report.figure.WaterfallFigure.Step;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** How metrics add up to another, such as the parts of a cost, or how one metric changes from design to design. */
final class SumChart {

    /** How the sum of the terms may differ from the metric that they should add up to. */
    private static final double ROUNDING = 1e-6;

    private SumChart() {}

    /** Whether a waterfall is asked for that the metrics make. */
    static boolean isMeant(ChartRequest request) {
        return request.columns().isPresent() || request.axis(ChartSection.X).isPresent();
    }

    /** The figure; nothing where a value is missing. */
    static Optional<Figure> of(ChartRequest request, Optional<CellResult> shown) {
        return request.columns().isPresent()
                ? shown.flatMap(cell -> terms(request, cell, request.columns().get()))
                : changes(request);
    }

    private static Optional<Figure> terms(ChartRequest request, CellResult cell, List<Metric> terms) {
        Optional<Metric> total = request.values().find(ChartSection.Y).map(any -> request.metric());
        Metric unit = total.orElse(terms.get(0));
        List<Step> steps = new ArrayList<>();
        double sum = 0;
        SharedWords words = SharedWords.of(terms);
        List<String> names = words.own();
        for (Metric term : terms) {
            Optional<Double> value = cell.mean(term);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            sum += unit.inUnit(value.get());
            steps.add(Step.change(Wording.capital(names.get(steps.size())), unit.inUnit(value.get())));
        }
        double stated = total.flatMap(cell::mean).map(unit::inUnit).orElse(sum);
        if (Math.abs(stated - sum) > ROUNDING * Math.max(Math.abs(stated), Math.abs(sum))) {
            throw new ScenarioException(Problem.at(
                    request.values().position(ChartSection.COLUMNS),
                    Problem.Kind.VALUE,
                    "the terms add up to " + unit.format(sum * unit.unitSize()) + ", not to the "
                            + unit.format(stated * unit.unitSize()) + " of " + unit.name(),
                    "name all terms, or leave out y"));
        }
        steps.add(Step.total(total.map(Metric::words).map(Wording::capital).orElse("Sum"), stated));
        String of = total.map(Metric::words).orElse("the sum");
        String label = total.map(Metric::words).orElse(words.shared());
        String design = cell.cell().label();
        String caption = "the terms add up to " + of + (design.isEmpty() ? "" : " of " + design) + ".";
        return Optional.of(figure(request, label, unit, "What makes up " + of, caption, steps));
    }

    /** The first value, what each next one changes, and the last. */
    private static Optional<Figure> changes(ChartRequest request) {
        Metric metric = request.metric();
        List<CellResult> cells = request.alongX(request.result().feasible()).stream()
                .filter(cell -> cell.mean(metric).isPresent())
                .toList();
        if (cells.isEmpty()) {
            return Optional.empty();
        }
        if (byVariant(request) && !isCumulative(cells)) {
            return Optional.of(differences(request, cells));
        }
        List<Step> steps = new ArrayList<>();
        double level = 0;
        for (CellResult cell : cells) {
            double value = metric.inUnit(cell.mean(metric).orElseThrow());
            String name = request.nameAlongX(cell.cell());
            steps.add(steps.isEmpty() ? Step.total(name, value) : Step.change(name, value - level));
            level = value;
        }
        String last = request.nameAlongX(cells.get(cells.size() - 1).cell());
        steps.add(Step.total(byVariant(request) ? "all together" : "at " + last, level));
        String caption = "each bar is what changes from the design above it.";
        return Optional.of(
                figure(request, metric.words(), metric, metric.words() + ", change by change", caption, steps));
    }

    private static boolean byVariant(ChartRequest request) {
        return request.values()
                .find(ChartSection.X)
                .filter(Cell.VARIANT::equals)
                .isPresent();
    }

    /** Whether each variant from the third on has all changes of the one before it, so that one more comes with each. */
    private static boolean isCumulative(List<CellResult> cells) {
        for (int i = 2; i < cells.size(); i++) {
            if (!changes(cells.get(i)).containsAll(changes(cells.get(i - 1)))) {
                return false;
            }
        }
        return true;
    }

    /** What a cell changes in the scenario, as {@code path=value}. */
    private static List<String> changes(CellResult cell) {
        return cell.cell().assignments().stream()
                .flatMap(change -> leaves(change.path().toString(), change.value()))
                .toList();
    }

    private static Stream<String> leaves(String path, Node value) {
        if (value instanceof Node.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .flatMap(entry ->
                            leaves(path + "." + entry.getKey(), entry.getValue().value()));
        }
        if (value instanceof Node.Sequence sequence) {
            return IntStream.range(0, sequence.items().size())
                    .boxed()
                    .flatMap(i -> leaves(path + "[" + i + "]", sequence.items().get(i)));
        }
        return Stream.of(path + "=" + ((Node.Scalar) value).text());
    }

    /** What each variant changes of the first one, for variants that are no steps of one way. */
    private static Figure differences(ChartRequest request, List<CellResult> cells) {
        Metric metric = request.metric();
        double base = metric.inUnit(cells.get(0).mean(metric).orElseThrow());
        String first = request.nameAlongX(cells.get(0).cell());
        List<String> names = new ArrayList<>();
        List<Optional<Estimate>> bars = new ArrayList<>();
        for (CellResult cell : cells.subList(1, cells.size())) {
            names.add(request.nameAlongX(cell.cell()));
            bars.add(Optional.of(Estimate.exact(metric.inUnit(cell.mean(metric).orElseThrow()) - base)));
        }
        String title = metric.words() + " less that of " + first;
        String caption = "each design is a change of " + first + " (" + metric.format(base * metric.unitSize())
                + ") of its own, so that the bars do not add up.";
        return BarFigure.grouped(
                        request.text(title, caption),
                        "Design",
                        names,
                        Axis.linear(
                                "Change of " + metric.words(), metric.unit().equals("%") ? "points" : metric.unit()),
                        List.of(new BarSeries(metric.words(), bars)))
                .horizontal();
    }

    private static Figure figure(
            ChartRequest request, String label, Metric unit, String title, String caption, List<Step> steps) {
        Axis axis = Axis.linear(Wording.capital(label), unit.unit());
        return new WaterfallFigure(request.text(title, caption), axis, steps);
    }
}
