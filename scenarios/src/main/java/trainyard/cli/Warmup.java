package trainyard.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs one template from start to report and throws the result away. The launcher does this once after the build to
 * record which classes a run loads (class-data sharing), so that every later start finds them ready.
 */
final class Warmup {

    private Warmup() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("trainyard");
        try {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            byte[] scenario = Templates.text("step").getBytes(StandardCharsets.UTF_8);
            Terminal terminal = new Terminal(new ByteArrayInputStream(scenario), nowhere, nowhere, false, Map.of());
            Main.run(terminal, "run", "--json", "-o", folder.resolve("report").toString(), "-");
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
