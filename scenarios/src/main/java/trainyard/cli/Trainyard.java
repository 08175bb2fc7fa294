package trainyard.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself; the verbs do the work. */
@Command(
        name = "trainyard",
        description = "Answers what-if questions about distributed training and GPU clusters.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Run.class,
            Validate.class,
            Explain.class,
            Queue.class,
            Plan.class,
            Solve.class,
            Compare.class,
            Verify.class,
            Calibrate.class,
            Measure.class,
            Init.class,
            Import.class,
            Show.class,
            Schema.class,
            Completion.class
        },
        exitCodeListHeading = "%nExit codes:%n")
final class Trainyard implements Runnable {

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    Trainyard(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a verb is missing; trainyard --help lists them");
    }
}
