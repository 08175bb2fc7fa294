package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.WaterfallFigure;
import trainyard.report.figure.WaterfallFigure.Step;
import trainyard.scenario.section.ChartSection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.workload.Metric;
import trainyard.scenario.workload.Wording;

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
        List<String> names = SharedWords.of(terms).own();
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
        return Optional.of(figure(request, unit, "What makes up " + of, "the terms add up to " + of + ".", steps));
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
        List<Step> steps = new ArrayList<>();
        double level = 0;
        for (CellResult cell : cells) {
            double value = metric.inUnit(cell.mean(metric).orElseThrow());
            String name = request.nameAlongX(cell.cell());
            steps.add(steps.isEmpty() ? Step.total(name, value) : Step.change(name, value - level));
            level = value;
        }
        steps.add(Step.total("all together", level));
        String caption = "each bar is what changes from the design above it.";
        return Optional.of(figure(request, metric, metric.words() + ", change by change", caption, steps));
    }

    private static Figure figure(ChartRequest request, Metric unit, String title, String caption, List<Step> steps) {
        Axis axis = Axis.linear(Wording.capital(unit.words()), unit.unit());
        return new WaterfallFigure(request.text(title, caption), axis, steps);
    }
}
