package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.source.ExitCode;

/** Prints a commented scenario to start from. */
@Command(
        name = "init",
        description = "Print a commented scenario to start from: trainyard init step > my.yaml",
        mixinStandardHelpOptions = true)
final class Init implements Callable<Integer> {

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NAME", defaultValue = "step", description = "Template; --list shows all.")
    private String name;

    @Option(names = "--list", description = "List the templates.")
    private boolean list;

    @Override
    public Integer call() {
        if (list) {
            printList();
        } else {
            String text = Templates.text(name);
            String json = Json.object().put("name", name).put("text", text).toPrettyString();
            trainyard.terminal().out().print(output.json() ? json + "\n" : text);
        }
        return ExitCode.OK.code();
    }

    private void printList() {
        if (!output.json()) {
            Templates.ALL.forEach(
                    (template, purpose) -> trainyard.terminal().out().printf("%-12s %s%n", template, purpose));
            return;
        }
        ArrayNode rows = Json.array();
        Templates.ALL.forEach(
                (template, purpose) -> rows.addObject().put("name", template).put("purpose", purpose));
        trainyard.terminal().out().println(rows.toPrettyString());
    }
}
