package trainyard.scenario.importing.calculon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/** Puts files of Calculon into a draft; keys as in calculon-ai/calculon, calculon/llm/llm.py and system.py (2023-2024). */
public final class CalculonFiles {

    private static final String USUAL_MODEL = "gpt3-175b";

    /** What a file is, by a key that only it has. */
    private enum Role {
        APPLICATION("num_blocks"),
        EXECUTION("tensor_par"),
        SYSTEM("mem1");

        private final String key;

        Role(String key) {
            this.key = key;
        }
    }

    private CalculonFiles() {}

    /**
     * Reads the files into the draft.
     *
     * @throws ScenarioException if a file is none of Calculon's, two have the same part, or a value cannot be
     */
    public static void read(List<SourceText> sources, Draft draft, Target target) {
        Map<Role, JsonObject> files = new LinkedHashMap<>();
        for (SourceText source : sources) {
            JsonObject file = JsonObject.of(source, "a file of Calculon");
            Role role = role(file);
            if (files.put(role, file) != null) {
                throw new ScenarioException(Problem.at(
                        file.node().position(),
                        Problem.Kind.FILE,
                        "two files say the same part: both have the key '" + role.key + "'",
                        "leave one out"));
            }
        }
        Optional<JsonObject> execution = Optional.ofNullable(files.get(Role.EXECUTION));
        SystemFile.put(Optional.ofNullable(files.get(Role.SYSTEM)), execution, draft, target);
        Optional<JsonObject> application = Optional.ofNullable(files.get(Role.APPLICATION));
        application.ifPresent(file -> ApplicationFile.put(file, draft, target));
        target.putModel(draft);
        if (application.isEmpty() && target.model().isEmpty()) {
            draft.assume("job.model.preset", USUAL_MODEL, "no application file; --model names one");
        }
        execution.ifPresentOrElse(
                file -> ExecutionFile.put(file, draft),
                () -> draft.assume("job.batch.micro", "1 sequence", "no execution file"));
    }

    private static Role role(JsonObject file) {
        for (Role role : Role.values()) {
            if (file.has(role.key)) {
                return role;
            }
        }
        throw new ScenarioException(Problem.at(
                file.node().position(),
                Problem.Kind.KEY,
                "this is no file of Calculon",
                "an application has num_blocks, an execution tensor_par, a system mem1"));
    }
}
