package trainyard.scenario.solving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import trainyard.scenario.Scenario;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.chart.ChartAxis;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.ScalarType;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.format.Values;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.resolve.DottedPath;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.Problems;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.Expectation;
import trainyard.scenario.study.Study;
import trainyard.scenario.study.Sweep;
import trainyard.scenario.study.UnusedKeys;
import trainyard.scenario.study.WrittenText;
import trainyard.scenario.workload.metric.Metric;

/**
 * Which value of an input meets a target.
 *
 * @param scenario the scenario
 * @param study the scenario without its sweep and ranges, one cell
 * @param path the input that is varied
 * @param target what has to hold
 * @param domain the values looked through
 * @param grid indices of the values that are simulated first, in order, the ends among them
 */
public record SolveQuestion(
        Scenario scenario, Study study, String path, Expectation target, Domain domain, List<Integer> grid) {

    private static final int GRID_POINTS = 7;
    private static final int QUICK_GRID_POINTS = 3;
    private static final long MOST_VALUES = 10_000_000;

    public SolveQuestion {
        grid = List.copyOf(grid);
    }

    /** What the command line says of it; ends are as written, empty where the sweep of the scenario has them. */
    public record Options(
            String path, String until, String from, String to, double tolerance, boolean quick, List<String> only) {}

    /**
     * Reads the question.
     *
     * @throws ScenarioException if path, ends or target cannot be read, or several variants are left
     */
    public static SolveQuestion of(Scenario scenario, Options options) {
        Scenario plain =
                Scenario.of(scenario.tree().without(ScenarioSection.SWEEP.key()).without(ScenarioSection.VARY.key()));
        Study study = Study.of(plain, options.quick()).only(options.only());
        if (study.cells().size() != 1) {
            throw fail(
                    "--only",
                    "",
                    "the scenario has variants",
                    "choose one, as --only '" + study.variants().get(0) + "'; variants: '"
                            + String.join("' '", study.variants()) + "'");
        }
        Expectation target = Expectation.target(options.until(), study);
        List<String> swept = Study.of(scenario, false).axes().getOrDefault(options.path(), List.of());
        Domain domain = domain(options, swept, study);
        SolveQuestion question =
                new SolveQuestion(scenario, study, options.path(), target, domain, grid(domain, options, swept, study));
        UnusedKeys.check(study.scenario(), question.assignment(0));
        return question;
    }

    private static Domain domain(Options options, List<String> swept, Study study) {
        Position position = position("--vary", options.path());
        ValueType<?> type = numeric(options.path(), position);
        if (!Sweep.isNumeric(type)) {
            throw fail("--vary", options.path(), options.path() + " is not a number", "vary a number or a quantity");
        }
        double[] ends = swept.stream()
                .mapToDouble(text -> number(options.path(), text, "sweep", study))
                .sorted()
                .toArray();
        if (ends.length == 0 && (options.from().isEmpty() || options.to().isEmpty())) {
            throw fail(
                    "--vary",
                    options.path(),
                    "the range of " + options.path() + " is open",
                    "give --from and --to, or sweep it in the scenario");
        }
        double low = options.from().isEmpty() ? ends[0] : number(options.path(), options.from(), "--from", study);
        double high =
                options.to().isEmpty() ? ends[ends.length - 1] : number(options.path(), options.to(), "--to", study);
        if (!(low < high) || type instanceof IntegerType && high - low > MOST_VALUES) {
            throw fail(
                    "--from",
                    options.from(),
                    "the range must rise, by ten million values at most",
                    "--from LOW --to HIGH");
        }
        return new Domain(type, low, high, options.tolerance(), written(options, swept));
    }

    /** The ends of the range as the user wrote them, those of the sweep for what the command leaves open. */
    private static List<String> written(Options options, List<String> swept) {
        return Stream.of(
                        options.from().isEmpty() ? swept.get(0) : options.from(),
                        options.to().isEmpty() ? swept.get(swept.size() - 1) : options.to())
                .distinct()
                .toList();
    }

    private static double number(String path, String text, String option, Study study) {
        Position position = position(option, text);
        Problems problems = new Problems();
        if (numeric(path, position) instanceof ScalarType<?> type) {
            type.read(new Node.Scalar(text, false, position), problems);
        }
        problems.throwIfAny();
        return new ChartAxis(path, study)
                .number(text)
                .orElseThrow(() ->
                        fail(option, text, "'" + text + "' is no value of " + path, "write a number with its unit"));
    }

    private static ValueType<?> numeric(String path, Position position) {
        ValueType<?> written = DottedPath.of(path).typeIn(ScenarioFormat.SECTION, position);
        return written instanceof AutoType<?> auto ? auto.type() : written;
    }

    /** The swept values, or points at equal distances, with both ends; of a quick look the ends and the middle. */
    private static List<Integer> grid(Domain domain, Options options, List<String> swept, Study study) {
        TreeSet<Integer> grid = new TreeSet<>(List.of(0, domain.size() - 1));
        int points = options.quick() ? QUICK_GRID_POINTS : GRID_POINTS;
        for (int i = 1; i < points - 1 && (options.quick() || swept.isEmpty()); i++) {
            grid.add((int) Math.round((domain.size() - 1) * (i / (points - 1.0))));
        }
        if (!options.quick()) {
            swept.stream()
                    .mapToDouble(text -> number(options.path(), text, "sweep", study))
                    .filter(value -> value >= domain.low() && value <= domain.high())
                    .forEach(value -> grid.add(domain.index(value)));
        }
        return new ArrayList<>(grid);
    }

    private static Position position(String option, String text) {
        return new SourceText(option, text).at(1, 1, Math.max(1, text.length()));
    }

    private static ScenarioException fail(String option, String text, String message, String hint) {
        return new ScenarioException(Problem.at(position(option, text), Problem.Kind.VALUE, message, hint));
    }

    /** What else the scenario sweeps or varies, each with the value that it keeps, in sentences without a final stop. */
    public List<String> notUsed() {
        Values values = study.values(study.cells().get(0));
        List<String> notUsed = new ArrayList<>();
        for (Field<Map<String, Setting<Node>>> field : List.of(ScenarioSection.SWEEP, ScenarioSection.VARY)) {
            for (String other : scenario.values().find(field).orElse(Map.of()).keySet()) {
                if (!other.equals(path)) {
                    notUsed.add(field.key() + " of " + other + ", which stays "
                            + WrittenText.at(DottedPath.of(other), values).orElse("as written"));
                }
            }
        }
        return notUsed;
    }

    /** The metric that the target is about. */
    public Metric metric() {
        return target.path().metric();
    }

    /** The cell of a value. */
    Cell cell(int index) {
        Cell base = study.cells().get(0);
        String text = domain.text(index);
        List<Assignment> assignments = new ArrayList<>(base.assignments());
        assignments.add(assignment(index));
        Map<String, String> coordinates = new LinkedHashMap<>(Map.of(path, text));
        return new Cell(index, Cell.Role.GRID, base.variant(), coordinates, assignments);
    }

    private Assignment assignment(int index) {
        Position position = position("--vary", path);
        return new Assignment(DottedPath.of(path), new Node.Scalar(domain.text(index), false, position), position);
    }

    /** The bound of the target, in base units; empty where it is a range. */
    public Optional<Double> bound() {
        return target.low().filter(low -> target.high().filter(low::equals).isPresent());
    }
}
