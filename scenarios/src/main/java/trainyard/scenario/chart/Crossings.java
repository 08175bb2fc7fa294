package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

/** Where curves of a line chart cross, as marks on it: the lines between points are straight on the scales of the axes. */
final class Crossings {

    private final boolean logarithmicX;
    private final boolean logarithmicY;
    private final DoubleFunction<String> words;
    private final List<Annotation> marks = new ArrayList<>();

    private Crossings(boolean logarithmicX, boolean logarithmicY, DoubleFunction<String> words) {
        this.logarithmicX = logarithmicX;
        this.logarithmicY = logarithmicY;
        this.words = words;
    }

    /**
     * A mark for each place where two curves of the same x values change sides. Points that a logarithmic axis cannot show have
     * none beside them.
     *
     * @param logarithmicX whether the horizontal axis is
     * @param logarithmicY whether the vertical axis is
     * @param words a place for people
     */
    static List<Annotation> of(
            List<Series> curves, boolean logarithmicX, boolean logarithmicY, DoubleFunction<String> words) {
        Crossings crossings = new Crossings(logarithmicX, logarithmicY, words);
        for (int i = 0; i < curves.size(); i++) {
            for (int j = i + 1; j < curves.size(); j++) {
                crossings.between(curves.get(i).points(), curves.get(j).points());
            }
        }
        return crossings.marks;
    }

    private void between(List<Point> a, List<Point> b) {
        int count = Math.min(a.size(), b.size());
        for (int i = 0; i + 1 < count; i++) {
            double before = difference(a, b, i);
            double after = difference(a, b, i + 1);
            boolean meetHere = after == 0 && i + 2 < count && before * difference(a, b, i + 2) < 0;
            boolean same = a.get(i).x() == b.get(i).x()
                    && a.get(i + 1).x() == b.get(i + 1).x();
            if (same && (before * after < 0 || meetHere)) {
                double share = before / (before - after);
                double x = between(a.get(i).x(), a.get(i + 1).x(), share, logarithmicX);
                double y = between(a.get(i).y().value(), a.get(i + 1).y().value(), share, logarithmicY);
                marks.add(new Annotation(x, y, "equal at " + words.apply(x)));
            }
        }
    }

    private static double between(double low, double high, double share, boolean logarithmic) {
        return logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
    }

    /** How far one curve is above the other on the axis; not a number where that cannot be shown. */
    private double difference(List<Point> a, List<Point> b, int at) {
        double one = a.get(at).y().value();
        double other = b.get(at).y().value();
        if (!logarithmicY) {
            return one - other;
        }
        return one > 0 && other > 0 ? Math.log(one / other) : Double.NaN;
    }
}
