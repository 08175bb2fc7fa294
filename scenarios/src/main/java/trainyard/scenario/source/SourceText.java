package trainyard.scenario.source;

import java.util.List;
import java.util.Objects;

/**
 * A text with a name to show in messages: a file, standard input or one command-line option.
 *
 * @param name what the user called it, such as {@code my.yaml} or {@code --set job.precision=bf16}
 * @param text the whole content
 */
public record SourceText(String name, String text) {

    public SourceText {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
    }

    /** The text of line {@code number}, counted from 1, without its line end; empty beyond the last line. */
    public String line(int number) {
        List<String> lines = text.lines().skip(number - 1L).limit(1).toList();
        return lines.isEmpty() ? "" : lines.get(0);
    }

    /** A position that covers {@code length} characters from line and column, both counted from 1. */
    public Position at(int line, int column, int length) {
        return new Position(this, line, column, length);
    }
}
