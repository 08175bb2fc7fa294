package trainyard.scenario.importing.draft;

import java.util.Objects;
import java.util.Optional;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/**
 * A value that an importer found and where.
 *
 * @param name the key, flag or option that it belongs to
 * @param text the value as written
 * @param position where it stands
 */
public record Found(String name, String text, Position position) {

    /** Stands for the argument that names the file. */
    public static final String FILE = "FILE";

    /** Largest count of anything, far above any cluster or batch, so that products of a few stay exact. */
    private static final long LARGEST = 1_000_000_000;

    public Found {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(position, "position");
    }

    /** The value of a command-line option, or of the argument {@link #FILE}. */
    public static Found option(String name, String text) {
        return new Found(name, text, new SourceText(name, text).at(1, 1, text.length()));
    }

    /**
     * The value as a count; underscores between digits are taken as Python does, and {@code 5e8} is a count too.
     *
     * @throws ScenarioException if it is no whole number from 1 to 1e9
     */
    public long count() {
        return count(LARGEST);
    }

    /**
     * The same of what may be more, such as bytes or elements.
     *
     * @param most largest count, at most 2^53
     * @throws ScenarioException if it is no whole number from 1 to that
     */
    public long count(long most) {
        return wholeNumber(most).filter(value -> value >= 1).orElseThrow(() -> noCount(most));
    }

    /** The value as a whole number from 0 to 1e9, if it is one. */
    public Optional<Long> wholeNumber() {
        return wholeNumber(LARGEST);
    }

    private Optional<Long> wholeNumber(long most) {
        if (!text.matches("[0-9][0-9_]{0,18}(\\.[0-9]{0,9})?([eE]\\+?[0-9]{1,2})?")) {
            return Optional.empty();
        }
        double value = Double.parseDouble(text.replace("_", ""));
        return value == Math.rint(value) && value <= most ? Optional.of((long) value) : Optional.empty();
    }

    /** A number of sequences as a scenario writes it. */
    public static String sequences(long count) {
        return count + (count == 1 ? " sequence" : " sequences");
    }

    private ScenarioException noCount(long most) {
        return new ScenarioException(Problem.at(
                position,
                Problem.Kind.VALUE,
                name + " is a whole number from 1 to " + most + ", not '" + text + "'",
                "write a number"));
    }
}
