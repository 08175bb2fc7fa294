package trainyard.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A page with {@code console} blocks: lines that begin with {@code $} are commands, the lines after each are what it prints.
 * One line {@code ...} stands for the lines left out.
 */
final class ConsolePage {

    private static final String FENCE = "```";
    private static final String PROMPT = "$ ";
    private static final String LEFT_OUT = "...";

    private final UnaryOperator<String> shell;
    private final List<String> page = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private String command = "";

    private ConsolePage(UnaryOperator<String> shell) {
        this.shell = shell;
    }

    static boolean hasCommands(String page) {
        return page.contains(FENCE + "console\n");
    }

    /**
     * The page with the outputs that the commands give now. It equals the page where that is fresh.
     *
     * @param shell runs a command line and returns what it prints
     */
    static String refreshed(String page, UnaryOperator<String> shell) {
        return new ConsolePage(shell).refresh(page);
    }

    private String refresh(String text) {
        boolean inBlock = false;
        for (String line : text.split("\n", -1)) {
            if (!inBlock) {
                page.add(line);
                inBlock = line.equals(FENCE + "console");
            } else if (line.equals(FENCE) || line.startsWith(PROMPT)) {
                runLastCommand();
                page.add(line);
                command = line.equals(FENCE) ? "" : line.substring(PROMPT.length());
                inBlock = !line.equals(FENCE);
            } else {
                shown.add(line);
            }
        }
        return String.join("\n", page);
    }

    private void runLastCommand() {
        if (!command.isEmpty()) {
            String printed = shell.apply(command).stripTrailing();
            page.addAll(shortenedLike(shown, printed.isEmpty() ? List.of() : List.of(printed.split("[ \t]*\n"))));
        }
        shown.clear();
    }

    /** As many lines before and after those left out as the page shows. */
    private static List<String> shortenedLike(List<String> shown, List<String> printed) {
        int first = shown.indexOf(LEFT_OUT);
        int last = shown.size() - first - 1;
        if (first < 0 || first + last >= printed.size()) {
            return printed;
        }
        List<String> lines = new ArrayList<>(printed.subList(0, first));
        lines.add(LEFT_OUT);
        lines.addAll(printed.subList(printed.size() - last, printed.size()));
        return lines;
    }
}
