package trainyard.scenario.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Statistic;

/**
 * A metric of some cells: {@code mfu}, {@code time-to-train.p95}, {@code variant(a).mfu}, {@code
 * at(job.parallel.tensor=8).mfu}, {@code paired(a - b).ettr} for the difference of two variants, or {@code error.mfu} for
 * the absolute relative error against the published figure.
 *
 * @param metric the metric, or a statistic of one
 * @param ofError whether its error against the published figure is meant
 * @param wanted the coordinates that a cell must have; empty for every cell
 * @param pair the two variants of which the difference is meant
 */
public record MetricPath(Metric metric, boolean ofError, Map<String, String> wanted, Optional<Pair> pair) {

    private static final Pattern PREFIX = Pattern.compile("(variant|at|paired|unpaired)\\(([^)]*)\\)\\.(.*)");
    private static final Pattern FORM = Pattern.compile("(error\\.)?([a-z][a-z0-9.-]*)");
    private static final String TEAM = "team.";
    private static final Pattern COORDINATE = Pattern.compile("([^=,]+)=([^,]+)");

    /**
     * Two variants, the first less the second.
     *
     * @param first name of the one
     * @param second name of the other
     * @param paired whether replications that share their randomness are compared, rather than the means
     */
    public record Pair(String first, String second, boolean paired) {}

