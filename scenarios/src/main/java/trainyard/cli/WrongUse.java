package trainyard.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;

/** A command line with an unknown verb, an unknown option, or an argument that is missing or cannot be read. */
final class WrongUse {

    private WrongUse() {}

    /** What is wrong, with the nearest word and the verbs where the verb is unknown. */
    static Problem problem(ParameterException failure) {
        List<String> notes = new ArrayList<>();
        String hint = "";
        if (failure instanceof UnmatchedArgumentException unmatched) {
            CommandLine command = failure.getCommandLine();
            hint = Nearest.hint(unmatched.getUnmatched().get(0), words(command));
            Set<String> verbs = command.getSubcommands().keySet();
            if (!verbs.isEmpty()) {
                notes.add("verbs: " + String.join(" ", verbs));
            }
        }
        return new Problem(Problem.Kind.COMMAND, message(failure), Optional.empty(), hint, notes);
    }

    /** How to call the verb, in lines that fit a terminal. */
    static String usage(ParameterException failure) {
        String synopsis = failure.getCommandLine().getHelp().synopsis(0).strip();
        return "   = usage: " + synopsis + System.lineSeparator();
    }

    private static String message(ParameterException failure) {
        boolean hasVerbs = !failure.getCommandLine().getSubcommands().isEmpty();
        if (hasVerbs && failure instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-") ? failure.getMessage() : "unknown verb '" + first + "'";
        }
        return failure.getMessage();
    }

    private static List<String> words(CommandLine command) {
        List<String> words = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec().options().forEach(option -> words.addAll(List.of(option.names())));
        return words;
    }
}
