package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import trainyard.report.figure.Annotation;
import trainyard.report.figure.Point;
import trainyard.report.figure.Series;

/** Where curves of a line chart cross, as marks on it: straight between points, on the scale of the axis. */
final class Crossings {

    private Crossings() {}

    /**
     * A mark for each place where two curves of the same x values change sides.
     *
     * @param logarithmic whether the horizontal axis is
     * @param words a place for people
     */
    static List<Annotation> of(List<Series> curves, boolean logarithmic, DoubleFunction<String> words) {
        List<Annotation> marks = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            for (int j = i + 1; j < curves.size(); j++) {
                between(curves.get(i).points(), curves.get(j).points(), logarithmic, words, marks);
            }
        }
        return marks;
    }

    private static void between(
            List<Point> a, List<Point> b, boolean logarithmic, DoubleFunction<String> words, List<Annotation> marks) {
        int count = Math.min(a.size(), b.size());
        for (int i = 0; i + 1 < count; i++) {
            double before = difference(a, b, i);
            double after = difference(a, b, i + 1);
            boolean meetHere = after == 0 && i + 2 < count && before * difference(a, b, i + 2) < 0;
            boolean same = a.get(i).x() == b.get(i).x()
                    && a.get(i + 1).x() == b.get(i + 1).x();
            if (same && (before * after < 0 || meetHere)) {
                double share = before / (before - after);
                double low = a.get(i).x();
                double high = a.get(i + 1).x();
                double x = logarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
                double y = a.get(i).y().value()
                        + share * (a.get(i + 1).y().value() - a.get(i).y().value());
                marks.add(new Annotation(x, y, "equal at " + words.apply(x)));
            }
        }
    }

    private static double difference(List<Point> a, List<Point> b, int at) {
        return a.get(at).y().value() - b.get(at).y().value();
    }
}
