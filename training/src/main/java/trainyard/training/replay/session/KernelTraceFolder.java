package trainyard.training.replay.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import trainyard.training.calibration.measure.Work;
import trainyard.training.replay.KernelTrace;
import trainyard.training.replay.KernelTraceException;
import trainyard.training.replay.KernelTraceFile;

/**
 * Traces in a folder, a file for each job.
 *
 * @param folder where they are
 */
public record KernelTraceFolder(Path folder) implements JobTraces {

    @Override
    public boolean has(Work.Job job) {
        return Files.exists(file(job));
    }

    @Override
    public KernelTrace trace(Work.Job job) {
        return KernelTraceFile.read(file(job));
    }

    /** All traces, in the order of their files' names. */
    public List<KernelTrace> all() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder, "*.json")) {
            listed.forEach(files::add);
        } catch (IOException unreadable) {
            throw new KernelTraceException(folder + ": no folder of traces that can be read", unreadable);
        }
        return files.stream().sorted().map(KernelTraceFile::read).toList();
    }

    /** Writes the traces of jobs. */
    public void write(JobTraces source, List<Work.Job> jobs) {
        try {
            Files.createDirectories(folder);
            for (Work.Job job : jobs) {
                if (source.has(job)) {
                    Files.writeString(file(job), KernelTraceFile.text(source.trace(job)));
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Path file(Work.Job job) {
        return folder.resolve(job.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".json");
    }
}
