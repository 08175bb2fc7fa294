package trainyard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import trainyard.report.ReportWriter;
import trainyard.report.document.ReportDocument;

/** The report of verbs that write one only when they are told where. */
final class ReportOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            converter = OutputFolder.class,
            description = "Write a report with charts, and its data as CSV and JSON, into this folder.")
    private Optional<Path> folder;

    /** Whether a report is asked for. */
    boolean isGiven() {
        return folder.isPresent();
    }

    /** Writes the report where it is asked for, and returns what to tell about it. */
    Optional<String> write(Supplier<ReportDocument> report) throws IOException {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        List<Path> written = ReportWriter.write(report.get(), folder.get(), ReportWriter.Charts.SVG_AND_PNG);
        return Optional.of(wrote(folder.get(), written));
    }

    /** What a verb says of the files that it has written. */
    static String wrote(Path folder, List<Path> written) {
        return folder.resolve("report.html") + " and " + (written.size() - 1) + " more files";
    }
}
