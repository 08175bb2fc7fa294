package trainyard.scenario.importing.shell;

import java.util.List;
import java.util.Optional;

/**
 * A word of a command, or the value of an assignment, before variables are put in.
 *
 * @param parts its parts in order
 * @param offset where it starts in the script
 */
record Word(List<Part> parts, int offset) {

    Word {
        parts = List.copyOf(parts);
    }

    /** A part of a word. */
    sealed interface Part {}

    /** Text as it stands. */
    record Literal(TracedText text) implements Part {}

    /** {@code $NAME}, {@code ${NAME}}, {@code ${NAME[@]}} or {@code ${NAME:-otherwise}}. */
    record Variable(String name, Optional<Word> otherwise, int offset) implements Part {}

    /** {@code $((expression))}. */
    record Arithmetic(String expression, int offset) implements Part {}

    /** What only a running shell could know. */
    record Unread(int offset) implements Part {}

    /** The word's text where no variable is in it. */
    Optional<String> literal() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (!(part instanceof Literal literal)) {
                return Optional.empty();
            }
            text.append(literal.text().text());
        }
        return Optional.of(text.toString());
    }
}
