package trainyard.scenario.importing.kind;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import trainyard.parallel.job.TrainingJob;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Values;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.section.job.JobBinding;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.SourceText;

/** Training configurations of others, and what they become. */
final class Samples {

    private static final Path FOLDER = Path.of("src/test/resources/trainyard/importing");

    private static final Path SHIPPED = Path.of("gallery/import");

    private Samples() {}

    /** A file, under its name without folders. */
    static SourceText file(ImportKind kind, String name) {
        Path shipped = SHIPPED.resolve(name);
        Path path =
                Files.exists(shipped) ? shipped : FOLDER.resolve(kind.word()).resolve(name);
        return new SourceText(name, SourceReader.file(path, Optional.empty()).text());
    }

    static Draft read(ImportKind kind, Target target, String... names) {
        List<SourceText> sources =
                Arrays.stream(names).map(name -> file(kind, name)).toList();
        return kind.read(sources, target);
    }

    /** Nothing but a number of GPUs. */
    static Target gpus(int gpus) {
        return new Target(
                Optional.of(Found.option("--gpus", Integer.toString(gpus))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The job of the scenario as it is written, read back from its text. */
    static TrainingJob job(Draft draft) {
        Values values = Scenario.of(new SourceText("imported.yaml", draft.yaml()), Path.of(""), List.of())
                .values();
        return JobBinding.bind(values.get(ScenarioSection.CLUSTER), values.get(ScenarioSection.JOB));
    }

    static Draft deepSpeed(String text, Target target) {
        return ImportKind.DEEPSPEED.read(List.of(new SourceText("ds.json", text)), target);
    }

    static List<String> details(Draft draft) {
        return draft.log().lines().stream().map(ImportLog.Line::detail).toList();
    }
}
