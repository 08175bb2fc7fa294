package trainyard.scenario.chart;

import java.util.List;
import java.util.function.ToDoubleFunction;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

/** Utilisation and states of the GPUs over one step. */
final class UtilisationChart {

    private static final int PARTS = 60;

    private UtilisationChart() {}

    static Figure of(StepCost cost, List<Span> timeline, FigureText text) {
        List<StepProfile.Part> parts = StepProfile.of(cost, timeline, PARTS);
        TimeAxis time = TimeAxis.upTo(cost.seconds());
        List<Series> series = List.of(
                series("MFU", time, parts, StepProfile.Part::mfu),
                series("HFU", time, parts, StepProfile.Part::hfu),
                series("computing", time, parts, part -> part.compute() + part.recompute()),
                series("communicating", time, parts, StepProfile.Part::communication),
                series("updating", time, parts, StepProfile.Part::update),
                series("waiting", time, parts, StepProfile.Part::waiting));
        return LineFigure.of(text, time.axis(), Axis.linear("Share of the GPUs", "%"), series);
    }

    private static Series series(
            String name, TimeAxis time, List<StepProfile.Part> parts, ToDoubleFunction<StepProfile.Part> share) {
        return Series.plain(
                name,
                parts.stream()
                        .map(part -> Point.of(time.of(part.middleSeconds()), 100 * share.applyAsDouble(part)))
                        .toList());
    }
}
