package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.scenario.format.Setting;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.UnitException;
import trainyard.sim.units.Units;

/**
 * Something that has to hold of a result.
 *
 * @param text as written, such as {@code step-time <= 15 s}
 * @param path the metric on the left; with several cells it has to hold for each
 * @param comparison how it is compared
 * @param low right side, the lower end of {@code between}, in base units, or the share of {@code within}; empty where it is
 *     another metric
 * @param high upper end of {@code between}, else as {@code low}
 * @param other the metric on the right, where there is one
 */
public record Expectation(
        String text,
        MetricPath path,
        Comparison comparison,
        Optional<Double> low,
        Optional<Double> high,
        Optional<MetricPath> other) {

    private static final Pattern BINARY = Pattern.compile("(<=|>=|<|>|==)\\s*(.+)");
    private static final Pattern BETWEEN = Pattern.compile("between\\s+(.+?)\\s+and\\s+(.+)");
    private static final Pattern WITHIN = Pattern.compile("within\\s+(.+?)\\s+of\\s+(.+)");
    private static final Pattern TARGET = Pattern.compile("(.+?)\\s*((?:<=|>=|<|>|between\\s).*)");
    private static final double EQUAL = 1e-9;
    private static final int MAX_SHOWN = 2;

    /** Ways to compare. */
    enum Comparison {
        LESS,
        AT_MOST,
        MORE,
        AT_LEAST,
        EQUAL,
        BETWEEN,
        /** Off by at most a share of the other. */
        WITHIN;

        static Comparison of(String symbol) {
            return switch (symbol) {
                case "<" -> LESS;
                case "<=" -> AT_MOST;
                case ">" -> MORE;
                case ">=" -> AT_LEAST;
                default -> EQUAL;
            };
        }
    }

    /**
     * What the scenario expects of this study; without what it expects of variants that are not run.
     *
     * @throws ScenarioException if an expectation cannot be read
     */
    public static List<Expectation> all(Study study) {
        List<Expectation> all = new ArrayList<>();
        Map<String, Setting<String>> written =
                study.scenario().values().find(ScenarioSection.EXPECT).orElse(Map.of());
        written.forEach((path, setting) -> {
            Expectation expectation = parse(path, setting, study);
            List<MetricPath> sides = new ArrayList<>(List.of(expectation.path()));
            expectation.other().ifPresent(sides::add);
            if (sides.stream().noneMatch(side -> side.isLeftOut(study))) {
                sides.forEach(side -> requireCells(
                        study, expectation, side, setting.keyPosition().orElseThrow()));
                all.add(expectation);
            }
        });
        return List.copyOf(all);
    }

    private static void requireCells(Study study, Expectation expectation, MetricPath side, Position position) {
        if (study.cells().stream().noneMatch(side::covers) || !side.hasOther(study)) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "no cell is meant by '" + expectation.text() + "'",
                    "variants: " + study.variants() + ", swept: " + study.axes()));
        }
    }

    /**
     * A target of one metric in one cell, such as {@code time-to-train.p95 <= 30 days}.
     *
     * @throws ScenarioException if it cannot be read, or compares cells
     */
    public static Expectation target(String text, Study study) {
        Position position = new SourceText("--until", text).at(1, 1, Math.max(1, text.length()));
        Matcher matcher = TARGET.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "'" + text + "' is no target",
                    "write 'time-to-train.p95 <= 30 days' or 'ettr >= 90%'"));
        }
        Expectation target = parse(matcher.group(1).strip(), matcher.group(2), position, position, study);
        MetricPath path = target.path();
        if (target.other().isPresent() || path.ofError() || !path.wanted().isEmpty()) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "a target compares one metric with a value",
                    "leave out at(), variant(), paired() and error"));
        }
        return target;
    }

    private static Expectation parse(String path, Setting<String> setting, Study study) {
        Position position = setting.position().orElseThrow();
        return parse(path, setting.value(), position, setting.keyPosition().orElse(position), study);
    }

    private static Expectation parse(
            String path, String written, Position position, Position keyPosition, Study study) {
        MetricPath left = MetricPath.parse(path, study.known(), keyPosition);
        String condition = written.strip();
        Matcher between = BETWEEN.matcher(condition);
        String text = path + " " + condition;
        if (between.matches()) {
            Optional<Double> low = Optional.of(quantity(between.group(1), left, position));
            Optional<Double> high = Optional.of(quantity(between.group(2), left, position));
            return new Expectation(text, left, Comparison.BETWEEN, low, high, Optional.empty());
        }
        Matcher within = WITHIN.matcher(condition);
        if (within.matches()) {
            Optional<Double> share = Optional.of(share(within.group(1), position));
            Optional<MetricPath> other = Optional.of(MetricPath.parse(within.group(2), study.metrics(), position));
            return new Expectation(text, left, Comparison.WITHIN, share, share, other);
        }
        Matcher binary = BINARY.matcher(condition);
        if (!binary.matches()) {
            throw new ScenarioException(Problem.at(
                    position,
                    Problem.Kind.EXPECT,
                    "'" + condition + "' is no comparison",
                    "write \"<= 15 s\", \">= 40%\", between 13 s and 15 s or within 2% of another metric"));
        }
        Comparison comparison = Comparison.of(binary.group(1));
        String right = binary.group(2).strip();
        if (right.matches("[a-z].*")) {
            Optional<MetricPath> other = Optional.of(MetricPath.parse(right, study.known(), position));
            return new Expectation(text, left, comparison, Optional.empty(), Optional.empty(), other);
        }
        Optional<Double> bound = Optional.of(quantity(right, left, position));
        return new Expectation(text, left, comparison, bound, bound, Optional.empty());
    }

    private static double share(String text, Position position) {
        try {
            return Units.value(text, Dimension.FRACTION);
        } catch (UnitException wrong) {
            throw new ScenarioException(Problem.at(position, Problem.Kind.UNIT, wrong.problem(), wrong.fix()));
        }
    }

    private static double quantity(String text, MetricPath path, Position position) {
        Dimension dimension =
                path.ofError() ? Dimension.FRACTION : path.metric().dimension();
        boolean negative = path.pair().isPresent() && text.startsWith("-");
        try {
            return negative ? -Units.value(text.substring(1), dimension) : Units.value(text, dimension);
        } catch (UnitException wrong) {
            throw new ScenarioException(Problem.at(position, Problem.Kind.UNIT, wrong.problem(), wrong.fix()));
        }
    }

    /** Whether it held, and what was found. */
    public Verdict check(StudyResult result) {
        List<CellResult> meant =
                result.cells().stream().filter(cell -> path.covers(cell.cell())).toList();
        boolean complete = meant.stream().allMatch(CellResult::isFinished) && !result.isPartial();
        List<String> found = new ArrayList<>();
        boolean holds = !meant.isEmpty();
        for (CellResult cell : meant) {
            Optional<Double> value = path.value(result, cell);
            Optional<Double> reference = other.flatMap(metric -> reference(result, metric, cell));
            boolean held = value.map(number -> holds(number, reference)).orElse(false);
            holds &= held;
            if (meant.size() == 1 || !held) {
                found.add((meant.size() == 1 ? "" : cell.cell().label() + ": ") + describe(value, cell));
            }
        }
        return new Verdict(text, summary(found, meant.size()), holds, complete);
    }

    private static String summary(List<String> found, int cells) {
        if (found.isEmpty()) {
            return "holds in all " + cells + " cells";
        }
        String shown = String.join("; ", found.subList(0, Math.min(MAX_SHOWN, found.size())));
        return found.size() <= MAX_SHOWN
                ? shown
                : shown + "; not in " + (found.size() - MAX_SHOWN) + " more of " + cells + " cells";
    }

    /** A metric without coordinates is that of the cell itself, one with them that of the first cell that is meant. */
    private static Optional<Double> reference(StudyResult result, MetricPath path, CellResult own) {
        boolean ofOwn = path.wanted().isEmpty() && path.pair().isEmpty();
        return result.cells().stream()
                .filter(cell -> ofOwn ? cell.equals(own) : path.covers(cell.cell()))
                .flatMap(cell -> path.value(result, cell).stream())
                .findFirst();
    }

    /**
     * How far a target of one metric and one cell is missed, in base units: 0 where it holds.
     *
     * @return empty where the cell has no value
     */
    public Optional<Double> missedBy(StudyResult result) {
        CellResult cell = result.cells().get(0);
        return path.value(result, cell).map(value -> {
            double below = low.orElseThrow() - value;
            double above = value - high.orElseThrow();
            return holds(value, Optional.empty()) ? 0 : Math.abs(Math.max(below, above));
        });
    }

    private boolean holds(double value, Optional<Double> reference) {
        if (comparison == Comparison.WITHIN) {
            double share = low.orElseThrow();
            return reference
                    .map(right -> Math.abs(value - right) <= share * Math.abs(right))
                    .orElse(false);
        }
        Optional<Double> bound = low.or(() -> reference);
        if (bound.isEmpty()) {
            return false;
        }
        double right = bound.get();
        return switch (comparison) {
            case LESS -> value < right;
            case AT_MOST -> value <= right;
            case MORE -> value > right;
            case AT_LEAST -> value >= right;
            case EQUAL -> Math.abs(value - right) <= EQUAL * Math.max(Math.abs(value), Math.abs(right));
            case BETWEEN -> value >= right && value <= high.orElse(right);
            case WITHIN -> throw new IllegalStateException("decided above");
        };
    }

    private String describe(Optional<Double> value, CellResult cell) {
        if (value.isEmpty()) {
            return Unknown.reason(cell, path.metric());
        }
        boolean fine = path.pair().isPresent() && path.metric().dimension() == Dimension.FRACTION;
        if (fine) {
            return String.format(Locale.ROOT, "%.3g %%", 100 * value.get());
        }
        return path.ofError()
                ? String.format(Locale.ROOT, "%.1f %%", 100 * value.get())
                : path.metric().formatLike(value.get(), bound());
    }

    /** What the metric is compared with, as written; of a range its lower end. */
    public String bound() {
        Matcher range = BETWEEN.matcher(text);
        if (range.find()) {
            return range.group(1);
        }
        Matcher binary = BINARY.matcher(text);
        return binary.find() ? binary.group(2) : "";
    }

    /**
     * Whether an expectation held.
     *
     * @param expectation as written
     * @param found what was found
     * @param holds whether it held for every finished cell
     * @param complete whether every cell finished
     */
    public record Verdict(String expectation, String found, boolean holds, boolean complete) {}
}
