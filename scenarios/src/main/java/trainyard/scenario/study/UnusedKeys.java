package trainyard.scenario.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import trainyard.scenario.Scenario;
import trainyard.scenario.ScenarioFormat;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.ValueType;
import trainyard.scenario.format.Values;
import trainyard.scenario.format.WrittenKey;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Finds keys that count for nothing in every cell of a study: those of a policy or a kind that none of them has. What one
 * cell uses is no mistake in another.
 */
public final class UnusedKeys {

    /** Keys that count under a condition, and keys that decide about others. */
    private static final Set<String> CHOICES = new LinkedHashSet<>();

    static {
        collect(ScenarioFormat.SECTION);
    }

    /** A path through an entry of a list, which no option has. */
    private static final Pattern OF_LIST = Pattern.compile(".*\\.\\d+(\\..*)?");

    private final Scenario scenario;
    private final Map<Position, WrittenKey> unused = new LinkedHashMap<>();
    private final Set<Position> used = new LinkedHashSet<>();
    /** Variants that set the key of a path themselves and in which it counts; an empty name where there are none. */
    private final Map<String, Set<String>> counting = new LinkedHashMap<>();

    private UnusedKeys(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Refuses keys that count for nothing.
     *
     * @return keys of an extended file, or of the file itself, that count for nothing only because something laid over it
     *     chose otherwise
     * @throws ScenarioException with every other such key
     */
    public static List<Problem> check(Scenario scenario) {
        return of(scenario, List.of()).report();
    }

    /**
     * Refuses a key that a verb is to vary, where it counts for nothing in any cell.
     *
     * @throws ScenarioException if it does
     */
    public static void check(Scenario scenario, Assignment varied) {
        UnusedKeys keys = of(scenario, List.of(varied));
        WrittenKey key = keys.unused.get(varied.position());
        if (key != null && !keys.used.contains(varied.position())) {
            throw new ScenarioException(key.unused().orElseThrow());
        }
    }

    private static UnusedKeys of(Scenario scenario, List<Assignment> further) {
        UnusedKeys keys = new UnusedKeys(scenario);
        Set<List<Assignment>> seen = new LinkedHashSet<>();
        for (Cell cell : Cells.of(scenario.values(), false)) {
            List<Assignment> changes = new ArrayList<>(cell.assignments());
            changes.addAll(further);
            // Cells that differ in numbers alone use the same keys.
            if (seen.add(changes.stream().filter(UnusedKeys::chooses).toList())) {
                keys.add(cell.variant(), changes);
            }
        }
        return keys;
    }

    private static void collect(ValueType<?> type) {
        if (type instanceof Section section) {
            section.fields().forEach(field -> {
                field.use().ifPresent(use -> {
                    CHOICES.add(field.key());
                    CHOICES.addAll(use.deciding());
                });
                collect(field.type());
            });
        } else if (type instanceof MapType<?> map) {
            collect(map.type());
        } else if (type instanceof ListType<?> list) {
            collect(list.type());
        }
    }

    /** Whether a change may decide which keys count: all but numbers that no key depends on. */
    private static boolean chooses(Assignment change) {
        String path = change.path().toString();
        String key = path.substring(path.lastIndexOf('.') + 1);
        ValueType<?> type = change.path().typeIn(ScenarioFormat.SECTION, change.position());
        boolean number = Sweep.isNumeric(type instanceof AutoType<?> auto ? auto.type() : type);
        return CHOICES.contains(key) || !number;
    }

    private void add(String variant, List<Assignment> changes) {
        Values values;
        try {
            values = scenario.with(changes);
        } catch (ScenarioException contradiction) {
            // Reported where the cell is run.
            return;
        }
        for (WrittenKey key : WrittenKey.of(values)) {
            if (key.unused().isPresent()) {
                unused.putIfAbsent(key.position(), key);
            } else {
                used.add(key.position());
                if (changes.stream().anyMatch(change -> covers(change, key.path()))) {
                    counting.computeIfAbsent(key.path(), path -> new LinkedHashSet<>())
                            .add(variant);
                }
            }
        }
    }

    /** Whether a change sets a key or the section that it stands in. */
    private static boolean covers(Assignment change, String key) {
        String path = change.path().toString();
        return key.equals(path) || key.startsWith(path + ".");
    }

    private List<Problem> report() {
        Map<String, Problem> refused = new LinkedHashMap<>();
        List<Problem> overruled = new ArrayList<>();
        unused.forEach((position, key) -> {
            Problem problem = reason(key);
            if (used.contains(position)) {
                return;
            }
            if (isOverruled(key)) {
                overruled.add(problem);
            } else {
                // A list of swept values is one mistake.
                refused.putIfAbsent(position.source().name() + position.line() + problem.message(), problem);
            }
        });
        if (!refused.isEmpty()) {
            throw new ScenarioException(List.copyOf(refused.values()));
        }
        return overruled;
    }

    /** Why a key counts for nothing: also since the cells in which it would have a value of their own for it. */
    private Problem reason(WrittenKey key) {
        Problem problem = key.unused().orElseThrow();
        Set<String> variants = counting.getOrDefault(key.path(), Set.of());
        if (variants.isEmpty()) {
            return problem;
        }
        String first = variants.iterator().next();
        boolean swept = first.isEmpty();
        String where = swept ? "the sweep" : "variant '" + first + "'";
        String fix = swept
                ? "--set 'sweep." + key.path() + "=[VALUE]'"
                : "--set 'variants." + first + "." + key.path() + "=VALUE'";
        return new Problem(
                problem.kind(),
                problem.message() + "; where it counts " + where + " has a value of its own",
                problem.position(),
                first.contains(".") || OF_LIST.matcher(key.path()).matches()
                        ? "leave it out, or change that in the file"
                        : "leave it out, or change that: " + fix,
                problem.notes());
    }

    /** Whether the choice was laid over the key by another file or by the command line. */
    private boolean isOverruled(WrittenKey key) {
        return key.deciding().stream().anyMatch(choice -> layer(choice) < layer(key.position()));
    }

    /** The command line lies over the file, which lies over the one that it extends. */
    private int layer(Position position) {
        return scenario.sources().indexOf(position.source());
    }
}
