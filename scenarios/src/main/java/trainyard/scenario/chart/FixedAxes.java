package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.section.report.ChartSection.Kind;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.ComparedCells;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.StudyResult;

/**
 * The axes of a study that a chart has no room for. It shows them at one value each: that under {@code at}, or the first. A cell at
 * that value that cannot run is a gap; none of another value takes its place.
 *
 * @param implicit values by path that nobody stated
 * @param stated values by path from {@code at}
 */
record FixedAxes(Map<String, String> implicit, Map<String, String> stated) {

    /** Kinds that show one cell for each value of the axis {@code by}, or for each variant. */
    private static final Set<Kind> OF_CANDIDATES = EnumSet.of(
            Kind.GANTT,
            Kind.OVER_TIME,
            Kind.OCCUPANCY,
            Kind.GRAPH,
            Kind.RADAR,
            Kind.CDF,
            Kind.HISTOGRAM,
            Kind.BOX,
            Kind.CAUSES);

    private static final String OTHERS = "; name other values under at";

    private static final Set<Kind> ALONG_X = EnumSet.of(Kind.LINE, Kind.BAR, Kind.HEATMAP, Kind.STATES);

    /** Kinds of all cells, unless {@code x} says along what. */
    private static final Set<Kind> OF_ALL = EnumSet.of(Kind.MEMORY, Kind.BREAKDOWN, Kind.WATERFALL);

    /**
     * @param shown the cells at the values under {@code at}
     */
    static FixedAxes of(Values chart, StudyResult shown) {
        Study study = shown.study();
        Set<String> stated = chart.find(ChartSection.AT).orElse(Map.of()).keySet();
        Map<String, String> implicit = new LinkedHashMap<>();
        Map<String, String> explicit = new LinkedHashMap<>();
        for (String path : paths(study)) {
            ChartAxis axis = new ChartAxis(path, study);
            if (stated.contains(path)) {
                shown.grid().stream().findFirst().ifPresent(cell -> explicit.put(path, axis.of(cell.cell())));
            } else if (keepsToOne(chart, study)
                    && !isShown(path, chart, study)
                    && axis.values().size() > 1) {
                implicit.put(path, axis.values().get(0));
            }
        }
        return new FixedAxes(implicit, explicit);
    }

    private static List<String> paths(Study study) {
        List<String> paths = new ArrayList<>(study.axes().keySet());
        if (!study.variants().isEmpty()) {
            paths.add(Cell.VARIANT);
        }
        return paths;
    }

    private static boolean keepsToOne(Values chart, Study study) {
        Kind kind = chart.get(ChartSection.KIND);
        boolean alongX = chart.find(ChartSection.X).isPresent();
        if (kind == Kind.GANTT) {
            return !study.kind().showsStep();
        }
        // Of groups of jobs, such as teams, the best cell is shown, which the title names.
        boolean ofGroups = chart.find(ChartSection.X)
                .filter(x -> !x.equals(Cell.VARIANT) && !study.axes().containsKey(x))
                .isPresent();
        return OF_CANDIDATES.contains(kind)
                || ALONG_X.contains(kind) && !ofGroups
                || OF_ALL.contains(kind) && alongX
                || kind == Kind.WINNER && chart.find(ChartSection.BY).isPresent();
    }

    private static boolean isShown(String path, Values chart, Study study) {
        boolean named = List.of(ChartSection.X, ChartSection.Z, ChartSection.BY).stream()
                .anyMatch(field -> chart.find(field).filter(path::equals).isPresent());
        boolean candidates = OF_CANDIDATES.contains(chart.get(ChartSection.KIND))
                && ComparedCells.axis(chart, study).filter(path::equals).isPresent();
        return named || candidates;
    }

    /** The cells at these values; those outside of the grid stay. */
    StudyResult apply(StudyResult shown) {
        return implicit.isEmpty()
                ? shown
                : new StudyResult(
                        shown.study(), shown.cells().stream().filter(this::isAt).toList());
    }

    private boolean isAt(CellResult result) {
        return result.cell().role() != Cell.Role.GRID
                || implicit.entrySet().stream()
                        .allMatch(entry ->
                                result.cell().coordinate(entry.getKey()).equals(entry.getValue()));
    }

    /** All values, such as {@code checkpoint interval 10 min, spare nodes 4}; empty where nothing is fixed. */
    String words(Study study) {
        Map<String, String> all = new LinkedHashMap<>(stated);
        all.putAll(implicit);
        return words(all, study);
    }

    private static String words(Map<String, String> values, Study study) {
        return values.entrySet().stream()
                .map(entry -> words(entry.getKey(), entry.getValue(), study))
                .collect(Collectors.joining(", "));
    }

    private static String words(String path, String value, Study study) {
        return path.equals(Cell.VARIANT) ? value : new ChartAxis(path, study).named(value);
    }

    /** The title, made from the axes, with all that is fixed and that it does not name as a part of its cell. */
    String title(String made, Study study) {
        Map<String, String> unnamed = new LinkedHashMap<>(stated);
        unnamed.putAll(implicit);
        unnamed.entrySet().removeIf(entry -> isInLabel(made, entry.getKey(), entry.getValue(), study));
        return unnamed.isEmpty() ? made : made + " at " + words(unnamed, study);
    }

    /** Whether a title names a cell, with this value in its label, in words or as a key. */
    private static boolean isInLabel(String title, String path, String value, Study study) {
        if (path.equals(Cell.VARIANT)) {
            return title.contains(", " + value) || title.contains(" of " + value);
        }
        String key = path.substring(path.lastIndexOf('.') + 1);
        return title.contains(key + " " + value)
                || title.contains(new ChartAxis(path, study).shortName() + " " + value);
    }

    /** The title of the scenario, with what it may not have thought of: values that it neither states nor names. */
    String written(String title, Study study) {
        Map<String, String> unnamed = new LinkedHashMap<>(implicit);
        unnamed.values().removeIf(title::contains);
        return unnamed.isEmpty() ? title : title + " (" + words(unnamed, study) + ")";
    }

    /** Why nothing is there at all. */
    String nothing(Study study) {
        return "at " + words(study) + " no cell can run" + (implicit.isEmpty() ? "" : OTHERS);
    }

    /** A reason with the values at which it holds. */
    String behind(String reason, Study study) {
        String words = words(study);
        return reason + (words.isEmpty() ? "" : " at " + words) + (implicit.isEmpty() ? "" : OTHERS);
    }
}
