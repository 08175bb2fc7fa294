package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.Goldens;

/** Every scenario of the gallery answers its question, and what it expects holds. */
class GalleryTest {

    private static final Path GALLERY = Goldens.project().resolve("scenarios/gallery");

    static Stream<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(GALLERY)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void answersItsQuestion(String name, @TempDir Path folder) {
        Cli cli = Cli.run(
                "run", "--quick", "-o", folder.toString(), GALLERY.resolve(name).toString());

        assertThat(cli.code()).as(cli.out() + cli.err()).isZero();
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(folder.resolve("results.json")).isNotEmptyFile();
    }
}
