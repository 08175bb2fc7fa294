package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.Goldens;

/** Each wrong scenario in {@code errors} stands beside the exact message and exit code that it must give. */
class ErrorMessagesTest {

    private static final Path FOLDER = Path.of("src/test/resources/trainyard/cli/errors");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".txt"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWrongScenarioGivesItsMessage(String name) {
        Cli cli = Cli.run("validate", FOLDER.resolve(name).toString());

        String shown = cli.err().replace(FOLDER + "/", "") + "exit code " + cli.code() + "\n";
        assertThat(cli.out()).isEmpty();
        assertThat(shown).doesNotContain("Exception").doesNotContain("internal failure");
        assertThat(cli.code()).isIn(2, 3, 5);
        Goldens.check(FOLDER.resolve(name.replaceFirst("\\.[a-z]+$", ".txt")), shown);
    }

    @Test
    void aMissingFileNamesTheNearest() {
        Cli cli = Cli.run("run", FOLDER.resolve("ambiguos-unit.yaml").toString());

        assertThat(cli.code()).isEqualTo(5);
        assertThat(cli.err()).contains("error[file]: no such file").contains("did you mean 'ambiguous-unit.yaml'?");
    }

    @Test
    void aFolderIsNoScenario() {
        assertThat(Cli.run("run", FOLDER.toString()).err()).contains("is a folder");
    }

    @Test
    void aHugeFileIsRefusedUnread(@TempDir Path folder) throws IOException {
        Path huge = folder.resolve("huge.yaml");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(100L * 1024 * 1024);
        }

        Cli cli = Cli.run("validate", huge.toString());

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.err()).contains("error[limit]").contains("is larger than 4 MiB");
    }

    @Test
    void manyErrorsAreReportedTogetherAndAsJson() {
        Cli cli = Cli.run(
                "validate", "--json", FOLDER.resolve("several-errors.yaml").toString());

        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out())
                .contains("\"ok\" : false")
                .contains("\"kind\" : \"preset\"")
                .contains("\"line\" : 5");
        assertThat(cli.err().split("error\\[")).hasSize(4);
    }
}
