package trainyard.scenario.source;

import java.util.Objects;

/**
 * Where a value stands.
 *
 * @param source the text
 * @param line line, counted from 1
 * @param column column, counted from 1
 * @param length characters to mark, at least 1
 */
public record Position(SourceText source, int line, int column, int length) {

    public Position {
        Objects.requireNonNull(source, "source");
        line = Math.max(1, line);
        column = Math.max(1, column);
        length = Math.max(1, length);
    }

    /** {@code file:line:column}. */
    public String label() {
        return source.name() + ":" + line + ":" + column;
    }
}
