package trainyard.scenario.importing.megatron;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.shell.ShellScript;
import trainyard.scenario.importing.shell.ShellScript.Command;
import trainyard.scenario.importing.shell.TracedText;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Commands of a script that train, beside the text that is read. */
final class UnreadCommands {

    /** Flags that training needs, in contrast to tools that convert checkpoints or prepare data. */
    private static final Set<String> TRAINING =
            Set.of("num-layers", "micro-batch-size", "batch-size", "global-batch-size");

    /** Commands that only say what others do. */
    private static final Set<String> SAYING = Set.of("echo", "printf", "cat", ":");

    private final ShellScript script;
    private final Set<String> known;

    /**
     * @param known flags that are read
     */
    UnreadCommands(ShellScript script, Set<String> known) {
        this.script = script;
        this.known = known;
    }

    /** Whether a text is a command that begins with a flag, which none does: the lines before it were meant to go on. */
    boolean isCutOff(TracedText text) {
        return text.text().startsWith("--") && script.commands().stream().anyMatch(command -> command.text() == text);
    }

    /**
     * Refuses a script of which nothing can be read because a part that is not followed holds its command.
     *
     * @throws ScenarioException if there is such a part
     */
    void requireNone() {
        script.hereDocuments().stream()
                .filter(line -> !LaunchFlags.words(line, known).isEmpty())
                .findFirst()
                .ifPresent(this::refuseDocument);
        script.commands().stream()
                .filter(command -> command.part().isPresent() && !flags(command).isEmpty())
                .max(Comparator.comparingInt(command -> flags(command).size()))
                .ifPresent(UnreadCommands::refuse);
    }

    /**
     * Warns of each command that trains otherwise than the one that is read.
     *
     * @param read the text that is read
     * @throws ScenarioException if the text is only a part of the arguments of such a command, which is not followed
     */
    void tell(TracedText read, ImportLog log) {
        Map<String, List<String>> flags = LaunchFlags.words(read, known);
        Optional<Position> start = script.commands().stream()
                .filter(command -> command.text() == read)
                .findFirst()
                .map(Command::position);
        for (Command command : script.commands()) {
            if (isCutOff(command.text())) {
                warnOfCut(command, log);
                continue;
            }
            Map<String, List<String>> own = flags(command);
            boolean followed = command.part().isEmpty();
            boolean adds = followed ? !own.equals(flags) : !flags.entrySet().containsAll(own.entrySet());
            if (adds && own.keySet().stream().anyMatch(TRAINING::contains)) {
                if (!followed && start.isEmpty() && own.size() > flags.size()) {
                    refuse(command);
                }
                warn(command, start.orElseGet(() -> script.position(read)), log);
            }
        }
    }

    /** Flags that are read, with their values; none of a command that only prints. */
    private Map<String, List<String>> flags(Command command) {
        String first = command.text().text().split("\\s", 2)[0];
        return SAYING.contains(first) ? Map.of() : LaunchFlags.words(command.text(), known);
    }

    private static void warn(Command command, Position read, ImportLog log) {
        String part = command.part()
                .map(start -> ", in a part from line " + start.line() + " on that is not followed")
                .orElse("");
        log.warn(Problem.at(
                command.position(),
                Problem.Kind.PLAN,
                "a second command has arguments of training" + part + "; the one of line " + read.line() + " is read",
                "import a copy of the script with one of them for each scenario"));
    }

    private static void warnOfCut(Command command, ImportLog log) {
        log.warn(Problem.at(
                command.position(),
                Problem.Kind.SYNTAX,
                "no command begins with " + command.text().words().get(0) + "; the one above ends before this line",
                "a shell would not hand these flags on; a comment, or a line without \\ at its end, ends a command"));
    }

    private void refuseDocument(TracedText line) {
        throw new ScenarioException(Problem.at(
                script.position(line),
                Problem.Kind.VALUE,
                "the command that trains is in a here-document, which is input of another command and not followed",
                "save its lines as a script of their own"));
    }

    private static void refuse(Command command) {
        int line = command.part().orElseGet(command::position).line();
        throw new ScenarioException(Problem.at(
                command.position(),
                Problem.Kind.VALUE,
                "the command that trains is in a part of the script that is not followed, from line " + line + " on",
                "functions, loops and conditions that only a running shell knows are left out; write the command"
                        + " outside of them in a copy of the script"));
    }
}
