package trainyard.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import trainyard.scenario.source.ExitCode;
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
        command.setExecutionStrategy(parsed -> {
            EmptyArguments.refuse(parsed);
            return new CommandLine.RunLast().execute(parsed);
        });
        command.setParameterExceptionHandler((failure, given) -> wrongUse(terminal, failure, given));
        try {
            return command.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | ExceptionInInitializerError failure) {
            return internal(terminal, failure, arguments);
        }
    }

    /** The command with all verbs. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine command = new CommandLine(new Trainyard(terminal));
        command.setOut(new PrintWriter(terminal.out(), true));
        command.setErr(new PrintWriter(terminal.err(), true));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setUsageHelpWidth(100);
        command.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        boolean colour = terminal.hasColour();
        command.setColorScheme(
                CommandLine.Help.defaultColorScheme(colour ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return command;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            meanings.put(String.format("%3d", code.code()), code.meaning());
        }
        return meanings;
    }

    private static int wrongUse(Terminal terminal, ParameterException failure, String[] arguments) {
        ScenarioException wrong = new ScenarioException(WrongUse.problem(failure));
        return report(terminal, wrong, WrongUse.usage(failure), arguments);
    }

    private static int report(Terminal terminal, Exception failure, String[] arguments) {
        if (failure instanceof ScenarioException wrong) {
            return report(terminal, wrong, "", arguments);
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
        return internal(terminal, failure, arguments);
    }

    /** Prints what is wrong and after it the advice, and under {@code --json} the document of errors. */
    private static int report(Terminal terminal, ScenarioException wrong, String advice, String[] arguments) {
        List<String> words = Arrays.asList(arguments);
        boolean colour = terminal.hasColour() && !words.contains("--no-color");
        terminal.err().print(new ProblemPrinter(colour).print(wrong.problems()) + advice);
        if (words.contains("--json")) {
            terminal.out().println(Json.problems(wrong));
        }
        return wrong.exitCode().code();
    }

    private static int internal(Terminal terminal, Throwable failure, String[] arguments) {
        Problem problem = Problem.of(
                Problem.Kind.INTERNAL,
                "internal failure: " + failure + at(failure),
                "this is a fault of Trainyard, not of your input; please report it with the scenario");
        terminal.err().println(problem.message());
        terminal.err().println("   = " + problem.hint());
        if (Arrays.asList(arguments).contains("--json")) {
            terminal.out().println(Json.problems(new ScenarioException(problem)));
        }
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
