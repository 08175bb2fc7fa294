package trainyard.training.calibration;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import trainyard.training.calibration.measure.CalibrationDevice.Session;
import trainyard.training.calibration.measure.Sampler;

/** What this machine and this process are, as far as it moves the figures. */
public final class MachineFacts {

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private MachineFacts() {}

    /** The machine, its load and the day, in a line for people. */
    public static String words() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, load %.1f, %s",
                cpu(),
                Runtime.getRuntime().availableProcessors(),
                Sampler.load(),
                Sampler.now());
    }

    /** By name, in the order of the profile. */
    static Map<String, String> of(Session session) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cpu", cpu());
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("jdk", System.getProperty("java.version"));
        facts.put("jvm_compiler", compiler());
        facts.putAll(session.facts());
        return facts;
    }

    private static String cpu() {
        try (Stream<String> lines = Files.lines(CPU, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("not told");
        } catch (IOException elsewhere) {
            return System.getProperty("os.arch");
        }
    }

    /** A process that stops at the quick compiler calls ND4J more slowly. */
    private static String compiler() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel="))
                .findFirst()
                .orElse("default");
    }
}
