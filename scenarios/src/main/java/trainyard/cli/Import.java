package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.importing.kind.ImportKind;
import trainyard.scenario.resolve.Assignment;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ProblemPrinter;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.SourceText;

/** Makes a scenario of another tool's training configuration. */
@Command(
        name = "import",
        description = "Print the scenario that another tool's configuration describes; what was read,"
                + " inferred, assumed and ignored goes to standard error. The file is read, never executed.",
        mixinStandardHelpOptions = true)
final class Import implements Callable<Integer> {

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Option(names = "--gpus", paramLabel = "N", description = "GPUs in all.")
    private String gpus = "";

    @Option(names = "--gpus-per-node", paramLabel = "N", description = "GPUs of one server.")
    private String gpusPerNode = "";

    @Option(names = "--cluster", paramLabel = "PRESET", description = "Server, as show hardware lists it.")
    private String cluster = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Model as show presets lists it, or a Hugging Face config.json.")
    private String model = "";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Change a value of the scenario by its dotted path; repeatable.")
    private final List<String> assignments = new ArrayList<>();

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "deepspeed, megatron, calculon, huggingface or kubernetes.")
    private String kind;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "The configuration; - reads standard input. calculon and kubernetes take several files.")
    private List<String> files;

    @Override
    public Integer call() {
        ImportKind known = kind();
        List<SourceText> sources = files.stream().map(this::source).toList();
        Draft draft = known.read(sources, target());
        if (output.json()) {
            trainyard.terminal().out().println(document(known, draft).toPrettyString());
        } else {
            print(draft);
        }
        return ExitCode.OK.code();
    }

    private ImportKind kind() {
        List<String> words =
                Arrays.stream(ImportKind.values()).map(ImportKind::word).toList();
        return Arrays.stream(ImportKind.values())
                .filter(candidate -> candidate.word().equals(kind))
                .findFirst()
                .orElseThrow(() -> new ScenarioException(Problem.of(
                        Problem.Kind.PRESET,
                        "nothing to import as '" + kind + "'; there are " + String.join(" ", words),
                        Nearest.hint(kind, words))));
    }

    private SourceText source(String file) {
        return file.equals(ScenarioOptions.STANDARD_INPUT)
                ? SourceReader.stream("standard input", trainyard.terminal().in())
                : SourceReader.file(Path.of(file), Optional.empty());
    }

    private Target target() {
        return new Target(
                option("--gpus", gpus),
                option("--gpus-per-node", gpusPerNode),
                option("--cluster", cluster),
                option("--model", model),
                assignments.stream().map(Assignment::parse).toList());
    }

    private static Optional<Found> option(String name, String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Found.option(name, text));
    }

    private void print(Draft draft) {
        trainyard.terminal().out().print(draft.yaml());
        List<List<String>> rows = draft.log().lines().stream()
                .map(line -> List.of(
                        line.fate().word(),
                        printable(line.subject()),
                        printable(line.detail()),
                        line.position().map(Import::place).orElse("")))
                .toList();
        trainyard.terminal().err().print(new Listing(List.of("", "", "", ""), rows).text());
        String warnings = new ProblemPrinter(output.colour(trainyard.terminal()))
                .printWarnings(draft.log().warnings());
        trainyard.terminal().err().print(warnings);
    }

    private static String place(Position position) {
        String name = printable(position.source().name());
        return name.startsWith("--") || name.equals(Found.FILE) ? name : name + ":" + position.line();
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static ObjectNode document(ImportKind kind, Draft draft) {
        ObjectNode document =
                Json.object().put("ok", true).put("kind", kind.word()).put("scenario", draft.yaml());
        ArrayNode log = document.putArray("log");
        for (ImportLog.Line line : draft.log().lines()) {
            ObjectNode entry = log.addObject().put("fate", line.fate().word());
            line.position().ifPresent(position -> Json.put(entry, position));
            entry.put("subject", line.subject()).put("detail", line.detail());
        }
        ArrayNode warnings = document.putArray("warnings");
        draft.log().warnings().forEach(warning -> warnings.add(Json.problem(warning)));
        return document;
    }
}
