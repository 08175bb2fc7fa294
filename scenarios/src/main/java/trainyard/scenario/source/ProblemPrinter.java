package trainyard.scenario.source;

import java.util.List;

/** Prints problems with the line they stand in and a mark below the place. */
public final class ProblemPrinter {

    private static final int MAX_SHOWN = 20;
    private static final int MAX_LINE = 160;
    private static final int MAX_MESSAGE = 400;
    private static final String RED = "\u001b[1;31m";
    private static final String RESET = "\u001b[0m";

    private final boolean colour;

    public ProblemPrinter(boolean colour) {
        this.colour = colour;
    }

    /** All problems, at most twenty, as text that ends with a line end. */
    public String print(List<Problem> problems) {
        return print(problems, "error");
    }

    /** The same for what is probably a mistake but stops nothing. */
    public String printWarnings(List<Problem> warnings) {
        return print(warnings, "warning");
    }

    private String print(List<Problem> problems, String word) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(problems.size(), MAX_SHOWN); i++) {
            if (i > 0) {
                out.append('\n');
            }
            append(out, problems.get(i), word);
        }
        if (problems.size() > MAX_SHOWN) {
            out.append("\n... and ")
                    .append(problems.size() - MAX_SHOWN)
                    .append(" more ")
                    .append(word)
                    .append("s\n");
        }
        return out.toString();
    }

    private void append(StringBuilder out, Problem problem, String word) {
        String head = word + "[" + problem.kind().label() + "]";
        out.append(colour ? RED + head + RESET : head).append(": ");
        out.append(printable(brief(problem.message()))).append('\n');
        if (problem.position().isPresent()) {
            appendExcerpt(out, problem.position().get(), problem.hint());
        } else if (!problem.hint().isEmpty()) {
            out.append("   = ").append(printable(problem.hint())).append('\n');
        }
        for (String note : problem.notes()) {
            out.append("   = ").append(printable(note)).append('\n');
        }
    }

    private static void appendExcerpt(StringBuilder out, Position position, String hint) {
        String number = Integer.toString(position.line());
        String gutter = " ".repeat(number.length());
        String line = printable(position.source().line(position.line()));
        int start = Math.min(position.column() - 1, line.length());
        int cut = start > MAX_LINE - 40 ? start - 40 : 0;
        String shown = line.substring(cut, Math.min(line.length(), cut + MAX_LINE));
        int marks = Math.max(1, Math.min(position.length(), shown.length() - (start - cut)));
        out.append(gutter).append("--> ").append(position.label()).append('\n');
        out.append(gutter).append(" |\n");
        out.append((number + " | " + shown).stripTrailing()).append('\n');
        out.append(gutter).append(" | ").append(" ".repeat(start - cut)).append("^".repeat(marks));
        out.append(hint.isEmpty() ? "" : " " + printable(hint)).append('\n');
    }

    /** Control characters would move the cursor of a terminal; each is shown as one neutral character. */
    private static String printable(String text) {
        return text.replace('\t', ' ').replaceAll("\\p{Cntrl}", "?");
    }

    private static String brief(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
    }
}
