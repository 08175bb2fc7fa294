package trainyard.scenario.importing.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;

/** What an importer did with each thing that it met, in the order in which it met them. */
public final class ImportLog {

    /** What became of a value of the file. */
    public enum Fate {
        /** Stands in the scenario as it stood in the file. */
        READ,
        /** Follows from values of the file. */
        INFERRED,
        /** The file does not say; a usual value was put in. */
        ASSUMED,
        /** The file leaves it open, as with {@code auto}. */
        OPEN,
        /** Has no part in the scenario. */
        IGNORED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One line of the log.
     *
     * @param fate what became of it
     * @param position where it stands; empty where no file says it
     * @param subject the key, flag or value
     * @param detail what it became, or why it was not used
     */
    public record Line(Fate fate, Optional<Position> position, String subject, String detail) {
        public Line {
            Objects.requireNonNull(fate, "fate");
            Objects.requireNonNull(position, "position");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(detail, "detail");
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    /** Keys and flags that a line speaks of. */
    private final Set<String> told = new HashSet<>();

    /** Notes something that stands in a file. */
    public void note(Fate fate, Position position, String subject, String detail) {
        told.add(subject);
        lines.add(new Line(fate, Optional.of(position), subject, detail));
    }

    /** Notes a word of a file, under its name. */
    public void note(Fate fate, Found found, String detail) {
        note(fate, found, found.name(), detail);
    }

    /** Notes a word of a file, under what it says. */
    public void note(Fate fate, Found found, String subject, String detail) {
        told.add(found.name());
        note(fate, found.position(), subject, detail);
    }

    /** Notes something that no file says. */
    public void note(Fate fate, String subject, String detail) {
        lines.add(new Line(fate, Optional.empty(), subject, detail));
    }

    /** Adds what is probably a mistake but does not stop the import. */
    public void warn(Problem warning) {
        warnings.add(warning);
    }

    /** Whether a line speaks of a key or flag that was found. */
    public boolean tellsOf(String name) {
        return told.contains(name);
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    public List<Problem> warnings() {
        return List.copyOf(warnings);
    }
}
