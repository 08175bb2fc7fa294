package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

class CrossingsTest {

    private static final Series LEVEL = Series.plain("level", List.of(Point.of(1, 5), Point.of(2, 5), Point.of(4, 5)));

    private static List<Annotation> with(double first, double second, double third, boolean logarithmicX) {
        Series other = Series.plain("other", List.of(Point.of(1, first), Point.of(2, second), Point.of(4, third)));
        return Crossings.of(List.of(LEVEL, other), logarithmicX, false, place -> String.valueOf(place));
    }

    @Test
    void betweenTwoPoints() {
        assertThat(with(1, 3, 7, false)).containsExactly(new Annotation(3, 5, "equal at 3.0"));
        assertThat(with(1, 3, 7, true)).hasSize(1).allMatch(mark -> Math.abs(mark.x() - Math.sqrt(8)) < 1e-12);
    }

    /** From 100 to 1 between two decades: straight lines meet at 10 on a double logarithmic chart, in the middle of both. */
    @Test
    void onTheScalesOfBothAxes() {
        Series up = Series.plain("up", List.of(Point.of(1, 1), Point.of(100, 100)));
        Series down = Series.plain("down", List.of(Point.of(1, 100), Point.of(100, 1)));
        Annotation mark =
                Crossings.of(List.of(up, down), true, true, String::valueOf).get(0);
        assertThat(mark.x()).isCloseTo(10, within(1e-12));
        assertThat(mark.y()).isCloseTo(10, within(1e-12));
        Series none = Series.plain("none", List.of(Point.of(1, 0), Point.of(100, 200)));
        assertThat(Crossings.of(List.of(up, none), true, true, String::valueOf)).isEmpty();
    }

    /** Curves that meet at a point and part on the other side are marked there once. */
    @Test
    void atAPoint() {
        assertThat(with(1, 5, 7, false)).containsExactly(new Annotation(2, 5, "equal at 2.0"));
    }

    @Test
    void touchingIsNotCrossing() {
        assertThat(with(1, 5, 1, false)).isEmpty();
        assertThat(with(1, 2, 3, false)).isEmpty();
    }
}
