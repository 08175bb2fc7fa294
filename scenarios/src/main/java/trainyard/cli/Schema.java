package trainyard.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.reference.SchemaDocument;
import trainyard.scenario.source.ExitCode;

/** Prints the JSON schema of scenarios, from which editors complete and check. */
@Command(
        name = "schema",
        description = "Print the JSON schema of scenarios, from which editors complete and check.",
        mixinStandardHelpOptions = true)
final class Schema implements Callable<Integer> {

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        trainyard.terminal().out().print(SchemaDocument.text());
        return ExitCode.OK.code();
    }
}
