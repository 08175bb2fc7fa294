package trainyard.scenario.chart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trainyard.report.figure.Axis;
import trainyard.report.figure.Figure;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Wording;

/** A histogram of more bars than can be told apart: a curve joins those of a design, and what is always the same is told in words. */
final class HistogramCurves {

    private HistogramCurves() {}

    /**
     * @param shares of all designs and laws
     * @param remark behind the name of the axis, on values that it does not reach; empty where there are none
     */
    static Figure of(ChartRequest request, List<HistogramShares> shares, String remark) {
        Metric metric = request.metric();
        List<HistogramShares> constant =
                shares.stream().filter(HistogramShares::isConstant).toList();
        boolean isAll = constant.size() == shares.size();
        List<Series> curves = shares.stream()
                .filter(one -> isAll || !constant.contains(one))
                .map(HistogramCurves::curve)
                .toList();
        return LineFigure.of(
                text(request, isAll ? List.of() : constant),
                Axis.linear(Wording.capital(metric.words()) + remark, metric.unit()),
                Axis.linear("Share", "%").from(0),
                curves);
    }

    private static FigureText text(ChartRequest request, List<HistogramShares> left) {
        Metric metric = request.metric();
        FigureText asked = request.text("How often each " + metric.words(), metric.doc());
        String told = left.stream().map(one -> one.name() + " " + one.mostly()).collect(Collectors.joining(", "));
        return left.isEmpty()
                ? asked
                : Words.of(asked.title(), asked.caption() + " Always the same: " + told + ".", request.result());
    }

    private static Series curve(HistogramShares shares) {
        return Series.plain(
                shares.name(),
                IntStream.range(0, shares.percent().length)
                        .mapToObj(value -> Point.of(value, shares.percent()[value]))
                        .toList());
    }
}
