package trainyard.cli;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Refuses arguments of nothing but spaces. They are what a shell makes of a variable that is not set, and each verb would take them for
 * something else: the working folder, a word without letters or an option that was left out.
 */
final class EmptyArguments {

    private EmptyArguments() {}

    /**
     * @throws ParameterException naming the first that is empty
     */
    static void refuse(ParseResult parsed) {
        for (ParseResult verb = parsed; verb != null; verb = verb.hasSubcommand() ? verb.subcommand() : null) {
            for (ArgSpec argument : verb.matchedArgs()) {
                List<String> written = argument.originalStringValues();
                if (written.stream().anyMatch(String::isBlank)) {
                    throw new ParameterException(
                            verb.commandSpec().commandLine(),
                            name(argument) + " is empty; is it a shell variable that is not set?");
                }
            }
        }
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
