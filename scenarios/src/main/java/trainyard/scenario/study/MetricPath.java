package trainyard.scenario.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * A metric of some cells: {@code mfu}, {@code variant(a).mfu}, {@code at(job.parallel.tensor=8).mfu}, or
 * {@code error.mfu} for the absolute relative error against the published figure.
 *
 * @param metric the metric
 * @param ofError whether its error against the published figure is meant
 * @param wanted the coordinates that a cell must have; empty for every cell
 */
public record MetricPath(Metric metric, boolean ofError, Map<String, String> wanted) {

    private static final Pattern FORM =
            Pattern.compile("(?:(variant|at)\\(([^)]*)\\)\\.)?(error\\.)?([a-z][a-z0-9.-]*)");
    private static final Pattern COORDINATE = Pattern.compile("([^=,]+)=([^,]+)");

    /**
     * Reads a path.
     *
     * @param known the metrics of the workload
     * @throws ScenarioException if it is no path or there is no such metric
     */
    public static MetricPath parse(String text, List<Metric> known, Position position) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "'" + text + "' names no metric",
                    "write mfu, variant(NAME).mfu, at(PATH=VALUE).mfu or error.mfu"));
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        if ("variant".equals(matcher.group(1))) {
            wanted.put("variant", matcher.group(2).strip());
        } else if (matcher.group(1) != null) {
            Matcher coordinates = COORDINATE.matcher(matcher.group(2));
            while (coordinates.find()) {
                wanted.put(coordinates.group(1).strip(), coordinates.group(2).strip());
            }
        }
        return new MetricPath(find(matcher.group(4), known, position), matcher.group(3) != null, wanted);
    }

    /**
     * The metric of a name.
     *
     * @throws ScenarioException if there is none; names the nearest
     */
    public static Metric find(String name, List<Metric> known, Position position) {
        return known.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ScenarioException(unknown(name, known, position)));
    }

    private static Problem unknown(String name, List<Metric> known, Position position) {
        List<String> names = known.stream().map(Metric::name).toList();
        return Problem.at(
                position,
                Problem.Kind.METRIC,
                "unknown metric '" + name + "'",
                Nearest.hint(name, names),
                "known: " + String.join(" ", names.subList(0, Math.min(12, names.size())))
                        + "; all: trainyard show metrics");
    }

    /** Whether a cell is meant. */
    boolean covers(Cell cell) {
        return cell.role() == Cell.Role.GRID
                && wanted.entrySet().stream()
                        .allMatch(entry -> cell.coordinate(entry.getKey()).equals(entry.getValue()));
    }

    /** Whether a variant of the scenario is meant that the study does not run. */
    boolean isLeftOut(Study study) {
        String variant = wanted.getOrDefault("variant", "");
        return !study.variants().contains(variant)
                && study.scenario()
                        .values()
                        .find(ScenarioSection.VARIANTS)
                        .map(variants -> variants.containsKey(variant))
                        .orElse(false);
    }

    /** The value for a finished cell, in base units. */
    Optional<Double> value(Study study, CellResult result) {
        Optional<Double> mean = result.mean(metric);
        return ofError
                ? mean.flatMap(value ->
                        Published.of(study, result.cell(), metric).map(figure -> Math.abs(figure.error(value))))
                : mean;
    }
}
