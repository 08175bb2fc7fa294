package trainyard.scenario.importing.kind;

import java.util.Set;
import trainyard.scenario.importing.HuggingFaceConfig;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.SourceText;

/** A Hugging Face {@code config.json} as the model of a scenario; everything else has to be assumed. */
final class HuggingFaceModel {

    private static final String LONGEST = "max_position_embeddings";
    private static final long USUAL_SEQUENCE = 4096;

    private HuggingFaceModel() {}

    static void read(SourceText source, Draft draft, Target target) {
        JsonObject config = JsonObject.of(source, "a Hugging Face configuration");
        Set<String> keys = HuggingFaceConfig.reading(source).keys();
        Machines.unstated().put(draft, target);
        draft.read("job.model.huggingface", source.name(), Found.option(Found.FILE, source.name()));
        config.node().entries().forEach((key, entry) -> {
            boolean counts = keys.contains(key);
            draft.log()
                    .note(
                            counts ? Fate.READ : Fate.IGNORED,
                            entry.keyPosition(),
                            key,
                            counts ? "part of the model" : "changes neither shape nor cost of the model");
        });
        config.value(LONGEST)
                .filter(found ->
                        found.wholeNumber().filter(longest -> longest >= 1).isPresent())
                .ifPresentOrElse(
                        longest -> draft.infer(
                                "job.batch.sequence-length",
                                Math.min(USUAL_SEQUENCE, longest.count()) + " tokens",
                                longest,
                                "the longest that the model takes, at most " + USUAL_SEQUENCE),
                        () -> draft.assume("job.batch.sequence-length", "2048 tokens", "the file names none"));
        draft.assume("job.batch.micro", "1 sequence", "a model's file says nothing of training");
        draft.assume("job.precision", "bf16", "a model's file says nothing of training");
    }
}
