package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.resolve.DottedPath;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Spreads a scenario into cells: every variant with every combination of swept values, in the order written with the
 * last path fastest; then, for {@code vary}, the base and the two ends of each range.
 */
final class Cells {

    private static final int MAX_CELLS = 200_000;
    private static final int QUICK_VALUES = 3;

    private final Values values;
    private final boolean quick;
    private final List<Cell> cells = new ArrayList<>();

    private Cells(Values values, boolean quick) {
        this.values = values;
        this.quick = quick;
    }

    /**
     * The cells of a scenario.
     *
     * @param quick whether at most three values of each swept path are kept: the first, the middle and the last
     */
    static List<Cell> of(Values values, boolean quick) {
        Cells cells = new Cells(values, quick);
        cells.addGrid();
        cells.addRanges();
        return List.copyOf(cells.cells);
    }

    private void addGrid() {
        List<Map<String, Node>> points = points();
        Map<String, Setting<Map<String, Setting<Node>>>> variants =
                values.find(ScenarioSection.VARIANTS).orElse(Map.of());
        if (variants.isEmpty()) {
            points.forEach(point -> add(Cell.Role.GRID, "", point, List.of()));
        }
        variants.forEach((name, variant) -> {
            List<Assignment> changes = assignments(variant);
            points.forEach(point -> add(Cell.Role.GRID, name, point, changes));
        });
    }

    private static List<Assignment> assignments(Setting<Map<String, Setting<Node>>> variant) {
        List<Assignment> changes = new ArrayList<>();
        variant.value().forEach((path, change) -> {
            Position position = change.keyPosition().orElseThrow();
            Assignment assignment = new Assignment(DottedPath.of(path), change.value(), position);
            assignment.path().typeIn(ScenarioFormat.SECTION, position);
            changes.add(assignment);
        });
        return Assignment.beside(changes, ScenarioFormat.SECTION);
    }

    /** Every combination of swept values; one empty point where nothing is swept. */
    private List<Map<String, Node>> points() {
        List<Map<String, Node>> points = new ArrayList<>();
        points.add(Map.of());
        for (Map.Entry<String, Setting<Node>> axis :
                values.find(ScenarioSection.SWEEP).orElse(Map.of()).entrySet()) {
            Position position = axis.getValue().keyPosition().orElseThrow();
            Map<String, Node> axisValues =
                    Sweep.values(axis.getKey(), axis.getValue().value(), position);
            if ((long) points.size() * axisValues.size() > MAX_CELLS) {
                throw new ScenarioException(Problem.at(
                        position,
                        Problem.Kind.LIMIT,
                        "the sweep has more than " + MAX_CELLS + " cells",
                        "sweep fewer values"));
            }
            points = extended(points, axis.getKey(), thinned(List.copyOf(axisValues.values())));
        }
        return points;
    }

    private List<Node> thinned(List<Node> all) {
        if (!quick || all.size() <= QUICK_VALUES) {
            return all;
        }
        return List.of(all.get(0), all.get(all.size() / 2), all.get(all.size() - 1));
    }

    private static List<Map<String, Node>> extended(List<Map<String, Node>> points, String path, List<Node> values) {
        List<Map<String, Node>> longer = new ArrayList<>();
        for (Map<String, Node> point : points) {
            for (Node value : values) {
                Map<String, Node> more = new LinkedHashMap<>(point);
                more.put(path, value);
                longer.add(more);
            }
        }
        return longer;
    }

    private void addRanges() {
        Map<String, Setting<Node>> ranges = values.find(ScenarioSection.VARY).orElse(Map.of());
        if (ranges.isEmpty()) {
            return;
        }
        boolean inGrid = cells.size() == 1 && cells.get(0).assignments().isEmpty();
        if (!inGrid) {
            add(Cell.Role.BASE, "", Map.of(), List.of());
        }
        ranges.forEach((path, range) -> {
            Position position = range.keyPosition().orElseThrow();
            List<Node> ends = Ranges.ends(values, path, range.value(), position);
            add(Cell.Role.LOW, "", Map.of(path, ends.get(0)), List.of());
            add(Cell.Role.HIGH, "", Map.of(path, ends.get(1)), List.of());
        });
    }

    private void add(Cell.Role role, String variant, Map<String, Node> point, List<Assignment> variantChanges) {
        List<Assignment> swept = new ArrayList<>();
        Map<String, String> coordinates = new LinkedHashMap<>();
        point.forEach((path, value) -> {
            coordinates.put(path, Sweep.text(value));
            swept.add(new Assignment(DottedPath.of(path), value, value.position()));
        });
        List<Assignment> changes = new ArrayList<>(variantChanges);
        changes.addAll(Assignment.beside(swept, ScenarioFormat.SECTION));
        cells.add(new Cell(cells.size(), role, variant, coordinates, changes));
    }
}
