package trainyard.scenario.importing.deepspeed;

import java.util.Optional;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;

/**
 * Ranks over which a sequence is spread ({@code sequence_parallel_size}; deepspeedai/DeepSpeed, runtime/config.py, and
 * sequence/layer.py, which exchanges heads), tensor ranks of automatic tensor parallelism ({@code tensor_parallel.autotp_size})
 * and expert ranks of automatic expert parallelism ({@code expert_parallel.autoep_size} where {@code enabled}), as the examples
 * of DeepSpeed have them (deepspeedai/DeepSpeedExamples, training/tensor_parallel and training/expert_parallel, read 2026-11).
 */
final class ModelParallel {

    private static final String SEQUENCE = "sequence_parallel_size";

    private ModelParallel() {}

    /** Puts the degrees into the draft; tensor ranks and those of a sequence take their GPUs from the data-parallel ones. */
    static void read(JsonObject root, Draft draft) {
        Optional<JsonObject> experts = root.object("expert_parallel");
        experts.filter(keys -> keys.isTrue("enabled"))
                .flatMap(keys -> stated(keys, "autoep_size", draft))
                .ifPresent(found -> draft.read("job.parallel.expert", Long.toString(found.count()), found));
        experts.ifPresent(keys -> keys.ignoreRest(draft.log(), IgnoredKeys::reason));
        Optional<JsonObject> tensor = root.object("tensor_parallel");
        Optional<Found> size = tensor.flatMap(keys -> stated(keys, "autotp_size", draft));
        size.ifPresent(found -> draft.read("job.parallel.tensor", Long.toString(found.count()), found));
        tensor.ifPresent(keys -> keys.ignoreRest(draft.log(), IgnoredKeys::reason));
        sequences(root, draft);
    }

    private static void sequences(JsonObject root, Draft draft) {
        stated(root, SEQUENCE, draft).ifPresent(found -> {
            draft.read("job.parallel.context", Long.toString(found.count()), found);
            if (found.count() > 1) {
                draft.infer("job.parallel.context-method", "ulysses", found, "DeepSpeed exchanges heads");
            }
        });
    }

    private static Optional<Found> stated(JsonObject keys, String key, Draft draft) {
        Optional<Found> value = keys.value(key);
        value.filter(found -> found.text().equals("auto"))
                .ifPresent(found -> draft.log().note(Fate.OPEN, found, "\"auto\": the trainer decides"));
        // 0 switches it off.
        return value.filter(
                found -> !found.text().equals("auto") && !found.text().equals("0"));
    }
}
