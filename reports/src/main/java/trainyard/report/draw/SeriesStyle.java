package trainyard.report.draw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import trainyard.report.draw.sheet.Mark.Dash;
import trainyard.report.draw.sheet.Mark.Shape;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.Series;

/**
 * How one curve is drawn, the same as SVG and as PNG. A dashed overlay takes the colour of the curve before it, which it
 * belongs to.
 *
 * @param tone colour of line, band and markers
 * @param shape shape of the markers
 * @param dash how the line is broken
 * @param marked whether each point gets a marker
 * @param covered how many curves are drawn over all of this one: it is wider than they are, so that it is seen below them
 */
public record SeriesStyle(Tone tone, Shape shape, Dash dash, boolean marked, int covered) {

    private static final int MOST_MARKERS = 60;
    private static final int COLOURS = 8;

    /** Curves beyond the eighth repeat a colour, so each round of them is broken in another way; dashes are those of overlays. */
    private static final List<Dash> ROUNDS = List.of(Dash.SOLID, Dash.DOTTED, Dash.DASH_DOT);

    private static final double STROKE = 2.2;
    private static final double MARKER = 3.6;

    /** Pixels at each side by which a curve is wider than the one that covers it, and curves of one place that are still told apart. */
    private static final double RIM = 1.6;

    private static final int MOST_RIMS = 3;

    /** Share by which values of curves that lie on each other differ at most: chance and rounding are not seen. */
    private static final double SAME = 1e-3;

    /** One style per series, in their order. */
    public static List<SeriesStyle> of(List<Series> series, NameColours colours) {
        List<SeriesStyle> styles = new ArrayList<>();
        int index = 0;
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            boolean overlay = one.stroke() == Series.Stroke.DASHED;
            index = overlay ? index : colours.place(one.name());
            Dash dash = overlay ? Dash.DASHED : ROUNDS.get(index / COLOURS % ROUNDS.size());
            int covered = overlay ? 0 : covering(one, series.subList(i + 1, series.size()));
            styles.add(new SeriesStyle(Tone.line(index), Shape.of(index), dash, isMarked(one), covered));
        }
        return styles;
    }

    /** Width of the curve in pixels. */
    public double stroke() {
        return STROKE + 2 * RIM * Math.min(MOST_RIMS, covered);
    }

    /** Radius of its markers in pixels. */
    double marker() {
        return MARKER + RIM * Math.min(MOST_RIMS, covered);
    }

    /** How many curves that are drawn later lie on all of one. */
    private static int covering(Series one, List<Series> later) {
        return (int) later.stream()
                .filter(other -> other.stroke() != Series.Stroke.DASHED && liesOn(other, one))
                .count();
    }

    private static boolean liesOn(Series one, Series other) {
        return one.points().size() == other.points().size()
                && IntStream.range(0, one.points().size())
                        .allMatch(i -> same(
                                        one.points().get(i).x(),
                                        other.points().get(i).x())
                                && same(
                                        one.points().get(i).y().value(),
                                        other.points().get(i).y().value()));
    }

    private static boolean same(double one, double other) {
        return Math.abs(one - other) <= SAME * Math.max(Math.abs(one), Math.abs(other));
    }

    private static boolean isMarked(Series series) {
        int points = series.points().size();
        return points == 1
                || series.stroke() == Series.Stroke.POINTS
                || (series.stroke() == Series.Stroke.MARKED && points <= MOST_MARKERS);
    }

    /** One entry per curve, then one per name of overlays, in grey where several curves have one; none for a lone curve. */
    static Legend legend(List<Series> series, NameColours colours) {
        Legend legend = new Legend();
        if (series.stream().map(Series::name).distinct().count() < 2) {
            return legend;
        }
        Set<String> named = new HashSet<>();
        List<SeriesStyle> styles = of(series, colours);
        Map<String, Long> overlays = series.stream()
                .filter(one -> one.stroke() == Series.Stroke.DASHED)
                .collect(Collectors.groupingBy(Series::name, TreeMap::new, Collectors.counting()));
        for (int i = 0; i < series.size(); i++) {
            SeriesStyle style = styles.get(i);
            if (style.dash() != Dash.DASHED && !named.add(series.get(i).name())) {
                continue;
            }
            if (series.get(i).stroke() == Series.Stroke.POINTS) {
                legend.addDot(name(series.get(i)), style.tone(), style.shape());
            } else if (style.dash() != Dash.DASHED) {
                legend.addLine(name(series.get(i)), style.tone(), style.dash(), style.shape(), style.marked());
            }
        }
        for (int i = 0; i < series.size(); i++) {
            SeriesStyle style = styles.get(i);
            String overlay = series.get(i).name();
            if (style.dash() == Dash.DASHED && overlays.containsKey(overlay)) {
                Tone tone = overlays.remove(overlay) > 1 ? Tone.MUTED : style.tone();
                legend.addLine("dashed: " + name(series.get(i)), tone, style.dash(), style.shape(), style.marked());
            }
        }
        return legend;
    }

    private static String name(Series series) {
        return series.points().isEmpty() ? series.name() + " (no data)" : series.name();
    }
}
