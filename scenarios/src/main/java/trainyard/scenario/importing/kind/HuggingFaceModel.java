package trainyard.scenario.importing.kind;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.importing.HuggingFaceConfig;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.SourceText;

/** A Hugging Face {@code config.json} as the model of a scenario; everything else has to be assumed. */
final class HuggingFaceModel {

    /** How kinds of model call the longest sequence: most, GPT-2 and T5, old files of GPT-2, old files of BLOOM, MPT. */
    private static final List<String> LONGEST =
            List.of("max_position_embeddings", "n_positions", "n_ctx", "seq_length", "max_seq_len");

    private static final long USUAL_SEQUENCE = 4096;

    private static final String ONE_MICRO_BATCH =
            "a model's file says nothing of training; a step has one micro-batch for each replica until job.batch.global says more";

    private HuggingFaceModel() {}

    static void read(SourceText source, Draft draft, Target target) {
        JsonObject config = JsonObject.of(source, "a Hugging Face configuration");
        HuggingFaceConfig.Reading reading = HuggingFaceConfig.reading(source);
        Set<String> keys = reading.keys();
        Machines.unstated().put(draft, target);
        draft.infer(
                "job.model.huggingface",
                source.name(),
                Found.option(Found.FILE, source.name()),
                "a path from the folder of the scenario; change it where the scenario lies in another");
        boolean apart = config.node().find(HuggingFaceConfig.TEXT).isPresent();
        JsonObject language = config.object(HuggingFaceConfig.TEXT).orElse(config);
        if (apart) {
            besides(config, draft);
        }
        Optional<Found> longest = LONGEST.stream()
                .filter(language::has)
                .findFirst()
                .flatMap(language::value)
                .filter(found -> found.wholeNumber().filter(words -> words >= 1).isPresent());
        language.node().entries().forEach((key, entry) -> {
            boolean counts = keys.contains(key);
            if (longest.filter(found ->
                            found.name().equals(key) || found.name().equals(HuggingFaceConfig.TEXT + "." + key))
                    .isPresent()) {
                return;
            }
            draft.log()
                    .note(
                            counts ? Fate.READ : Fate.IGNORED,
                            entry.keyPosition(),
                            key,
                            counts ? "part of the model" : reason(key));
        });
        reading.assumed()
                .forEach((key, value) -> draft.log()
                        .note(Fate.ASSUMED, key + ": " + value, "default of transformers for this kind of model"));
        longest.ifPresentOrElse(
                found -> draft.infer(
                        "job.batch.sequence-length",
                        Math.min(USUAL_SEQUENCE, found.count()) + " tokens",
                        found,
                        "the longest that the model takes, at most " + USUAL_SEQUENCE),
                () -> draft.assume("job.batch.sequence-length", "2048 tokens", "the file names none"));
        draft.assume("job.batch.micro", "1 sequence", ONE_MICRO_BATCH);
        draft.assume("job.precision", "bf16", "a model's file says nothing of training");
    }

    /** What a model of images, sound and text has beside the language model, which alone is priced. */
    private static void besides(JsonObject config, Draft draft) {
        config.node().entries().forEach((key, entry) -> {
            if (key.equals(HuggingFaceConfig.TEXT)) {
                return;
            }
            boolean part = key.endsWith("_config") && entry.value() instanceof Node.Mapping;
            boolean counts = key.equals("model_type") || key.equals("tie_word_embeddings");
            draft.log()
                    .note(
                            counts ? Fate.READ : Fate.IGNORED,
                            entry.keyPosition(),
                            key,
                            counts ? "part of the model" : part ? "the language model alone is priced" : reason(key));
            if (part && !key.startsWith("quantization")) {
                draft.log()
                        .warn(Problem.at(
                                entry.keyPosition(),
                                Problem.Kind.PLAN,
                                "what '" + key + "' describes is left out: the language model of '"
                                        + HuggingFaceConfig.TEXT + "' alone is priced",
                                ""));
            }
        });
    }

    /** Why a key that no part of the model comes from is no part of the scenario. */
    private static String reason(String key) {
        return key.startsWith("quantization")
                ? "how weights are stored; job.precision says how the model is trained"
                : "changes neither shape nor cost of the model";
    }
}
