package trainyard.scenario.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with what the user wrote.
 *
 * @param kind what sort of mistake
 * @param message one line, without a final stop
 * @param position where it stands; empty when it is not about a place in a text
 * @param hint the nearest fix, shown beside the mark; may be empty
 * @param notes further lines, such as the values that are allowed
 */
public record Problem(Kind kind, String message, Optional<Position> position, String hint, List<String> notes) {

    /** Sorts of mistakes; the label stands in brackets after {@code error}. */
    public enum Kind {
        /** A verb, an option or an argument of the command that does not exist, is missing or cannot be read. */
        COMMAND("command", ExitCode.BAD_INPUT),
        /** Not YAML at all. */
        SYNTAX("syntax", ExitCode.BAD_INPUT),
        /** A key that does not exist, stands twice or is missing. */
        KEY("key", ExitCode.BAD_INPUT),
        /** A value of the wrong type or outside its range. */
        VALUE("value", ExitCode.BAD_INPUT),
        /** A unit that is missing, wrong or ambiguous. */
        UNIT("unit", ExitCode.BAD_INPUT),
        /** A named part that the catalogue does not hold. */
        PRESET("preset", ExitCode.BAD_INPUT),
        /** A reference to a variable that is not declared. */
        VARS("vars", ExitCode.BAD_INPUT),
        /** Files that contradict each other, such as a cycle of them. */
        FILE("file", ExitCode.BAD_INPUT),
        /** A file that is not there, or no file. */
        MISSING("file", ExitCode.UNREADABLE_DATA),
        /** Too large, too deep or too many aliases. */
        LIMIT("limit", ExitCode.BAD_INPUT),
        /** A dotted path that leads nowhere. */
        PATH("path", ExitCode.BAD_INPUT),
        /** An expectation that cannot be read. */
        EXPECT("expect", ExitCode.BAD_INPUT),
        /** A metric that the workload does not have. */
        METRIC("metric", ExitCode.BAD_INPUT),
        /** Degrees, batch and model that contradict each other. */
        PLAN("plan", ExitCode.BAD_INPUT),
        /** A plan that is consistent but does not fit in the memory of a GPU. */
        MEMORY("memory", ExitCode.INFEASIBLE),
        /** Processes that wait for one another for ever. */
        DEADLOCK("deadlock", ExitCode.INFEASIBLE),
        /** Native code or a device that is not there. */
        NATIVE("native", ExitCode.INFEASIBLE),
        /** Bytes that cannot be read as text or as a table. */
        DATA("data", ExitCode.UNREADABLE_DATA),
        /** A fault of Trainyard itself. */
        INTERNAL("internal", ExitCode.INTERNAL_FAILURE);

        private final String label;
        private final ExitCode exitCode;

        Kind(String label, ExitCode exitCode) {
            this.label = label;
            this.exitCode = exitCode;
        }

        public String label() {
            return label;
        }

        public ExitCode exitCode() {
            return exitCode;
        }
    }

    public Problem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
        notes = List.copyOf(notes);
    }

    public static Problem at(Position position, Kind kind, String message, String hint, String... notes) {
        return new Problem(kind, message, Optional.of(position), hint, List.of(notes));
    }

    public static Problem of(Kind kind, String message, String hint) {
        return new Problem(kind, message, Optional.empty(), hint, List.of());
    }
}
