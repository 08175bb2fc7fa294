package trainyard.scenario.answer;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import trainyard.report.document.Reproduction;
import trainyard.scenario.Scenario;
import trainyard.scenario.resolve.YamlWriter;
import trainyard.sim.hash.Sha256;

/** What is needed to get a result again, and the hash that names it. */
public final class Provision {

    /** File in the result folder that holds the whole scenario: with what it extends and what the command line set. */
    public static final String RESOLVED = "scenario.resolved.yaml";

    private Provision() {}

    /** The scenario in one file and copies of the files that it names, by name. */
    public static Map<String, String> files(Scenario scenario) {
        return files(scenario, RESOLVED);
    }

    /**
     * The same, several scenarios beside each other.
     *
     * @param name the file that holds the scenario
     */
    public static Map<String, String> files(Scenario scenario, String name) {
        InputFiles inputs = InputFiles.of(scenario.tree());
        Map<String, String> files = new TreeMap<>(inputs.copies());
        files.put(name, YamlWriter.yaml(inputs.tree()));
        return files;
    }

    /**
     * How to get the result again. The hash covers the whole scenario, the version and which part of it was run, so the
     * same question always has the same one, wherever its file lies.
     */
    public static Reproduction of(Scenario scenario, Selection selection) {
        return of(scenario, "trainyard run " + RESOLVED + selection.options());
    }

    /** The same for any command that reads the resolved scenario. */
    public static Reproduction of(Scenario scenario, String command) {
        return of(files(scenario), command, scenario.seed());
    }

    /**
     * The same for a command that reads several files.
     *
     * @param files what they hold, by name
     */
    public static Reproduction of(Map<String, String> files, String command, long seed) {
        Map<String, String> hashes = new TreeMap<>();
        files.forEach((name, text) -> hashes.put(name, Sha256.of(text)));
        String version = Product.version();
        String texts = new TreeMap<>(files).values().stream().collect(Collectors.joining("\n"));
        return new Reproduction(command, version, Sha256.of(texts + "\n" + version + "\n" + command), seed, hashes);
    }

    /**
     * The same for a command that reads files and draws nothing at random.
     *
     * @param sha256 SHA-256 of each file by name
     */
    public static Reproduction ofHashes(Map<String, String> sha256, String command) {
        String version = Product.version();
        String hashes = String.join("\n", new TreeMap<>(sha256).values());
        return new Reproduction(command, version, Sha256.of(hashes + "\n" + version + "\n" + command), 0, sha256);
    }
}
