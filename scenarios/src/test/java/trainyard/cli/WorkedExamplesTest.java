package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.Goldens;

/**
 * The code of the pages under docs/extending is code that is compiled and tested: every block of Java, JSON or YAML stands,
 * line by line, in a file of the main or test sources of some module.
 */
class WorkedExamplesTest {

    private static final Path PROJECT = Goldens.project();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(java|json|yaml)\n(.*?)^ *```$");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve("docs/extending"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockStandsInASourceFile(Path page) {
        for (MatchResult block : BLOCK.matcher(read(page)).results().toList()) {
            String extension = "." + block.group(2);
            List<String> lines = block.group(3).strip().stripIndent().lines().toList();
            assertThat(sources(extension).filter(source -> holds(source, lines)))
                    .as("source files that hold this block of %s:%n%s", page, block.group(3))
                    .isNotEmpty();
        }
    }

    /** A page that shows how to add what users add most often shows it with code. */
    @ParameterizedTest
    @ValueSource(
            strings = {"add-a-model.md", "add-a-schedule.md", "add-a-gpu.md", "add-a-precision.md", "add-a-study.md"})
    void aPageHasAWorkedExample(String page) {
        assertThat(BLOCK.matcher(read(PROJECT.resolve("docs/extending").resolve(page)))
                        .results())
                .isNotEmpty();
    }

    @Test
    void aChangedLineIsFound() {
        List<String> source = List.of("class A {", "    int b;", "}");

        assertThat(holds(source, List.of("class A {", "    int b;"))).isTrue();
        assertThat(holds(source, List.of("int b;"))).isTrue();
        assertThat(holds(source, List.of("class A {", "    int c;"))).isFalse();
        assertThat(holds(source, List.of("    int b;", "}", "}"))).isFalse();
    }

    private static Stream<List<String>> sources(String extension) {
        try (Stream<Path> modules = Files.list(PROJECT)) {
            return modules
                    .map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(WorkedExamplesTest::files)
                    .filter(file -> file.toString().endsWith(extension))
                    .map(file -> read(file).lines().toList())
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the lines follow each other in the source, at whatever depth. */
    private static boolean holds(List<String> source, List<String> lines) {
        for (int from = 0; from + lines.size() <= source.size(); from++) {
            if (source.get(from).endsWith(lines.get(0))
                    && unindented(source.subList(from, from + lines.size())).equals(unindented(lines))) {
                return true;
            }
        }
        return false;
    }

    private static String unindented(List<String> lines) {
        return String.join("\n", lines).stripIndent().strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
