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
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:all went well",
            "  1:a fault of Trainyard itself",
            "  2:a mistake on the command line or in a scenario",
            "  3:the design cannot run: it does not fit in memory, or its processes wait for one another for ever",
            "  4:an expect or verify check failed, or solve found no value",
            "  5:an input file cannot be read",
            "130:interrupted; what was finished is kept and marked partial"
        })
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
