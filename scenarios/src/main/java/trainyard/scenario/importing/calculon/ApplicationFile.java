package trainyard.scenario.importing.calculon;

import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** The model: equal blocks of GPT's form, without vocabulary, which Calculon leaves out. */
final class ApplicationFile {

    private static final String VOCABULARY = "51200";

    private ApplicationFile() {}

    static void put(JsonObject file, Draft draft, Target target) {
        if (target.model().isEmpty()) {
            draft.assume("job.model.family", "gpt", "Calculon's blocks are those of GPT");
            size(file, draft, "num_blocks", "job.model.layers");
            size(file, draft, "hidden", "job.model.hidden");
            size(file, draft, "attn_heads", "job.model.heads");
            size(file, draft, "attn_size", "job.model.head-size");
            size(file, draft, "feedforward", "job.model.ffn");
            draft.assume("job.model.vocabulary", VOCABULARY, "the file has none; GPT's, padded as in Megatron-LM");
        }
        Found sequence = required(file, "seq_size");
        draft.read("job.batch.sequence-length", sequence.count() + " tokens", sequence);
        file.ignoreRest(
                draft.log(), key -> target.model().isEmpty() ? "no part of a model" : "--model names the model");
    }

    private static void size(JsonObject file, Draft draft, String key, String path) {
        Found found = required(file, key);
        draft.read(path, Long.toString(found.count()), found);
    }

    private static Found required(JsonObject file, String key) {
        return file.value(key)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        file.node().position(),
                        Problem.Kind.KEY,
                        "key '" + key + "' is missing",
                        "every application file of Calculon has it")));
    }
}
