package trainyard.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import trainyard.scenario.source.ExitCode;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Lists what a scenario may name. */
@Command(
        name = "show",
        description = "List what a scenario may name: presets, hardware, metrics, questions, or one preset.",
        mixinStandardHelpOptions = true)
final class Show implements Callable<Integer> {

    private static final List<String> TOPICS = List.of("presets", "preset", "hardware", "metrics", "questions");

    @ParentCommand
    private Trainyard trainyard;

    @Mixin
    private OutputOptions output;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "presets, preset, hardware, metrics or questions.")
    private String topic;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "With preset: its name.")
    private String name = "";

    @Override
    public Integer call() {
        Listing listing = listing();
        if (output.json()) {
            ArrayNode rows = Json.array();
            for (List<String> row : listing.rows()) {
                ObjectNode object = rows.addObject();
                for (int i = 0; i < row.size(); i++) {
                    object.put(listing.columns().get(i), row.get(i));
                }
            }
            trainyard.terminal().out().println(rows.toPrettyString());
        } else {
            trainyard.terminal().out().print(listing.text());
        }
        return ExitCode.OK.code();
    }

    private String named() {
        if (name.isBlank()) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.PRESET,
                    "'preset' takes the name of one",
                    "such as trainyard show preset dgx-h100; show presets and show hardware list them"));
        }
        return name;
    }

    private Listing listing() {
        if (!name.isEmpty() && !topic.equals("preset") && TOPICS.contains(topic)) {
            throw new ScenarioException(Problem.of(
                    Problem.Kind.PRESET, "'" + topic + "' takes no name", "one preset: trainyard show preset " + name));
        }
        return switch (topic) {
            case "presets" -> Listings.presets();
            case "hardware" -> Listings.hardware();
            case "metrics" -> Listings.metrics();
            case "questions" ->
                Listings.questions(Main.home().resolve("scenarios").resolve("gallery"));
            case "preset" -> Listings.preset(named());
            default ->
                throw new ScenarioException(Problem.of(
                        Problem.Kind.PRESET,
                        "nothing to show under '" + topic + "'; there are " + String.join(" ", TOPICS),
                        Nearest.hint(topic, TOPICS)));
        };
    }
}
