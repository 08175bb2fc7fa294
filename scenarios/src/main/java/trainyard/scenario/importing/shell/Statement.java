package trainyard.scenario.importing.shell;

import java.util.List;

/**
 * A simple command: assignments, then words. A keyword such as {@code then} is a statement of its own.
 *
 * @param joint what stands before it
 * @param assignments values given to variables
 * @param words the command and its arguments; may be empty
 * @param offset where it starts in the script
 */
record Statement(Joint joint, List<Assignment> assignments, List<Word> words, int offset) {

    Statement {
        assignments = List.copyOf(assignments);
        words = List.copyOf(words);
    }

    /** Command of a statement whose other words are the patterns of a branch of {@code case}. */
    static final String PATTERN = ";;pattern";

    /** Command of a statement behind a branch of {@code case} that goes on with the next. */
    static final String FALLS_THROUGH = ";&";

    /** What joins a statement to the one before. */
    enum Joint {
        /** A line end, a semicolon or a pipe. */
        NONE,
        /** {@code &&}: runs where the one before succeeded. */
        AND,
        /** {@code ||}: runs where the one before failed. */
        OR
    }

    /**
     * {@code NAME=value}, {@code NAME+=value}, {@code NAME=(values)} or {@code NAME+=(values)}.
     *
     * @param name the variable
     * @param appends whether the value goes behind the old one
     * @param list whether it is an array; its values are held with spaces between them
     * @param value the value
     */
    record Assignment(String name, boolean appends, boolean list, Word value) {}

    /** The first word where it has no variable in it; else empty. */
    String command() {
        return words.isEmpty() ? "" : words.get(0).literal().orElse("");
    }

    /** Whether it gives values to variables. */
    boolean assigns() {
        return !assignments.isEmpty() || words.stream().anyMatch(Word::assigns);
    }

    /** Whether some word is exactly this text. */
    boolean has(String text) {
        return words.stream()
                .anyMatch(word -> word.literal().filter(text::equals).isPresent());
    }
}
