package trainyard.report.draw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
 */
public record SeriesStyle(Tone tone, Shape shape, Dash dash, boolean marked) {

    private static final int MOST_MARKERS = 60;
    private static final int COLOURS = 8;

    /** One style per series, in their order. */
    public static List<SeriesStyle> of(List<Series> series, NameColours colours) {
        List<SeriesStyle> styles = new ArrayList<>();
        int index = 0;
        for (Series one : series) {
            boolean overlay = one.stroke() == Series.Stroke.DASHED;
            index = overlay ? index : colours.place(one.name());
            // Curves beyond the eighth repeat a colour, so they are dotted.
            Dash dash = overlay ? Dash.DASHED : index < COLOURS ? Dash.SOLID : Dash.DOTTED;
            styles.add(new SeriesStyle(Tone.line(index), Shape.of(index), dash, isMarked(one)));
        }
        return styles;
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
