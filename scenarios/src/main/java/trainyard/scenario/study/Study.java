package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.RandomStreams;

/**
 * A scenario with the cells that answer it.
 *
 * @param scenario the scenario
 * @param cells its cells in order
 * @param replications runs of each cell
 * @param bindings its cells bound to what is simulated
 */
public record Study(Scenario scenario, List<Cell> cells, int replications, Bindings bindings) {

    public Study {
        cells = List.copyOf(cells);
    }

    /**
     * Spreads a scenario.
     *
     * @param quick whether to keep few values of each swept path and few replications
     * @throws trainyard.scenario.source.ScenarioException if a sweep, a variant or a range is wrong
     */
    public static Study of(Scenario scenario, boolean quick) {
        WorkloadKind kind = scenario.kind();
        int replications = Math.toIntExact(scenario.values().get(ScenarioSection.REPLICATIONS));
        if (!quick) {
            return new Study(scenario, Cells.of(scenario.values(), false), replications, new Bindings(kind));
        }
        Scenario shorter = scenario.changed(kind.quickChanges(scenario.values()));
        int few = Math.min(replications, kind.quickReplications());
        return new Study(shorter, Cells.of(shorter.values(), true), few, new Bindings(kind));
    }

    /**
     * This study with some of its variants only; with all of them where none is named.
     *
     * @param texts each one name, which may hold commas, or several separated by commas
     * @throws ScenarioException if there is no variant of a name
     */
    public Study only(List<String> texts) {
        List<String> known = variants();
        List<String> names = texts.stream()
                .flatMap(text -> known.contains(text)
                        ? Stream.of(text)
                        : Stream.of(text.strip().split("\\s*,\\s*")))
                .toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ScenarioException(
                        Problem.of(Problem.Kind.PATH, "unknown variant '" + name + "'", hint(name, known)));
            }
        }
        List<Cell> kept = cells.stream()
                .filter(cell -> names.isEmpty() || names.contains(cell.variant()))
                .toList();
        return new Study(scenario, kept, replications, bindings);
    }

    private static String hint(String name, List<String> known) {
        String all = known.isEmpty() ? "the scenario has no variants" : "variants: '" + String.join("' '", known) + "'";
        String near = Nearest.hint(name, known);
        return near.isEmpty() ? all : near + " " + all;
    }

    /** The values of the scenario as a cell sees them. */
    public Values values(Cell cell) {
        List<Assignment> changes = cell.assignments();
        return scenario.with(changes);
    }

    /** What a cell simulates in its first replication. */
    public Workload workload(Cell cell) {
        return workload(cell, 0);
    }

    /**
     * What a cell simulates.
     *
     * @param replication index of the replication, which picks its random numbers
     * @throws trainyard.scenario.source.ScenarioException if the cell contradicts itself
     */
    public Workload workload(Cell cell, int replication) {
        return bindings.of(cell, this).with(new RandomStreams(scenario.seed(), replication));
    }

    /**
     * Whether chance has no part in what a cell simulates, so that one run stands for all replications.
     *
     * @throws trainyard.scenario.source.ScenarioException if the cell contradicts itself
     */
    boolean isFixed(Cell cell) {
        return bindings.of(cell, this).isFixed();
    }

    /**
     * What happens within a replication, for charts, which often show several things of one.
     *
     * @param replication index of the replication
     */
    public Details details(Cell cell, int replication) {
        return bindings.details(cell, replication, workload(cell, replication));
    }

    /**
     * Runs a replication and keeps what happens within it for {@link #details}.
     *
     * @param samples quantities of which all values are wanted
     */
    Outcome watch(Cell cell, int replication, Set<Metric> samples) {
        Workload.Watched watched = workload(cell, replication).watch(samples);
        bindings.keep(cell, replication, watched.details());
        return watched.outcome();
    }

    /** What a reader should know of numbers that have no interval since nothing varies them; empty where there is nothing. */
    public Optional<String> remarkOnOneRun() {
        return replications == 1 ? kind().remarkOnOneRun(scenario.values()) : Optional.empty();
    }

    /** Which kind of study it is. */
    public WorkloadKind kind() {
        return scenario.kind();
    }

    /** The metrics that the study may yield, the headline's default first, those that single variants add last. */
    public List<Metric> metrics() {
        return byName(Stream.concat(kind().metrics(scenario.values()).stream(), metrics(cells).stream()));
    }

    /** One of each name: variants that write a team in capitals and without mean the same one. */
    private static List<Metric> byName(Stream<Metric> metrics) {
        Map<String, Metric> byName = new LinkedHashMap<>();
        metrics.forEach(metric -> byName.putIfAbsent(metric.name(), metric));
        return List.copyOf(byName.values());
    }

    /** The metrics that some cells of it may yield: a team that one variant alone names has none in the others. */
    public List<Metric> metrics(List<Cell> some) {
        return ofVariants(some, kind()::metrics);
    }

    private List<Metric> ofVariants(List<Cell> some, Function<Values, List<Metric>> metrics) {
        Set<String> seen = new HashSet<>();
        return byName(some.stream()
                .filter(cell -> cell.role() == Cell.Role.GRID && seen.add(cell.variant()))
                .flatMap(cell -> metrics.apply(bindings.ofVariant(cell, this)).stream()));
    }

    /** What the details of a workload may have over time. */
    public List<Metric> series() {
        return kind().series();
    }

    /** What the details of a workload may have many values of. */
    public List<Metric> samples() {
        return byName(
                Stream.concat(kind().samples(scenario.values()).stream(), ofVariants(cells, kind()::samples).stream()));
    }

    /** Every metric of which something can be stated: one value in each replication, or many. */
    public List<Metric> known() {
        List<Metric> known = new ArrayList<>(metrics());
        known.addAll(samples());
        return List.copyOf(known);
    }

    /** The swept paths in order, each with its values as written. */
    public Map<String, List<String>> axes() {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (cell.role() == Cell.Role.GRID) {
                cell.coordinates().forEach((path, value) -> {
                    List<String> values = axes.computeIfAbsent(path, key -> new ArrayList<>());
                    if (!values.contains(value)) {
                        values.add(value);
                    }
                });
            }
        }
        return axes;
    }

    /** The names of the variants in order; empty where there are none. */
    public List<String> variants() {
        return cells.stream()
                .filter(cell -> cell.role() == Cell.Role.GRID)
                .map(Cell::variant)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
