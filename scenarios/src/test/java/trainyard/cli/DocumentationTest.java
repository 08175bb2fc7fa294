package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.Goldens;

/** What README.md and the pages under docs show is what the commands do. */
class DocumentationTest {

    private static final Path PROJECT = Goldens.project();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

    private static final Map<String, String> VERIFIED = new HashMap<>();

    @TempDir
    private Path folder;

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            List<Path> pages = docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(PROJECT.resolve("README.md")), pages.stream());
        }
    }

    static Stream<Path> pagesWithCommands() throws IOException {
        return pages().filter(page -> ConsolePage.hasCommands(read(page)));
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void everyCommandPrintsWhatThePageShows(Path page) {
        PageShell shell = new PageShell(PROJECT, folder);

        Goldens.check(page, ConsolePage.refreshed(read(page), line -> run(shell, line)));
    }

    /** A verification takes seconds, several pages show it, and it depends on nothing that a page does. */
    private static String run(PageShell shell, String line) {
        return line.startsWith("./trainyard verify") ? VERIFIED.computeIfAbsent(line, shell::run) : shell.run(line);
    }

    @Test
    void theChartOfTheReadmeIsTheOneThatTheCommandWrites() throws IOException {
        String scenario =
                PROJECT.resolve("scenarios/gallery/gpt3-175b-step.yaml").toString();
        Cli.run("run", "-o", folder.toString(), scenario);

        String chart = Files.readString(folder.resolve("charts/01-where-the-time-of-a-step-goes.svg"));
        Goldens.check(PROJECT.resolve("docs/images/where-the-time-of-a-step-goes.svg"), chart);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFile(Path page) {
        LINK.matcher(read(page))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.startsWith("http"))
                .forEach(target -> assertThat(page.resolveSibling(target))
                        .as("link in %s", page)
                        .exists());
    }

    @Test
    void aStalePageIsFound() {
        String page = "```console\n$ ./trainyard --version\ntrainyard 0.0.0\n```\n";

        assertThat(ConsolePage.refreshed(page, command -> "trainyard 9.9.9\n"))
                .isEqualTo("```console\n$ ./trainyard --version\ntrainyard 9.9.9\n```\n");
    }

    @Test
    void linesLeftOutStayLeftOut() {
        String page = "```console\n$ ./trainyard show presets\nkind\n...\nlast\n```\n";

        assertThat(ConsolePage.refreshed(page, command -> "kind\na\nb\nlast\n")).isEqualTo(page);
        assertThat(ConsolePage.refreshed(page, command -> "kind\na\nb\nother\n"))
                .isNotEqualTo(page);
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
