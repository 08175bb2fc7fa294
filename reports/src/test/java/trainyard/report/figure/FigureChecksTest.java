package trainyard.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.ScatterFigure.Goal;
import trainyard.report.figure.ScatterFigure.Group;
import trainyard.report.figure.ScatterFigure.Mark;
import trainyard.report.figure.WaterfallFigure.Step;

class FigureChecksTest {

    private static final FigureText TEXT = new FigureText("Goodput", "It rises.", "A rising curve.", "invented");
    private static final Axis X = Axis.linear("Time", "s");
    private static final Axis Y = Axis.linear("Goodput", "%");

    @Test
    void aFigureWithoutAnyPointIsRefused() {
        assertThatThrownBy(() -> LineFigure.of(TEXT, X, Y, List.of(Series.of("a", List.of()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("figure 'Goodput' has nothing to draw: each of its series is empty");
    }

    @Test
    void aValueThatALogarithmicAxisCannotShowIsNamed() {
        assertThatThrownBy(() -> LineFigure.of(
                        TEXT, X, Axis.log10("Loss", ""), List.of(Series.of("async", List.of(Point.of(1, -2))))))
                .hasMessage("y of series 'async' on axis 'Loss' must be positive on a logarithmic scale, but is -2.0");
    }

    @Test
    void valuesThatAreNotFiniteAreRefused() {
        assertThatThrownBy(() -> Point.of(1, Double.NaN)).hasMessage("value must be finite, but is NaN");
        assertThatThrownBy(() -> new Estimate(3, 1, 2)).hasMessageContaining("must contain its estimate 3.0");
    }

    @Test
    void waterfallTermsMustAddUp() {
        assertThatThrownBy(() -> new WaterfallFigure(
                        TEXT, Y, List.of(Step.change("a", 1), Step.change("b", 2), Step.total("sum", 4))))
                .hasMessage("total 'sum' is 4.0, but the terms before it add up to 3.0");
    }

    @Test
    void barsNeedOneValuePerCategory() {
        assertThatThrownBy(() ->
                        BarFigure.grouped(TEXT, "Design", List.of("a", "b"), Y, List.of(BarSeries.of("mean", 1.0))))
                .hasMessage("bar series 'mean' has 1 values for 2 categories");
    }

    @Test
    void stackedLayersShareTheirPositions() {
        List<Series> layers = List.of(
                Series.plain("a", List.of(Point.of(0, 1), Point.of(1, 1))),
                Series.plain("b", List.of(Point.of(0, 1), Point.of(2, 1))));
        assertThatThrownBy(() -> new AreaFigure(TEXT, X, Y, layers, List.of()))
                .hasMessageContaining("'b' differs from 'a'");
    }

    @Test
    void aLinkNeedsBothEnds() {
        TopologyFigure.Node node = new TopologyFigure.Node("n0", "node 0", 0, TopologyFigure.State.UP);
        TopologyFigure.Link link = new TopologyFigure.Link("n0", "n1", 0.5, TopologyFigure.State.UP);
        assertThatThrownBy(() -> new TopologyFigure(TEXT, List.of("Nodes"), List.of(node), List.of(link)))
                .hasMessage("link ends at unknown node 'n1'");
    }

    /** Of n samples the step after the i-th smallest reaches i/n; equal samples make one step. */
    @Test
    void theDistributionFunctionStepsAtItsSamples() {
        Series cdf = Series.cdf("wait", new double[] {3, 1, 3, 2});
        assertThat(cdf.points()).containsExactly(Point.of(1, 0), Point.of(1, 0.25), Point.of(2, 0.5), Point.of(3, 1));
        assertThat(Series.cdf("none", new double[0]).points()).isEmpty();
    }

    /** Of 100,000 samples some 2,000 steps are drawn, each at its exact height, and the last. */
    @Test
    void manySamplesMakeFewSteps() {
        double[] samples = new double[100_000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i + 1;
        }

        List<Point> points = Series.cdf("wait", samples).points();

        assertThat(points).hasSizeBetween(1_900, 2_100).endsWith(Point.of(100_000, 1));
        assertThat(points.subList(1, points.size()))
                .allSatisfy(point -> assertThat(point.y().value()).isEqualTo(point.x() / 100_000));
    }

    @Test
    void theFrontHoldsThePointsThatNoneBeats() {
        Group plans = new Group(
                "plans",
                List.of(Mark.of(1, 9), Mark.of(2, 5), Mark.of(2, 6), Mark.of(3, 7), Mark.of(4, 1), Mark.of(5, 1)));
        assertThat(ParetoFronts.of(List.of(plans), new ScatterFigure.ParetoFront(Goal.MINIMISE, Goal.MINIMISE)))
                .containsExactly(Mark.of(1, 9), Mark.of(2, 5), Mark.of(4, 1));
        assertThat(ParetoFronts.of(List.of(plans), new ScatterFigure.ParetoFront(Goal.MAXIMISE, Goal.MAXIMISE)))
                .containsExactly(Mark.of(1, 9), Mark.of(3, 7), Mark.of(5, 1));
    }

    /** From the worst y down each riser, along each tread, to the worst x; the other way round where more is better. */
    @Test
    void stairsOfTheFrontEndAtTheWorst() {
        Group plans = new Group("plans", List.of(Mark.of(1, 9), Mark.of(2, 5), Mark.of(3, 7)));
        assertThat(ParetoFronts.stairs(
                        List.of(plans), new ScatterFigure.ParetoFront(Goal.MINIMISE, Goal.MINIMISE), 10, 20))
                .containsExactly(Point.of(1, 20), Point.of(1, 9), Point.of(2, 9), Point.of(2, 5), Point.of(10, 5));
        assertThat(ParetoFronts.stairs(
                        List.of(plans), new ScatterFigure.ParetoFront(Goal.MAXIMISE, Goal.MAXIMISE), 0, 0))
                .containsExactly(Point.of(3, 0), Point.of(3, 7), Point.of(1, 7), Point.of(1, 9), Point.of(0, 9));
    }
}
