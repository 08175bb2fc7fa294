package trainyard.scenario.section.jobs.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Position;

/**
 * Where a trace is found: a path relative to the folder of the scenario, or {@code shipped:} and the path of one that comes
 * with the product.
 *
 * @param kind the folder of shipped traces, such as {@code failures}
 * @param folder the folder of the scenario
 * @param name as written
 */
public record TracePath(String kind, String folder, String name) {

    private static final String SHIPPED = "shipped:";

    /** The lists of jobs among what is shipped. */
    static final List<String> SHIPPED_JOBS = List.of(
            "philly/philly.csv",
            "openb/openb_pod_list_default.csv",
            "tiresias/60_job.csv",
            "muri/trace1.csv",
            "muri/trace3.csv",
            "muri/trace4.csv",
            "gavel/max_min_fairness.trace",
            "gavel/minimize_makespan.trace");

    /** The path as it is written at a place of a scenario. */
    static TracePath of(String kind, String name, Position position) {
        boolean shipped = name.startsWith(SHIPPED);
        return new TracePath(kind, shipped ? "" : folder(position.source().name()), name);
    }

    private static String folder(String scenario) {
        try {
            return Optional.ofNullable(Path.of(scenario).getParent())
                    .map(Path::toString)
                    .orElse("");
        } catch (InvalidPathException noFile) {
            return "";
        }
    }

    /**
     * @throws TraceException if there is no such trace
     */
    TraceFile open() {
        if (name.startsWith(SHIPPED)) {
            return TraceFolder.shipped(kind)
                    .file(name.substring(SHIPPED.length()))
                    .orElseThrow(() -> new TraceException(name + ": no such trace is shipped"));
        }
        try {
            return TraceFile.of(Path.of(folder).resolve(name));
        } catch (InvalidPathException unreadable) {
            throw new TraceException(name + ": is no path", unreadable);
        }
    }

    /** What may have been meant where there is no such file: those beside it that are spelt alike, or those that are shipped. */
    Optional<String> insteadOfMissing() {
        if (name.startsWith(SHIPPED)) {
            List<String> lists = SHIPPED_JOBS.stream().map(SHIPPED::concat).toList();
            boolean there = TraceFolder.shipped(kind)
                    .file(name.substring(SHIPPED.length()))
                    .isPresent();
            String near = Nearest.hint(name, lists);
            return there
                    ? Optional.empty()
                    : Optional.of(near.isEmpty() ? "lists that are shipped: " + String.join(" ", lists) : near);
        }
        try {
            Path path = Path.of(folder).resolve(name).toAbsolutePath();
            return Files.exists(path) || path.getParent() == null
                    ? Optional.empty()
                    : Optional.of(beside(path)).filter(near -> !near.isEmpty());
        } catch (InvalidPathException unreadable) {
            return Optional.empty();
        }
    }

    private static String beside(Path path) {
        Path folder = path.getParent();
        if (!Files.isDirectory(folder)) {
            return "the folder " + folder + " does not exist either";
        }
        try (Stream<Path> files = Files.list(folder)) {
            return Nearest.hint(
                    path.getFileName().toString(),
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .sorted()
                            .toList());
        } catch (IOException unreadable) {
            return "";
        }
    }
}
