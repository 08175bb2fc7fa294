package trainyard.faults.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedTracesTest {

    /** The list is that of the files, without the ending of compressed ones. */
    @Test
    void listsTheFiles() throws IOException, URISyntaxException {
        Path readme = Path.of(ShippedTraces.class
                .getResource("/trainyard/traces/failures/README.md")
                .toURI());
        try (Stream<Path> files = Files.walk(readme.getParent())) {
            List<String> names = files.filter(file -> Files.isRegularFile(file) && !file.equals(readme))
                    .map(file -> readme.getParent().relativize(file).toString().replace('\\', '/'))
                    .map(name -> name.replaceFirst("\\.gz$", ""))
                    .sorted()
                    .toList();
            assertThat(ShippedTraces.NAMES).isEqualTo(names);
        }
    }
}
