package trainyard.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import trainyard.report.document.ReportDocument;
import trainyard.report.draw.Layouts;
import trainyard.report.draw.NameColours;
import trainyard.report.export.AtomicFiles;
import trainyard.report.export.FileContent;
import trainyard.report.export.ManifestJson;
import trainyard.report.export.ResultsCsv;
import trainyard.report.export.ResultsJson;
import trainyard.report.export.TraceJson;
import trainyard.report.figure.Figure;
import trainyard.report.figure.Require;
import trainyard.report.html.ReportPage;
import trainyard.report.png.PngWriter;
import trainyard.report.svg.SvgWriter;

/**
 * Writes a report into a folder: {@code report.html}, {@code results.csv}, {@code results.json}, {@code timeline.json}
 * where there is one, {@code charts/NN-title.svg} and {@code .png}, the attachments and {@code manifest.json}.
 *
 * <p>Each file appears whole or not at all, and the manifest comes last: a folder with a manifest is complete. Apart from
 * PNG files the bytes follow from the report alone.
 */
public final class ReportWriter {

    private static final int LONGEST_SLUG = 48;
    private static final String MANIFEST = "manifest.json";

    /** Names that this class writes: a file of the folder or a chart. A manifest may have been edited. */
    private static final Pattern OUTPUT = Pattern.compile("(charts/)?[A-Za-z0-9][A-Za-z0-9._-]*");

    private ReportWriter() {}

    /** Whether PNG charts are written beside the SVG; painting them takes most of the time. */
    public enum Charts {
        /** SVG only. */
        SVG,
        /** SVG and PNG. */
        SVG_AND_PNG
    }

    private static String label(ReportDocument report) {
        return slug(report.name()) + "-" + report.reproduction().shortHash();
    }

    /**
     * Writes the report and returns the files in the order written.
     *
     * @param folder made where it does not exist; the files of an earlier report, which its manifest lists, are replaced
     * @throws IOException when a file cannot be written; what is complete stays, without a manifest
     */
    public static List<Path> write(ReportDocument report, Path folder, Charts charts) throws IOException {
        Map<String, FileContent> files = contents(report);
        removeEarlier(folder);
        Map<String, String> hashes = new LinkedHashMap<>();
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, FileContent> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            hashes.put(file.getKey(), AtomicFiles.write(target, file.getValue()));
            written.add(target);
        }
        if (charts == Charts.SVG_AND_PNG) {
            written.addAll(storePainted(report.figures(), folder));
        }
        String manifest = ManifestJson.of(report, hashes);
        written.add(store(folder, MANIFEST, manifest.getBytes(StandardCharsets.UTF_8)));
        return written;
    }

    /** All files whose bytes follow from the report alone, by name, in the order to write. */
    private static Map<String, FileContent> contents(ReportDocument report) {
        Map<String, FileContent> files = new LinkedHashMap<>();
        List<String> chartFiles = chartFiles(report.figures());
        put(files, "report.html", ReportPage.of(report, label(report), chartFiles));
        files.put("results.csv", out -> ResultsCsv.write(report.measurements(), out));
        files.put("results.json", out -> ResultsJson.write(report, out));
        report.timeline().ifPresent(trace -> put(files, "timeline.json", TraceJson.of(trace)));
        NameColours colours = NameColours.of(report.figures());
        for (int i = 0; i < chartFiles.size(); i++) {
            put(
                    files,
                    chartFiles.get(i),
                    SvgWriter.file(Layouts.of(report.figures().get(i), Layouts.WIDE, colours)));
        }
        report.attachments().forEach((name, content) -> put(files, attachment(name), content));
        return files;
    }

    /** A report that an earlier run left in the folder must not leave files that look like this one's. */
    private static void removeEarlier(Path folder) throws IOException {
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return;
        }
        List<String> earlier = ManifestJson.outputs(Files.readString(manifest));
        Files.delete(manifest);
        for (String name : earlier) {
            if (OUTPUT.matcher(name).matches()) {
                Files.deleteIfExists(folder.resolve(name));
                Files.deleteIfExists(folder.resolve(name.replaceFirst("svg$", "png")));
            }
        }
    }

    /** Paints the charts, several at the same time. */
    private static List<Path> storePainted(List<Figure> figures, Path folder) throws IOException {
        NameColours colours = NameColours.of(figures);
        List<byte[]> painted = figures.parallelStream()
                .map(figure -> PngWriter.png(figure, colours))
                .toList();
        List<String> chartFiles = chartFiles(figures);
        List<Path> written = new ArrayList<>();
        for (int i = 0; i < painted.size(); i++) {
            written.add(store(folder, chartFiles.get(i).replaceFirst("svg$", "png"), painted.get(i)));
        }
        return written;
    }

    private static Path store(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        AtomicFiles.write(file, bytes);
        return file;
    }

    private static void put(Map<String, FileContent> files, String name, String content) {
        FileContent before = files.put(name, FileContent.of(content.getBytes(StandardCharsets.UTF_8)));
        Require.that(before == null, "two files of the report are called '" + name + "'");
    }

    private static List<String> chartFiles(List<Figure> figures) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            String title = slug(figures.get(i).text().title());
            names.add(String.format(Locale.ROOT, "charts/%02d-%s.svg", i + 1, title));
        }
        return names;
    }

    /** Attachments lie in the folder itself and nowhere else. */
    private static String attachment(String name) {
        Require.that(
                name.matches("[A-Za-z0-9][A-Za-z0-9._-]*"),
                "attachment '" + name + "' must be a plain file name of letters, digits, '.', '_' and '-'");
        return name;
    }

    /** Lower-case letters and digits joined by hyphens, for file names on every system. */
    static String slug(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = plain.substring(0, Math.min(LONGEST_SLUG, plain.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "untitled" : cut;
    }
}
