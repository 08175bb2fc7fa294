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
    record Variable(String name, Optional<Otherwise> otherwise, int offset) implements Part {}

    /**
     * What stands for a variable that is not set.
     *
     * @param word its value
     * @param ofEmpty whether it stands for an empty variable, too: there is a colon
     * @param assigned whether the variable has the value from then on: there is an equals sign
     */
    record Otherwise(Word word, boolean ofEmpty, boolean assigned) {}

    /** {@code $((expression))}, of which variables are put in before it is counted. */
    record Arithmetic(Word expression, int offset) implements Part {}

    /** What only a running shell could know. */
    record Unread(int offset) implements Part {}

    /** Whether a variable is given a value where it has none. */
    boolean assigns() {
        return parts.stream()
                .anyMatch(part -> part instanceof Variable variable
                                && variable.otherwise()
                                        .filter(Otherwise::assigned)
                                        .isPresent()
                        || part instanceof Arithmetic arithmetic
                                && arithmetic.expression().assigns());
    }

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
