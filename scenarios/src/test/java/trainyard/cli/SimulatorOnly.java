package trainyard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import trainyard.training.network.NetworkBackends;

/** A process that runs a command, finds the backend of plain arrays, and prints which libraries were mapped into it. */
final class SimulatorOnly {

    private SimulatorOnly() {}

    public static void main(String[] arguments) throws IOException {
        int code = Cli.run(arguments).code();
        System.out.println(code + " " + NetworkBackends.named("arrays").name());
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            maps.filter(line -> line.contains("/") && line.matches(".*\\.(so|jnilib|dll)[.0-9]*$"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .forEach(System.out::println);
        }
    }
}
