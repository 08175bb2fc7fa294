package trainyard.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ProblemPrinter;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.verify.VerificationDataException;
import trainyard.sim.csv.CsvException;
import trainyard.training.nativecode.NativeCodeException;

/** Entry point of the command {@code trainyard}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofProcess(), arguments));
    }

    /** Runs one command and returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        CommandLine command = commandLine(terminal);
        command.setExecutionExceptionHandler((failure, line, parsed) -> report(terminal, failure, arguments));
        command.setParameterExceptionHandler((failure, given) -> wrongUse(terminal, failure));
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | ExceptionInInitializerError failure) {
            return internal(terminal, failure);
        }
    }

    /** The command with all verbs. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine command = new CommandLine(new Trainyard(terminal));
        command.setOut(new PrintWriter(terminal.out(), true));
        command.setErr(new PrintWriter(terminal.err(), true));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setUsageHelpWidth(100);
        boolean colour = terminal.hasColour();
        command.setColorScheme(
                CommandLine.Help.defaultColorScheme(colour ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return command;
    }

    private static int wrongUse(Terminal terminal, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        terminal.err().println("error[command]: " + message(failure));
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String hint = Nearest.hint(unmatched.getUnmatched().get(0), words(command));
            terminal.err().print(hint.isEmpty() ? "" : "   = " + hint + System.lineSeparator());
            Set<String> verbs = command.getSubcommands().keySet();
            terminal.err()
                    .print(verbs.isEmpty() ? "" : "   = verbs: " + String.join(" ", verbs) + System.lineSeparator());
        }
        terminal.err().println("   = usage: " + command.getHelp().synopsis(0).strip());
        return ExitCode.BAD_INPUT.code();
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

    private static int report(Terminal terminal, Exception failure, String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        boolean json = words.contains("--json");
        boolean colour = terminal.hasColour() && !words.contains("--no-color");
        if (failure instanceof ScenarioException wrong) {
            terminal.err().print(new ProblemPrinter(colour).print(wrong.problems()));
            if (json) {
                terminal.out().println(Json.problems(wrong));
            }
            return wrong.exitCode().code();
        }
        if (failure instanceof CsvException || failure instanceof VerificationDataException) {
            ScenarioException unreadable =
                    new ScenarioException(Problem.of(Problem.Kind.DATA, failure.getMessage(), ""));
            return report(terminal, unreadable, arguments);
        }
        if (failure instanceof NativeCodeException missing) {
            Problem problem = Problem.of(Problem.Kind.NATIVE, missing.getMessage(), missing.remedy());
            return report(terminal, new ScenarioException(problem), arguments);
        }
        if (failure instanceof IOException unwritable) {
            Problem problem = Problem.of(
                    Problem.Kind.FILE, "cannot write: " + unwritable.getMessage(), "name another folder with -o");
            return report(terminal, new ScenarioException(problem), arguments);
        }
        return internal(terminal, failure);
    }

    private static int internal(Terminal terminal, Throwable failure) {
        terminal.err().println("internal failure: " + failure + at(failure));
        terminal.err()
                .println("   = this is a fault of Trainyard, not of your input; please report it with the scenario");
        return ExitCode.INTERNAL_FAILURE.code();
    }

    private static String at(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return frames.length == 0 ? "" : " at " + frames[0];
    }

    /** The folder that the command was unpacked or built in; the working folder where the launcher did not say. */
    static Path home() {
        return Path.of(System.getProperty("trainyard.home", ""));
    }
}
