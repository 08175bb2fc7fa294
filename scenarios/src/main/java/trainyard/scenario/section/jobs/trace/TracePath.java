package trainyard.scenario.section.jobs.trace;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import trainyard.faults.trace.TraceException;
import trainyard.faults.trace.TraceFile;
import trainyard.faults.trace.TraceFolder;
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
}
