package trainyard.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.answer.Selection;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.YamlReader;

/**
 * What to run: a scenario as named, or the one that a manifest belongs to.
 *
 * @param file the scenario
 * @param selection which part of the scenario the run to be repeated covered
 */
record Repeat(String file, Selection selection) {

    private static final String MANIFEST = "manifest.json";

    /**
     * Refuses a manifest where a scenario is read.
     *
     * @throws ScenarioException if the file is one, with the scenario that lies beside it
     */
    static void refuseManifest(String file) {
        Path path = Path.of(file);
        Path resolved = path.resolveSibling(Provision.RESOLVED);
        if (isManifest(path) && Files.exists(resolved)) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.FILE,
                    file + " is the manifest of a run, which trainyard run alone takes",
                    "name the scenario of that run: " + resolved));
        }
    }

    private static boolean isManifest(Path path) {
        return MANIFEST.equals(String.valueOf(path.getFileName()));
    }

    static Repeat of(String file) {
        Path path = Path.of(file);
        if (!isManifest(path)) {
            return new Repeat(file, new Selection(false, List.of()));
        }
        Node.Mapping manifest = YamlReader.read(SourceReader.file(path, Optional.empty()));
        String command = manifest.find("command").orElse(null) instanceof Node.Scalar scalar ? scalar.text() : "";
        return new Repeat(path.resolveSibling(Provision.RESOLVED).toString(), Selection.in(command));
    }
}
