package trainyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import trainyard.Goldens;

/**
 * The charts of README.md and of the pages under docs that show a scenario of the gallery. With {@code
 * -Dtrainyard.update=true} each is drawn anew from a full run; else those of scenarios that take no time are compared, of
 * the others that the scenario still has a chart of that title and that a page shows it.
 */
class GalleryChartsTest {

    private static final Path PROJECT = Goldens.project();
    private static final int LARGEST_BYTES = 60_000;

    @TempDir
    private Path folder;

    /**
     * A chart that a page shows.
     *
     * @param scenario of the gallery
     * @param title title of the chart
     * @param image file under docs/images
     * @param compared whether every build draws it anew
     */
    record Shown(String scenario, String title, String image, boolean compared) {

        Path file() {
            return PROJECT.resolve("docs/images").resolve(image + ".svg");
        }

        Path scenarioFile() {
            return PROJECT.resolve("scenarios/gallery").resolve(scenario + ".yaml");
        }
    }

    static Stream<Shown> shown() {
        return Stream.of(
                new Shown("fault-tolerant-llm", "Where the GPU time is lost", "where-the-gpu-time-is-lost", false),
                new Shown(
                        "checkpoint-interval",
                        "Effective training time over the checkpoint interval",
                        "checkpoint-interval",
                        false),
                new Shown("elastic-pool", "What the job does around its first failure", "first-failure", false),
                new Shown("multi-tenant", "GPUs of each team against its quota", "team-gpus", false),
                new Shown("ten-jobs", "Ten jobs with EASY backfill", "ten-jobs", true),
                new Shown("capacity-plan", "192 GPUs now, 8 more after a month, 16 after two", "capacity-plan", false),
                new Shown(
                        "fragmentation-on-philly",
                        "Mean completion time by speed across nodes",
                        "speed-across-nodes",
                        false),
                new Shown(
                        "gpus-and-batches",
                        "Completion times by goodput and by the choices of owners",
                        "gpus-and-batches",
                        false),
                new Shown("own-or-rent", "Cost of three years by GPUs that are needed", "own-or-rent", true),
                new Shown("spares-sweep", "Where the GPU time goes (repairs as recorded)", "spares-sweep", false),
                new Shown("deadlocks", "Who waits for whom with two orders of locks", "wait-for-graph", true),
                new Shown("split-brain", "Both sides of the cut", "split-brain", false),
                new Shown(
                        "checkpoints-beside-data",
                        "What the storage gives and takes",
                        "storage-shared-with-checkpoints",
                        true),
                new Shown("data-caches", "Hits in the second epoch over the size of the cache", "cache-hits", true),
                new Shown("best-and-worst-cases", "What moves the time to train", "what-moves-the-time", false),
                new Shown("best-and-worst-cases", "All good, as assumed, all bad", "best-and-worst", false),
                new Shown("measured-processes", "Loss by the clock", "measured-processes", true),
                new Shown("sync-vs-async", "By the clock asynchronous training is ahead", "sync-vs-async", false),
                new Shown("sync-vs-async", "By passes over the data it is not", "sync-vs-async-by-epoch", false),
                new Shown("recovery-winner-map", "The recovery with most training time", "winner-map", false));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void isTheChartOfItsScenario(Shown shown) throws IOException {
        if (Boolean.getBoolean("trainyard.update") || shown.compared()) {
            Cli run =
                    Cli.run("run", "-o", folder.toString(), shown.scenarioFile().toString());
            assertThat(run.code()).as(run.err()).isZero();
            Goldens.check(shown.file(), drawn(shown));
        }
        String svg = Files.readString(shown.file());
        assertThat(svg).contains("<title id=\"figure-t\">" + shown.title() + "</title>");
        assertThat(svg.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LARGEST_BYTES);
        // The values that a chart keeps fixed stand in brackets behind the title that the scenario states.
        String stated = shown.title().replaceFirst(" [(].*", "");
        assertThat(Files.readString(shown.scenarioFile())).contains(stated);
    }

    private String drawn(Shown shown) throws IOException {
        try (Stream<Path> charts = Files.list(folder.resolve("charts"))) {
            for (Path chart :
                    charts.filter(file -> file.toString().endsWith(".svg")).toList()) {
                String svg = Files.readString(chart);
                if (svg.contains(">" + shown.title() + "</title>")) {
                    return svg;
                }
            }
        }
        throw new AssertionError(shown.scenario() + " draws no chart of the title " + shown.title());
    }

    /** No page shows a chart that nothing renews, and none is renewed that no page shows. */
    @Test
    void pagesShowWhatIsRenewed() throws IOException {
        String pages = Files.readString(PROJECT.resolve("README.md"));
        for (String page : List.of(
                "model/costs",
                "model/faults",
                "model/coordination",
                "model/data-path",
                "studies",
                "clusters",
                "sgd",
                "dl4j")) {
            pages += Files.readString(PROJECT.resolve("docs").resolve(page + ".md"));
        }
        for (Shown one : shown().toList()) {
            assertThat(pages).contains("images/" + one.image() + ".svg");
        }
    }
}
