package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import trainyard.scenario.format.Setting;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.StudyResult;

/** The cells that a chart shows, or a headline is of, where it is told the values of axes. */
public final class CellsAt {

    private CellsAt() {}

    /**
     * The result with the cells at the values; all of it where none is named, none at a variant that this run does without.
     * Cells outside of the grid stay.
     *
     * @throws ScenarioException if a path is not swept or has no such value
     */
    public static StudyResult of(Map<String, Setting<String>> at, StudyResult result) {
        StudyResult shown = result;
        for (Map.Entry<String, Setting<String>> wanted : at.entrySet()) {
            ChartAxis axis = new ChartAxis(wanted.getKey(), result.study());
            String value = isLeftOut(axis, wanted.getValue().value(), result)
                    ? wanted.getValue().value()
                    : value(axis, wanted.getValue());
            shown = new StudyResult(
                    result.study(),
                    shown.cells().stream()
                            .filter(cell -> !isPlaced(cell.cell(), axis)
                                    || cell.cell().coordinate(axis.path()).equals(value))
                            .toList());
        }
        return shown;
    }

    /**
     * Which values stand in for those that are asked for and not run, as a sentence; empty where all are run.
     *
     * @param at as in {@link #of}
     */
    static String inPlace(Map<String, Setting<String>> at, StudyResult result) {
        List<String> others = new ArrayList<>();
        at.forEach((path, wanted) -> {
            ChartAxis axis = new ChartAxis(path, result.study());
            if (!axis.values().contains(wanted.value()) && !isLeftOut(axis, wanted.value(), result)) {
                String run = value(axis, wanted);
                // The same number may be written in two ways, as 2 and 2 sequences are.
                if (!axis.number(run).equals(axis.number(wanted.value()))) {
                    others.add(axis.named(run) + " in place of " + wanted.value());
                }
            }
        });
        return others.isEmpty() ? "" : "Shown at " + String.join(", ", others) + ", which this run leaves out.";
    }

    /** Whether a variant is meant that the scenario has but this run does without. */
    private static boolean isLeftOut(ChartAxis axis, String value, StudyResult result) {
        return axis.path().equals(Cell.VARIANT)
                && !axis.values().contains(value)
                && result.study()
                        .scenario()
                        .values()
                        .find(ScenarioSection.VARIANTS)
                        .map(variants -> variants.containsKey(value))
                        .orElse(false);
    }

    private static boolean isPlaced(Cell cell, ChartAxis axis) {
        return axis.path().equals(Cell.VARIANT) || cell.coordinates().containsKey(axis.path());
    }

    /** The value among those that are run; a short run leaves some out. */
    private static String value(ChartAxis axis, Setting<String> wanted) {
        List<String> values = axis.values();
        if (values.contains(wanted.value())) {
            return wanted.value();
        }
        Position position = wanted.position().orElseThrow();
        OptionalDouble number = values.isEmpty() ? OptionalDouble.empty() : axis.number(wanted.value());
        // Words such as auto may stand among numbers.
        List<String> numbers = number.isEmpty()
                ? List.of()
                : values.stream().filter(text -> axis.number(text).isPresent()).toList();
        if (numbers.isEmpty()) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.PATH,
                    "no cell is at " + axis.path() + " " + wanted.value(),
                    values.isEmpty() ? "sweep " + axis.path() : "values: " + String.join(" ", values)));
        }
        return numbers.stream()
                .min(Comparator.comparingDouble(
                        text -> Math.abs(axis.number(text).orElseThrow() - number.getAsDouble())))
                .orElseThrow();
    }
}