    /**
     * Reads a path.
     *
     * @param known the metrics of the workload
     * @throws ScenarioException if it is no path or there is no such metric
     */
    public static MetricPath parse(String text, List<Metric> known, Position position) {
        Map<String, String> wanted = new LinkedHashMap<>();
        Optional<Pair> pair = Optional.empty();
        String rest = text.strip();
        for (Matcher prefix = PREFIX.matcher(rest); prefix.matches(); prefix = PREFIX.matcher(rest)) {
            String inner = prefix.group(2).strip();
            switch (prefix.group(1)) {
                case Cell.VARIANT -> wanted.put(Cell.VARIANT, inner);
                case "at" -> addCoordinates(inner, wanted, position);
                default -> pair = Optional.of(pair(inner, prefix.group(1).equals("paired"), position));
            }
            rest = prefix.group(3);
        }
        Matcher matcher = FORM.matcher(rest);
        boolean ofError = matcher.matches() && matcher.group(1) != null;
        if (!matcher.matches() || pair.isPresent() && (ofError || wanted.containsKey(Cell.VARIANT))) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "'" + text + "' names no metric",
                    "write mfu, mfu.p95, variant(NAME).mfu, at(PATH=VALUE).mfu, paired(NAME - NAME).mfu or error.mfu"));
        }
        pair.ifPresent(both -> wanted.put(Cell.VARIANT, both.first()));
        Metric metric = find(matcher.group(2), known, position);
        if (pair.isPresent()
                && !pair.get().paired()
                && metric.statistic().filter(MetricPath::needsPairs).isPresent()) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "unpaired differences are those of the means, '" + text + "' names a quantile or a spread",
                    "use paired(...), or leave it out"));
        }
        return new MetricPath(metric, ofError, wanted, pair);
    }

    private static boolean needsPairs(Statistic statistic) {
        return statistic.quantile().isPresent() || statistic.part() == Statistic.Part.SPREAD;
    }

    private static void addCoordinates(String text, Map<String, String> wanted, Position position) {
        for (String part : text.split(",")) {
            Matcher coordinate = COORDINATE.matcher(part);
            if (!coordinate.matches()) {
                throw new ScenarioException(Problem.at(
                        position,
                        Problem.Kind.EXPECT,
                        "'" + part.strip() + "' is no coordinate",
                        "write at(PATH=VALUE, PATH=VALUE).metric"));
            }
            wanted.put(coordinate.group(1).strip(), coordinate.group(2).strip());
        }
    }

    private static Pair pair(String text, boolean paired, Position position) {
        String[] names = text.split("\\s+-\\s+");
        if (names.length != 2) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "'" + text + "' names no two variants",
                    "write paired(NAME - NAME).metric, with spaces around the minus sign"));
        }
        return new Pair(names[0], names[1], paired);
    }

    /**
     * The metric of a name, or the statistic of one: {@code p95} and other quantiles, {@code mean}, {@code min}, {@code max} and
     * {@code spread} over the replications; {@code low}, {@code high} and {@code ci95} (half the width) of its 95 % confidence interval.
     *
     * @throws ScenarioException if there is none; names the nearest
     */
    public static Metric find(String name, List<Metric> known, Position position) {
        return named(name, known).orElseThrow(() -> new ScenarioException(unknown(name, known, position)));
    }

    /**
     * A quantity that a study knows over the time within a run.
     *
     * @throws ScenarioException if there is none; names the nearest, or says of a metric that is known otherwise what it is
     */
    public static Metric overTime(String name, Study study, Position position) {
        List<Metric> series = study.series();
        if (named(name, series).isEmpty() && named(name, study.known()).isPresent()) {
            boolean one = named(name, study.metrics()).isPresent();
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.METRIC,
                    "metric '" + name + "' has " + (one ? "one value" : "many values")
                            + " in each run, and no course over time",
                    "over time are known: " + series.stream().map(Metric::name).collect(Collectors.joining(" "))));
        }
        return find(name, series, position);
    }

    private static Optional<Metric> named(String name, List<Metric> known) {
        return exactly(name, known)
                .or(() -> exactly(Statistic.withoutPart(name), known).flatMap(of -> Statistic.partOf(name, of)))
                .or(() -> exactly(Statistic.metricName(name), known).flatMap(of -> Statistic.named(name, of)));
    }

    private static Optional<Metric> exactly(String name, List<Metric> known) {
        return known.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    private static Problem unknown(String name, List<Metric> known, Position position) {
        List<String> names = known.stream().map(Metric::name).toList();
        return Problem.at(
                position,
                Problem.Kind.METRIC,
                "unknown metric '" + name + "'",
                hint(name, names),
                "known: " + String.join(" ", names.subList(0, Math.min(12, names.size())))
                        + "; all: trainyard show metrics");
    }

    /** The nearest name; of a team that has no metrics yet how it gets some. */
    private static String hint(String name, List<String> names) {
        String near = Nearest.hint(name, names);
        boolean named = names.stream().anyMatch(known -> known.startsWith(TEAM));
        String[] parts = name.split("\\.");
        return near.isEmpty() && !named && name.startsWith(TEAM) && parts.length > 2
                ? "teams of a list have metrics once named: scheduler: {teams: {" + parts[1] + ": {}}}"
                : near;
    }

    /** Whether a cell is meant. */
    boolean covers(Cell cell) {
        return cell.role() == Cell.Role.GRID
                && wanted.entrySet().stream()
                        .allMatch(entry -> cell.coordinate(entry.getKey()).equals(entry.getValue()));
    }

    /** Whether a variant of the scenario, or a swept value, is meant that the study does not run. */
    boolean isLeftOut(Study study) {
        return isThinned(study)
                || isLeftOut(study, wanted.getOrDefault(Cell.VARIANT, ""))
                || pair.map(both -> isLeftOut(study, both.second())).orElse(false);
    }

    /** Whether only cells are meant that a quick run leaves out. */
    private boolean isThinned(Study study) {
        return study.cells().stream().noneMatch(this::covers)
                && Study.of(study.scenario(), false).cells().stream().anyMatch(this::covers);
    }

    private static boolean isLeftOut(Study study, String variant) {
        return !study.variants().contains(variant)
                && study.scenario()
                        .values()
                        .find(ScenarioSection.VARIANTS)
                        .map(variants -> variants.containsKey(variant))
                        .orElse(false);
    }

    /** Whether the other side of a difference is among the cells of a study; true where none is meant. */
    boolean hasOther(Study study) {
        return pair.map(both -> study.variants().contains(both.second())).orElse(true);
    }

    /** The value for a finished cell, in base units; for a difference, that to the cell of the other variant. */
    Optional<Double> value(StudyResult result, CellResult cell) {
        if (pair.isPresent()) {
            Statistic.Part part = metric.statistic().map(Statistic::part).orElse(Statistic.Part.VALUE);
            return difference(result, cell).flatMap(difference -> difference.part(part));
        }
        Optional<Double> mean = cell.mean(metric);
        return ofError
                ? mean.flatMap(value ->
                        Published.of(result.study(), cell.cell(), metric).map(figure -> Math.abs(figure.error(value))))
                : mean;
    }

    private Optional<Difference> difference(StudyResult result, CellResult cell) {
        Pair both = pair.orElseThrow();
        return result.counterpart(cell, both.second())
                .flatMap(other -> both.paired()
                        ? Difference.paired(cell, other, metric)
                        : Difference.unpaired(cell, other, metric));
    }
}
