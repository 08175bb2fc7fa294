package trainyard.scenario.importing.deepspeed;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.importing.draft.PricedOptimizer;
import trainyard.scenario.importing.draft.Target;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.source.SourceText;

/**
 * Puts a {@code ds_config.json} into a draft. Keys and defaults are those of DeepSpeed's documentation (docs/_pages/
 * config-json.md and docs/code-docs, read 2025-06).
 */
public final class DeepSpeedConfig {

    private static final String USUAL_MODEL = "llama2-7b";
    private static final String USUAL_MIXTURE = "mixtral-8x7b";
    private static final String USUAL_SEQUENCE = "2048 tokens";

    /** ZeRO is neither tensor nor pipeline parallelism, for which a scenario has keys of their own. */
    private static final String SHARDS = "ZeRO shards what the data-parallel ranks hold";

    private static final String HUGGING_FACE =
            "it is a model of Hugging Face: import huggingface reads it, or --model beside"
                    + " a DeepSpeed configuration";

    private static final String CALCULON = "it is a file of Calculon: import calculon reads it";

    private static final String SOFTWARE = "job.software";

    /**
     * A file says neither of which year its DeepSpeed is nor whose code the model has. Profiles of DeepSpeed are of 2021 and 2022, with
     * model code that kept every score of attention, which would leave no room for what is trained today. How data-parallel ranks
     * exchange at each stage is stated beside it, so that one profile for all stages leaves what the stages themselves change.
     */
    private static final String USUAL_SOFTWARE = "megatron-core-2024";

    private static final String NO_PROFILE =
            "the file names no model code, and no profile has today's DeepSpeed; the same at every stage";

    private static final String ZERO = "zero_optimization";
    private static final String STAGE = "job.parallel.zero";
    private static final String OVERLAP = "job.parallel.gradient-overlap";
    /** More than any model has. */
    private static final long MOST_ELEMENTS = 1_000_000_000_000_000L;

    /** Optimizers that exchange signs, in lower case. */
    private static final Set<String> ONE_BIT = Set.of("onebitadam", "zerooneadam", "onebitlamb");

    private static final String BUCKET = "job.parallel.gradient-bucket";

    /** What files of other tools are, by a key that only they have. */
    private static final Map<String, String> OTHERS = Map.of(
            "model_type", HUGGING_FACE,
            "architectures", HUGGING_FACE,
            "num_blocks", CALCULON,
            "tensor_par", CALCULON,
            "mem1", CALCULON,
            "apiVersion", "it is a manifest: import kubernetes reads it");

    private final JsonObject root;
    private final Draft draft;
    private final ImportLog log;

    private DeepSpeedConfig(JsonObject root, Draft draft) {
        this.root = root;
        this.draft = draft;
        this.log = draft.log();
    }

    /**
     * Reads the file into the draft.
     *
     * @throws ScenarioException if it is no JSON object, holds a value that cannot be, or contradicts itself
     */
    public static void read(SourceText source, Draft draft, Target target) {
        JsonObject root = JsonObject.of(source, "a DeepSpeed configuration");
        requireOwnKeys(root);
        new DeepSpeedConfig(root, draft).read(target);
    }

