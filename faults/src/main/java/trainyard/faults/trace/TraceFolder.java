package trainyard.faults.trace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds trace files by their path, such as {@code bamboo-spot/p3-trace.csv}. */
@FunctionalInterface
public interface TraceFolder {

    /** Holds nothing. */
    TraceFolder NONE = path -> Optional.empty();

    /**
     * @param path relative path, with {@code /}; a compressed file may be asked for with or without {@code .gz}
     */
    Optional<TraceFile> file(String path);

    /** The traces shipped with the product, those whose licence allows it. */
    static TraceFolder shipped() {
        return shipped("failures");
    }

    /** The traces of a kind that are shipped with the product. */
    static TraceFolder shipped(String kind) {
        return path -> candidates(path).stream()
                .map(candidate -> "/trainyard/traces/" + kind + "/" + candidate)
                .filter(resource -> TraceFolder.class.getResource(resource) != null)
                .map(TraceFile::resource)
                .findFirst();
    }

    /** A folder with one folder per source, or one whose folder {@code failures} has. */
    static TraceFolder of(Path folder) {
        Path failures = folder.resolve("failures");
        return plain(Files.isDirectory(failures) ? failures : folder);
    }

    /** The files of a folder. */
    static TraceFolder plain(Path root) {
        return path -> candidates(path).stream()
                .map(root::resolve)
                .filter(Files::isRegularFile)
                .map(TraceFile::of)
                .findFirst();
    }

    /** This folder first, then another. */
    default TraceFolder or(TraceFolder other) {
        return path -> file(path).or(() -> other.file(path));
    }

    private static List<String> candidates(String path) {
        boolean leaves = path.startsWith("/") || List.of(path.split("/")).contains("..");
        return leaves ? List.of() : List.of(path, path + ".gz");
    }
}
