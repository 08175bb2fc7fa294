package trainyard.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.report.ReportWriter.Charts;
import trainyard.report.document.ReportDocument;

class ReportWriterTest {

    @Test
    void writesTheDocumentedFilesWithTheManifestLast(@TempDir Path folder) throws IOException {
        ReportDocument report = GalleryReport.bare("Small")
                .figures(List.of(GalleryOfFigures.all().get("waterfall")))
                .timeline(GalleryReport.full().timeline().orElseThrow())
                .attachment("scenario.resolved.yaml", "name: small\n")
                .build();
        Path target = folder.resolve("small");
        List<Path> written = ReportWriter.write(report, target, Charts.SVG_AND_PNG);
        assertThat(written.stream().map(file -> target.relativize(file).toString()))
                .containsExactly(
                        "report.html",
                        "results.csv",
                        "results.json",
                        "timeline.json",
                        "charts/01-where-the-step-time-goes.svg",
                        "scenario.resolved.yaml",
                        "charts/01-where-the-step-time-goes.png",
                        "manifest.json");
        assertThat(written).allSatisfy(file -> assertThat(file).isNotEmptyFile());
        try (var files = Files.walk(target)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(written);
        }
    }

    @Test
    void theSameReportGivesTheSameBytesInAnyLocaleZoneAndFolder(@TempDir Path folder) throws IOException {
        List<Path> first = write(folder.resolve("a"));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            List<Path> second = write(folder.resolve("b"));
            assertThat(second).hasSameSizeAs(first);
            for (int i = 0; i < first.size(); i++) {
                assertThat(second.get(i)).hasSameBinaryContentAs(first.get(i));
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static List<Path> write(Path folder) throws IOException {
        return ReportWriter.write(GalleryReport.full(), folder, Charts.SVG);
    }

    @Test
    void chartsOfAnEarlierReportInTheSameFolderGo(@TempDir Path folder) throws IOException {
        write(folder);
        Path foreign = Files.writeString(folder.resolve("charts/mine.svg"), "<svg/>");
        ReportDocument fewer = GalleryReport.bare("Small")
                .figures(List.of(GalleryOfFigures.all().get("waterfall")))
                .build();
        List<Path> written = ReportWriter.write(fewer, folder, Charts.SVG);
        try (var charts = Files.list(folder.resolve("charts"))) {
            assertThat(charts)
                    .containsExactlyInAnyOrder(foreign, folder.resolve("charts/01-where-the-step-time-goes.svg"));
        }
        assertThat(written).doesNotContain(foreign);
    }

    /** The manifest of the earlier report lists them; what it does not list, or lists elsewhere, is not ours to delete. */
    @Test
    void otherFilesOfAnEarlierReportGoToo(@TempDir Path folder) throws IOException {
        ReportWriter.write(
                GalleryReport.bare("Small").attachment("rows.csv", "a").build(), folder, Charts.SVG);
        Path mine = Files.writeString(folder.resolve("mine.csv"), "b");
        Path outside = Files.writeString(folder.resolveSibling("outside.csv"), "c");
        Path manifest = folder.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"rows.csv\"", "\"../" + outside.getFileName() + "\": \"\", \"rows.csv\""));
        ReportWriter.write(GalleryReport.bare("Small").build(), folder, Charts.SVG);

        assertThat(folder.resolve("rows.csv")).doesNotExist();
        assertThat(mine).exists();
        assertThat(outside).exists();
        Files.delete(outside);
    }

    @Test
    void attachmentsCannotLeaveTheFolder(@TempDir Path folder) {
        ReportDocument report =
                GalleryReport.bare("Sly").attachment("../escaped.txt", "x").build();
        assertThatThrownBy(() -> ReportWriter.write(report, folder.resolve("out"), Charts.SVG))
                .hasMessageContaining("attachment '../escaped.txt' must be a plain file name");
        assertThat(folder.resolve("escaped.txt")).doesNotExist();
    }

    @Test
    void attachmentsCannotReplaceAReportFile(@TempDir Path folder) {
        ReportDocument report =
                GalleryReport.bare("Sly").attachment("results.csv", "x").build();
        assertThatThrownBy(() -> ReportWriter.write(report, folder, Charts.SVG))
                .hasMessage("two files of the report are called 'results.csv'");
    }

    @Test
    void namesBecomeSafeFolderNames() {
        assertThat(ReportWriter.slug("../../etc: GPT-3 175B (1,024 × A100)")).isEqualTo("etc-gpt-3-175b-1-024-a100");
        assertThat(ReportWriter.slug("日本")).isEqualTo("untitled");
        assertThat(ReportWriter.slug("x".repeat(200))).hasSize(48);
    }
}