    /** DeepSpeed passes over every key that it does not know, so that a file of another tool would be one without any. */
    private static void requireOwnKeys(JsonObject root) {
        Set<String> keys = root.node().entries().keySet();
        if (keys.isEmpty() || keys.stream().anyMatch(key -> IgnoredKeys.known().contains(key))) {
            return;
        }
        String kind = OTHERS.entrySet().stream()
                .filter(other -> root.has(other.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse("it has none of the keys of DeepSpeed, such as train_batch_size");
        throw new ScenarioException(
                Problem.at(root.node().position(), Problem.Kind.KEY, "this is no DeepSpeed configuration", kind));
    }

    private void read(Target target) {
        Machines.unstated().put(draft, target);
        ModelParallel.read(root, draft);
        target.putModel(draft);
        if (target.model().isEmpty()) {
            String usual = draft.has("job.parallel.expert") ? USUAL_MIXTURE : USUAL_MODEL;
            draft.assume("job.model.preset", usual, "the file names no model; --model does");
        }
        BatchTrio.read(root, draft).put(draft, target);
        draft.assume("job.batch.sequence-length", USUAL_SEQUENCE, "the file names none");
        new NumberFormats(root, draft).put();
        zero();
        activationCheckpointing();
        root.object("optimizer", "\"optimizer\": {\"type\": \"AdamW\"}").ifPresent(this::optimizer);
        draft.assume(SOFTWARE, USUAL_SOFTWARE, NO_PROFILE);
        KnownKeys.warnOfUnknown(root.node(), log);
        root.ignoreRest(log, IgnoredKeys::reason);
    }

    private void zero() {
        if (root.isFlag(ZERO)) {
            root.flag(ZERO).ifPresent(this::oldSpelling);
            overlap(Optional.empty(), Optional.empty());
            return;
        }
        Optional<JsonObject> section = root.object(ZERO, "\"" + ZERO + "\": {\"stage\": 2}");
        if (section.isEmpty()) {
            overlap(Optional.empty(), Optional.empty());
            return;
        }
        JsonObject keys = section.get();
        Optional<Found> stage = keys.value("stage").map(DeepSpeedConfig::whole);
        stage.filter(found -> !isOpen(found, STAGE))
                .ifPresent(found -> draft.infer(STAGE, found.text(), found, SHARDS));
        keys.value("mics_shard_size")
                .filter(found -> found.wholeNumber().orElse(0L) > 0
                        && stage.filter(DeepSpeedConfig::isThree).isPresent())
                .ifPresent(found -> draft.read("job.parallel.shard-group", Long.toString(found.count()), found));
        overlap(keys.flag("overlap_comm"), stage);
        keys.value("reduce_bucket_size").ifPresent(found -> bucket(found, stage));
        Offloading.read(keys, draft);
        smallerExchanges(keys, stage.filter(DeepSpeedConfig::isThree).isPresent());
        keys.ignoreRest(log, IgnoredKeys::reason);
    }

    /** The stage as a scenario writes it; DeepSpeed takes {@code 3.0} for 3, too. */
    private static Found whole(Found stage) {
        return stage.wholeNumber()
                .map(number -> new Found(stage.name(), number.toString(), stage.position()))
                .orElse(stage);
    }

    /**
     * ZeRO++ (Wang et al. 2023) gathers weights of 8 bits, gathers them a second time within a node, and reduces gradients of 4 bits; a
     * scenario has none of these. DeepSpeed hands the keys to the optimizer of stage 3 alone (runtime/engine.py).
     */
    private void smallerExchanges(JsonObject keys, boolean three) {
        for (String key : List.of("zero_quantized_weights", "zero_hpz_partition_size", "zero_quantized_gradients")) {
            keys.value(key)
                    .filter(found -> found.text().equals("true")
                            || found.wholeNumber().filter(ranks -> ranks > 1).isPresent())
                    .ifPresent(found -> {
                        if (three) {
                            warnOfSmaller(found, key);
                        } else {
                            log.note(Fate.IGNORED, found, "counts with stage 3 only");
                        }
                    });
        }
    }

    private void warnOfSmaller(Found found, String key) {
        log.note(Fate.IGNORED, found, "see the warning");
        log.warn(Problem.at(
                found.position(),
                Problem.Kind.PLAN,
                "the scenario exchanges all that ZeRO does, of which " + key + " saves a part",
                "take the time of exchanges for an upper bound"));
    }

    private void oldSpelling(Found found) {
        if (found.text().equals("true")) {
            draft.infer(STAGE, "1", found, "an old spelling of stage 1");
        } else {
            log.note(Fate.READ, found, "nothing is sharded");
        }
    }

    /** Elements that are reduced at once (runtime/zero/config.py); of what a scenario cuts into buckets, stage 1 is all. */
    private void bucket(Found elements, Optional<Found> stage) {
        if (isOpen(elements, BUCKET)) {
            return;
        }
        String of = stage.map(Found::text).orElse("0");
        boolean whole = draft.find(OVERLAP).filter("false"::equals).isPresent();
        if (of.equals("1") && !whole) {
            long bytes = draft.find("job.parallel.gradient-reduction")
                            .filter(format -> !format.equals("fp32"))
                            .isPresent()
                    ? 2
                    : 4;
            long count = elements.count(MOST_ELEMENTS);
            draft.infer(BUCKET, count * bytes + " B", elements, count + " gradients of " + bytes + " bytes");
        } else {
            log.note(
                    Fate.IGNORED,
                    elements,
                    switch (of) {
                        case "0" -> "counts with ZeRO only";
                        case "1" -> "without overlap_comm the exchange is priced in one piece after the backward pass";
                        case "2", "3" -> "gradients that ranks shard are priced layer by layer, not in buckets";
                        default -> "counts with stage 1 only, and the trainer decides the stage";
                    });
        }
    }

    /**
     * DeepSpeed reduces gradients beside the backward pass where it is asked to, and without being asked at stage 3 only
     * (runtime/zero/config.py).
     */
    private void overlap(Optional<Found> asked, Optional<Found> stage) {
        boolean open = stage.map(Found::text).filter("auto"::equals).isPresent();
        if (asked.filter(found -> isOpen(found, OVERLAP)).isPresent() || open && asked.isEmpty()) {
            return;
        }
        if (asked.isPresent()) {
            draft.read(OVERLAP, asked.get().text(), asked.get());
        } else if (stage.filter(DeepSpeedConfig::isThree).isEmpty()
                && Machines.stated(draft).filter(gpus -> gpus == 1).isEmpty()) {
            draft.assume(OVERLAP, "false", "the default of overlap_comm below stage 3");
        }
    }

    private static boolean isThree(Found stage) {
        return stage.text().equals("3");
    }

    /** Only what the model's code asks to checkpoint goes to the host: inputs of layers that are computed again. */
    private void activationCheckpointing() {
        Optional<JsonObject> section =
                root.object("activation_checkpointing", "\"activation_checkpointing\": {\"cpu_checkpointing\": true}");
        section.flatMap(keys -> keys.flag("cpu_checkpointing"))
                .filter(found -> found.text().equals("true"))
                .ifPresent(found -> {
                    draft.read("job.parallel.offload-activations", "cpu", found);
                    draft.infer(
                            "job.recompute",
                            "full",
                            found,
                            "what goes to the host are checkpoints; taken as every layer's");
                });
        section.ifPresent(keys -> keys.ignoreRest(log, IgnoredKeys::reason));
    }

    private void optimizer(JsonObject section) {
        section.value("type").ifPresent(type -> {
            PricedOptimizer.tell(type, log);
            oneBit(type);
        });
        section.ignoreRest(log, IgnoredKeys::reason);
    }

    /**
     * These exchange signs of their momentum in place of gradients, but for the first {@code freeze_step} steps (runtime/fp16/onebit);
     * a scenario does so without ZeRO, with which DeepSpeed has not tested them (runtime/zero/utils.py, is_zero_supported_optimizer).
     */
    private void oneBit(Found type) {
        if (!ONE_BIT.contains(type.text().toLowerCase(Locale.ROOT))) {
            return;
        }
        String stage = draft.find(STAGE).orElse("0");
        if (stage.equals("0")) {
            draft.infer("job.parallel.compression", "one-bit", type, "once the steps of its warm-up are over");
            return;
        }
        log.warn(Problem.at(
                type.position(),
                Problem.Kind.PLAN,
                type.text() + " exchanges signs; the scenario exchanges whole gradients at ZeRO stage " + stage,
                "take the time of exchanges for an upper bound"));
    }

    private boolean isOpen(Found found, String path) {
        boolean open = found.text().equals("auto");
        if (open) {
            log.note(Fate.OPEN, found, "\"auto\": the trainer decides; --set " + path + "=...");
        }
        return open;
    }
}
