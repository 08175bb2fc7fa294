package trainyard.scenario.importing.shell;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a text fits a pattern of the shell, as far as the script itself tells. */
final class ShellPattern {

    private ShellPattern() {}

    /**
     * Asterisks stand for any characters and question marks for one; patterns with brackets are left undecided.
     *
     * @param text empty where it is not known
     */
    static Truth fits(Optional<TracedText> text, TracedText pattern) {
        if (text.isEmpty()
                || text.get().isUnread()
                || pattern.isUnread()
                || pattern.text().indexOf('[') >= 0) {
            return pattern.text().equals("*") && text.isPresent() ? Truth.YES : Truth.UNKNOWN;
        }
        StringBuilder regex = new StringBuilder();
        for (char character : pattern.text().toCharArray()) {
            regex.append(
                    switch (character) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(character));
                    });
        }
        return Truth.of(Pattern.compile(regex.toString(), Pattern.DOTALL)
                .matcher(text.get().text())
                .matches());
    }
}
