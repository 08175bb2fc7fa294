package trainyard.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Problem;

/** Writes the reference of the command line in Markdown from the verbs themselves. */
final class CommandReference {

    private CommandReference() {}

    static String text() {
        CommandLine command = Main.commandLine(Terminal.ofProcess());
        StringBuilder page = new StringBuilder("# Command reference\n\n");
        page.append("Written from the code of the command; a test fails when it is stale.\n\n");
        page.append("`./trainyard VERB ...` in the project's folder builds once when needed and then starts.\n\n");
        page.append("| verb | what it does |\n|---|---|\n");
        Map<String, CommandLine> verbs = command.getSubcommands();
        verbs.forEach((name, verb) -> page.append("| [`")
                .append(name)
                .append("`](#")
                .append(name)
                .append(") | ")
                .append(description(verb.getCommandSpec()))
                .append(" |\n"));
        verbs.forEach((name, verb) -> append(page, name, verb.getCommandSpec()));
        page.append("\n## Exit codes\n\n| code | meaning |\n|---|---|\n");
        for (ExitCode code : ExitCode.values()) {
            page.append("| ")
                    .append(code.code())
                    .append(" | ")
                    .append(code.meaning())
                    .append(" |\n");
        }
        appendErrors(page);
        return page.toString();
    }

    private static void appendErrors(StringBuilder page) {
        String kinds = Arrays.stream(Problem.Kind.values())
                .map(kind -> "`" + kind.label() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
        page.append("\n## Errors as JSON\n\n")
                .append(
                        "With `--json`, what is wrong with the command line or with a file is one document on standard output:\n")
                .append(
                        "`{\"ok\": false, \"exit-code\": 2, \"errors\": [...]}`. Each error has `kind`, `message`, `hint` and")
                .append(
                        " `notes`, and\n`file`, `line` and `column` where it stands in a file. A fault of Trainyard itself")
                .append(" (code 1) is one of kind `internal`.\nKinds: ")
                .append(kinds)
                .append(".\n");
    }

    private static String description(CommandSpec verb) {
        return cell(verb.usageMessage().description());
    }

    private static void append(StringBuilder page, String name, CommandSpec verb) {
        page.append("\n## ")
                .append(name)
                .append("\n\n")
                .append(description(verb))
                .append("\n\n");
        page.append("| argument or option | meaning |\n|---|---|\n");
        for (PositionalParamSpec parameter : verb.positionalParameters()) {
            row(page, parameter.paramLabel(), parameter.description());
        }
        for (OptionSpec option : verb.options()) {
            String names = String.join(", ", List.of(option.names()));
            String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
            row(page, names + label, option.description());
        }
    }

    private static void row(StringBuilder page, String label, String[] description) {
        page.append("| `")
                .append(label)
                .append("` | ")
                .append(cell(description))
                .append(" |\n");
    }

    /** Descriptions are format strings, in which a per cent sign is written twice. */
    private static String cell(String[] lines) {
        return String.join(" ", lines).replace("%%", "%").replace("|", "\\|");
    }
}
