package trainyard.training.calibration.ring;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ties each process of a group to a core of its own, where the system has the program {@code taskset} (Linux). Left to itself
 * the kernel may put processes that wake one another on one core, where they compute one after the other: with 1.5 ms of work
 * between sums a quarter of the steps of two processes took at most 3.3 ms left alone, and at most 1.8 ms tied (2026-11-29). The
 * machine had other work on both cores, which a tied process cannot evade: the medians were 3.4 and 4.2 ms.
 */
final class OwnCores {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final List<String> program;
    private final List<Integer> cores;

    private OwnCores(List<String> program, List<Integer> cores) {
        this.program = program;
        this.cores = cores;
    }

    /** What this system allows. */
    static OwnCores find() {
        Optional<Path> taskset = inPath("taskset");
        if (taskset.isEmpty() || !Files.isReadable(STATUS)) {
            return new OwnCores(List.of(), List.of());
        }
        try {
            return new OwnCores(List.of(taskset.get().toString(), "-c"), allowed(Files.readAllLines(STATUS)));
        } catch (IOException unreadable) {
            return new OwnCores(List.of(), List.of());
        }
    }

    private static Optional<Path> inPath(String program) {
        String folders = System.getenv().getOrDefault("PATH", "");
        for (String folder : folders.split(File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** The cores that the status of a process lists, such as {@code 0-2,6}. */
    static List<Integer> allowed(List<String> status) {
        List<Integer> cores = new ArrayList<>();
        status.stream().filter(line -> line.startsWith(ALLOWED)).forEach(line -> {
            for (String range : line.substring(ALLOWED.length()).trim().split(",")) {
                String[] ends = range.split("-");
                for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                    cores.add(core);
                }
            }
        });
        return cores;
    }

    /** Words before the command of a rank; none where its process cannot be tied. */
    List<String> words(int rank) {
        if (program.isEmpty() || rank >= cores.size()) {
            return List.of();
        }
        List<String> words = new ArrayList<>(program);
        words.add(Integer.toString(cores.get(rank)));
        return words;
    }
}
