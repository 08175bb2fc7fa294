package trainyard.scenario.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import trainyard.Goldens;
import trainyard.scenario.Scenario;
import trainyard.scenario.source.Node;

/** The scenarios of the gallery, from which random ones are made. */
final class GallerySeeds {

    /** Where they lie; paths in them start there. */
    static final Path FOLDER = Goldens.project().resolve("scenarios/gallery");

    private GallerySeeds() {}

    static List<Node.Mapping> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> Scenario.read(file, List.of()).tree())
                    .toList();
        }
    }
}
