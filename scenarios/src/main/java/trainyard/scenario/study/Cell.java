package trainyard.scenario.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import trainyard.scenario.resolve.Assignment;

/**
 * One point of a study.
 *
 * @param index its place in the order of the study, from 0
 * @param role why it is run
 * @param variant name of the variant; empty where there are none
 * @param coordinates the swept or varied values by path, as written
 * @param assignments what it changes in the scenario
 */
public record Cell(
        int index, Role role, String variant, Map<String, String> coordinates, List<Assignment> assignments) {

    /** The axis along which the variants of a scenario differ, as scenarios write it. */
    public static final String VARIANT = "variant";

    /** Why a cell is run. */
    public enum Role {
        /** A combination of variant and swept values; the scenario itself where nothing is swept. */
        GRID,
        /** The scenario as written, where it is not in the grid and ranges need it as their base. */
        BASE,
        /** The low end of a range. */
        LOW,
        /** The high end of a range. */
        HIGH
    }

    public Cell {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(variant, "variant");
        coordinates = Collections.unmodifiableMap(new LinkedHashMap<>(coordinates));
        assignments = List.copyOf(assignments);
    }

    /** The coordinates in one line, such as {@code job.parallel.tensor=8}; empty where nothing is swept. */
    public String point() {
        return coordinates.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** Variant and point for people, such as {@code tensor 8, pipeline 4}; {@code the scenario} where there is neither. */
    public String label() {
        String point = coordinates.entrySet().stream()
                .map(entry -> shortName(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        String both = variant + (variant.isEmpty() || point.isEmpty() ? "" : ": ") + point;
        return both.isEmpty() ? "the scenario" : both;
    }

    /** What names it behind the title of a chart, such as {@code , fifo}; nothing where it is the only one. */
    public String behindTitle() {
        return variant.isEmpty() && coordinates.isEmpty() ? "" : ", " + label();
    }

    /** The last key of a path, or the whole path where another one ends alike. */
    private String shortName(String path) {
        String last = lastKey(path);
        boolean shared = coordinates.keySet().stream()
                .anyMatch(other -> !other.equals(path) && lastKey(other).equals(last));
        return shared ? path : last;
    }

    private static String lastKey(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The coordinate of an axis, which is {@code variant} or a swept path; empty where the cell has none. */
    public String coordinate(String axis) {
        return axis.equals(VARIANT) ? variant : coordinates.getOrDefault(axis, "");
    }
}
