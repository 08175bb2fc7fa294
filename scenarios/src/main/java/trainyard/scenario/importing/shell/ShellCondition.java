package trainyard.scenario.importing.shell;

import java.util.List;
import java.util.Set;

/** Decides {@code [ ... ]}, {@code [[ ... ]]} and {@code test} from the text of their words. */
final class ShellCondition {

    private static final Set<String> OPENING = Set.of("[", "[[", "test");
    private static final Set<String> CLOSING = Set.of("]", "]]");

    private ShellCondition() {}

    /** Whether a command is a test at all. */
    static boolean isTest(List<TracedText> words) {
        return !words.isEmpty() && OPENING.contains(words.get(0).text());
    }

    /** Whether a command would succeed; a command that is no test is not known. */
    static Truth of(List<TracedText> words) {
        if (words.size() == 1 && Set.of("true", "false").contains(words.get(0).text())) {
            return Truth.of(words.get(0).text().equals("true"));
        }
        if (!isTest(words) || words.stream().anyMatch(TracedText::isUnread)) {
            return Truth.UNKNOWN;
        }
        boolean closed = CLOSING.contains(words.get(words.size() - 1).text());
        List<String> inner = words.subList(1, words.size() - (closed ? 1 : 0)).stream()
                .map(TracedText::text)
                .toList();
        return !inner.isEmpty() && inner.get(0).equals("!")
                ? test(inner.subList(1, inner.size())).not()
                : test(inner);
    }

    private static Truth test(List<String> words) {
        return switch (words.size()) {
            case 1 -> Truth.of(!words.get(0).isEmpty());
            case 2 -> onOne(words.get(0), words.get(1));
            case 3 -> compare(words.get(0), words.get(1), words.get(2));
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth onOne(String operator, String text) {
        return switch (operator) {
            case "-z" -> Truth.of(text.isEmpty());
            case "-n" -> Truth.of(!text.isEmpty());
            default -> Truth.UNKNOWN;
        };
    }

    private static Truth compare(String left, String operator, String right) {
        return switch (operator) {
            case "=", "==" -> matches(left, right);
            case "!=" -> matches(left, right).not();
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge" -> order(left, operator, right);
            default -> Truth.UNKNOWN;
        };
    }

    /** A right side with wildcards is a pattern, which is left undecided. */
    private static Truth matches(String left, String right) {
        return right.matches(".*[*?\\[].*") ? Truth.UNKNOWN : Truth.of(left.equals(right));
    }

    private static Truth order(String left, String operator, String right) {
        if (!left.matches("-?[0-9]{1,18}") || !right.matches("-?[0-9]{1,18}")) {
            return Truth.UNKNOWN;
        }
        int order = Long.compare(Long.parseLong(left), Long.parseLong(right));
        return Truth.of(
                switch (operator) {
                    case "-eq" -> order == 0;
                    case "-ne" -> order != 0;
                    case "-lt" -> order < 0;
                    case "-le" -> order <= 0;
                    case "-gt" -> order > 0;
                    default -> order >= 0;
                });
    }
}
