package trainyard.report.draw;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import trainyard.report.draw.sheet.Tone;
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.BoxFigure;
import trainyard.report.figure.Figure;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.LineFigure;
import trainyard.report.figure.RadarFigure;
import trainyard.report.figure.ScatterFigure;
import trainyard.report.figure.Series;
import trainyard.report.figure.StepFigure;

/**
 * The colour of each thing by its name, the same in all figures of a report: a design that is an orange curve in one chart is an
 * orange bar in the next. Names that no figure shows together may share a colour. The figure with most names comes first, so
 * that its colours follow its order.
 */
public final class NameColours {

    private final Map<String, Integer> places = new HashMap<>();

    private NameColours() {}

    /** Colours for the figures of one report. */
    public static NameColours of(Collection<Figure> figures) {
        NameColours colours = new NameColours();
        List<List<String>> groups = figures.stream()
                .map(NameColours::names)
                .sorted(Comparator.comparingInt(names -> -names.size()))
                .toList();
        Map<String, Set<String>> neighbours = new LinkedHashMap<>();
        for (List<String> names : groups) {
            for (String name : names) {
                neighbours.computeIfAbsent(name, any -> new HashSet<>()).addAll(names);
            }
        }
        neighbours.forEach(colours::choose);
        return colours;
    }

    /** Colours for a figure that stands alone: those of the palette in its order. */
    static NameColours of(Figure figure) {
        return of(List.of(figure));
    }

    /** The colour in which a thing of a name is filled. */
    public Tone of(String name) {
        return Tone.fill(place(name));
    }

    /** How a thing of a name is filled where others have its colour. */
    public Fill fill(String name) {
        return new Fill(place(name));
    }

    /** Place of a name in the palette, of lines as of fills; the first for what has no other thing beside it. */
    public int place(String name) {
        return places.getOrDefault(name, 0);
    }

    /** Whether some figure tells a thing of this name from others. */
    boolean knows(String name) {
        return places.containsKey(name);
    }

    /** The first place that no name beside it has. */
    private void choose(String name, Set<String> beside) {
        Set<Integer> taken = new HashSet<>();
        beside.stream().filter(places::containsKey).forEach(other -> taken.add(places.get(other)));
        int place = 0;
        while (taken.contains(place)) {
            place++;
        }
        places.put(name, place);
    }

    /** What a figure shows by name, in its order; a lone thing has no name to tell it by. */
    private static List<String> names(Figure figure) {
        if (figure instanceof AreaFigure area) {
            return area.series().stream().map(Series::name).distinct().toList();
        } else if (figure instanceof BarFigure bar) {
            return several(bar.series(), BarSeries::name);
        } else if (figure instanceof LineFigure line) {
            return several(curves(line.series()), Series::name);
        } else if (figure instanceof StepFigure step) {
            return several(curves(step.series()), Series::name);
        } else if (figure instanceof ScatterFigure scatter) {
            return several(scatter.series(), ScatterFigure.Group::name);
        } else if (figure instanceof BoxFigure boxes) {
            return several(boxes.boxes(), BoxFigure.Box::name);
        } else if (figure instanceof RadarFigure radar) {
            return several(radar.shapes(), RadarFigure.Shape::name);
        } else if (figure instanceof GanttFigure gantt) {
            return new ArrayList<>(new LinkedHashSet<>(gantt.states()));
        } else if (figure instanceof HeatMapFigure map) {
            return winners(map);
        }
        return List.of();
    }

    /** Overlays have the colour of the curve before them. */
    private static List<Series> curves(List<Series> series) {
        return series.stream()
                .filter(one -> one.stroke() != Series.Stroke.DASHED)
                .toList();
    }

    private static <T> List<String> several(List<T> things, Function<T, String> name) {
        List<String> names = things.stream().map(name).distinct().toList();
        return names.size() > 1 ? names : List.of();
    }

    /** The winners of a map by the alphabet. */
    static List<String> winners(HeatMapFigure map) {
        TreeSet<String> names = new TreeSet<>();
        for (List<HeatMapFigure.Cell> row : map.cells()) {
            for (HeatMapFigure.Cell cell : row) {
                if (cell instanceof HeatMapFigure.Winner winner) {
                    names.add(winner.name());
                }
            }
        }
        return List.copyOf(names);
    }
}
