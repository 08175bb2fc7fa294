package trainyard.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** The scenarios that {@code init} prints. */
final class Templates {

    /** What each is for, by name, in the order of the list. */
    static final Map<String, String> ALL = all();

    private Templates() {}

    private static Map<String, String> all() {
        Map<String, String> purposes = new LinkedHashMap<>();
        purposes.put("step", "one training step of a published model");
        purposes.put("own-model", "a model and machines described by hand");
        purposes.put("sweep", "degrees of parallelism over a grid, with a heat map");
        purposes.put("variants", "named designs side by side");
        purposes.put("life", "a long job that meets faults, saves its state and recovers");
        purposes.put("jobs", "many jobs on a shared cluster, under several scheduling policies");
        purposes.put("sgd", "real gradients on the virtual clock: rules that wait against rules that do not");
        purposes.put("collective", "all-reduce over message sizes and algorithms");
        return Collections.unmodifiableMap(purposes);
    }

    /**
     * The text of a template.
     *
     * @throws ScenarioException if there is none of that name
     */
    static String text(String name) {
        if (!ALL.containsKey(name)) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.PRESET,
                    "no template '" + name + "'; there are " + String.join(" ", ALL.keySet()),
                    Nearest.hint(name, ALL.keySet())));
        }
        try (InputStream in =
                Objects.requireNonNull(Templates.class.getResourceAsStream("templates/" + name + ".yaml"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
