package trainyard.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.source.ExitCode;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = "Print a script that completes verbs and options: source <(trainyard completion bash).",
        mixinStandardHelpOptions = true)
final class Completion implements Callable<Integer> {

    /** Shells that the script works in. */
    enum Shell {
        BASH,
        ZSH
    }

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.", defaultValue = "bash")
    private Shell shell;

    @Override
    public Integer call() {
        String script = AutoComplete.bash("trainyard", Main.commandLine(trainyard.terminal()));
        String whole = shell == Shell.ZSH ? "autoload -U +X bashcompinit && bashcompinit\n" + script : script;
        String json = Json.object()
                .put("shell", shell.name().toLowerCase(Locale.ROOT))
                .put("script", whole)
                .toPrettyString();
        trainyard.terminal().out().print(output.json() ? json + "\n" : whole);
        return ExitCode.OK.code();
    }
}
