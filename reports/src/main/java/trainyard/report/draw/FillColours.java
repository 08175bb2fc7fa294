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
import trainyard.report.figure.AreaFigure;
import trainyard.report.figure.BarFigure;
import trainyard.report.figure.BarSeries;
import trainyard.report.figure.Figure;
import trainyard.report.figure.GanttFigure;
import trainyard.report.figure.HeatMapFigure;
import trainyard.report.figure.Series;

/**
 * The colour of each filled thing by its name, the same in all figures of a report: a state that is orange in one chart is
 * orange in the next. Names that no figure shows together may share a colour. The figure with most names comes first, so
 * that its colours follow its order.
 */
public final class FillColours {

    private final Map<String, Tone> tones = new HashMap<>();

    private FillColours() {}

    /** Colours for the figures of one report. */
    public static FillColours of(Collection<Figure> figures) {
        FillColours colours = new FillColours();
        List<List<String>> groups = figures.stream()
                .map(FillColours::names)
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
    static FillColours of(Figure figure) {
        return of(List.of(figure));
    }

    /** The colour of a name. */
    public Tone of(String name) {
        return tones.getOrDefault(name, Tone.fill(0));
    }

    /** The first colour that no name beside it has; where all are taken, colours repeat. */
    private void choose(String name, Set<String> beside) {
        Set<Tone> taken = new HashSet<>();
        beside.stream().filter(tones::containsKey).forEach(other -> taken.add(tones.get(other)));
        int index = 0;
        while (index < Tone.FILLS && taken.contains(Tone.fill(index))) {
            index++;
        }
        tones.put(name, Tone.fill(index < Tone.FILLS ? index : tones.size()));
    }

    /** What a figure fills by name, in its order; a lone series has no name to tell it by. */
    private static List<String> names(Figure figure) {
        if (figure instanceof AreaFigure area) {
            return area.series().stream().map(Series::name).distinct().toList();
        } else if (figure instanceof BarFigure bar && bar.series().size() > 1) {
            return bar.series().stream().map(BarSeries::name).distinct().toList();
        } else if (figure instanceof GanttFigure gantt) {
            return new ArrayList<>(new LinkedHashSet<>(gantt.states()));
        } else if (figure instanceof HeatMapFigure map) {
            return winners(map);
        }
        return List.of();
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
