package trainyard.cli;

import java.nio.file.Path;
import java.util.Optional;
import trainyard.scenario.answer.Provision;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.SourceReader;
import trainyard.scenario.source.YamlReader;

/**
 * What to run: a scenario as named, or the one that a manifest belongs to.
 *
 * @param file the scenario
 * @param quick whether the run to be repeated was quick
 */
record Repeat(String file, boolean quick) {

    private static final String MANIFEST = "manifest.json";

    static Repeat of(String file) {
        Path path = Path.of(file);
        if (!MANIFEST.equals(String.valueOf(path.getFileName()))) {
            return new Repeat(file, false);
        }
        Node.Mapping manifest = YamlReader.read(SourceReader.file(path, Optional.empty()));
        boolean quick = manifest.find("command").orElse(null) instanceof Node.Scalar command
                && command.text().contains(" --quick");
        return new Repeat(path.resolveSibling(Provision.RESOLVED).toString(), quick);
    }
}
