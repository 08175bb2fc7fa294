package trainyard.scenario.importing.shell;

import java.util.Optional;

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
        return Truth.of(fits(text.get().text(), pattern.text()));
    }

    /**
     * Goes back to the last asterisk alone, which then stands for one character more: what an earlier one stands for never has to
     * change, so that the time is at most that of the product of the lengths.
     */
    private static boolean fits(String text, String pattern) {
        int at = 0;
        int of = 0;
        int asterisk = -1;
        int behind = 0;
        while (at < text.length()) {
            char next = of < pattern.length() ? pattern.charAt(of) : '\0';
            if (next == '*') {
                asterisk = of++;
                behind = at;
            } else if (of < pattern.length() && (next == '?' || next == text.charAt(at))) {
                at++;
                of++;
            } else if (asterisk >= 0) {
                of = asterisk + 1;
                at = ++behind;
            } else {
                return false;
            }
        }
        return pattern.substring(of).replace("*", "").isEmpty();
    }
}
