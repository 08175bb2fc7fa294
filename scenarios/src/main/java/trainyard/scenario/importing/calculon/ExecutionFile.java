package trainyard.scenario.importing.calculon;

import java.util.Map;
import java.util.Optional;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.JsonObject;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** The plan: degrees, batch, number format, recomputation and sharding. */
final class ExecutionFile {

    private static final Map<String, String> FORMATS =
            Map.of("float8", "fp8", "float16", "fp16", "bfloat16", "bf16", "float32", "fp32");

    /** {@code partial} is what earlier versions called {@code attn_only}. */
    private static final Map<String, String> RECOMPUTE =
            Map.of("full", "full", "attn_only", "selective", "partial", "selective", "none", "none");

    /** Only reduce-scatter with all-gather splits the sequence too. */
    private static final Map<String, String> SEQUENCE_PARALLEL =
            Map.of("ar", "false", "p2p_rs_ag", "false", "rs_ag", "true");

    private ExecutionFile() {}

    static void put(JsonObject file, Draft draft) {
        file.value("num_procs");
        sequences(file, draft, "batch_size", "job.batch.global");
        sequences(file, draft, "microbatch_size", "job.batch.micro");
        word(file, draft, "datatype", "job.precision", FORMATS);
        count(file, draft, "tensor_par", "job.parallel.tensor");
        count(file, draft, "pipeline_par", "job.parallel.pipeline");
        count(file, draft, "data_par", "job.parallel.data");
        interleaving(file, draft);
        exchanges(file, draft);
        flag(file, draft, "optimizer_sharding", "job.parallel.zero", "1");
        offload(file, draft);
        word(file, draft, "activation_recompute", "job.recompute", RECOMPUTE);
        file.flag("training").filter(found -> found.text().equals("false")).ifPresent(found -> {
            throw new ScenarioException(Problem.at(
                    found.position(),
                    Problem.Kind.VALUE,
                    "the file describes inference; a scenario describes training",
                    "training: true"));
        });
        file.ignoreRest(draft.log(), ExecutionFile::reason);
    }

    private static void sequences(JsonObject file, Draft draft, String key, String path) {
        file.value(key).ifPresent(found -> draft.read(path, Found.sequences(found.count()), found));
    }

    private static void count(JsonObject file, Draft draft, String key, String path) {
        file.value(key).ifPresent(found -> draft.read(path, Long.toString(found.count()), found));
    }

    private static void word(JsonObject file, Draft draft, String key, String path, Map<String, String> words) {
        Optional<Found> found = file.value(key);
        found.filter(value -> !words.containsKey(value.text())).ifPresent(value -> {
            throw new ScenarioException(Problem.at(
                    value.position(),
                    Problem.Kind.VALUE,
                    key + " is none of "
                            + String.join(" ", words.keySet().stream().sorted().toList()),
                    Nearest.hint(value.text(), words.keySet())));
        });
        found.ifPresent(value -> draft.read(path, words.get(value.text()), value));
    }

    /** Without other tensor ranks there is nothing to exchange, and a scenario takes no word on how. */
    private static void exchanges(JsonObject file, Draft draft) {
        String key = "tensor_par_comm_type";
        boolean split =
                file.value("tensor_par").filter(found -> found.count() > 1).isPresent();
        if (split) {
            word(file, draft, key, "job.parallel.sequence-parallel", SEQUENCE_PARALLEL);
        } else {
            file.value(key)
                    .ifPresent(found ->
                            draft.log().note(Fate.IGNORED, found.position(), key, "1 tensor rank exchanges nothing"));
        }
    }

    private static void flag(JsonObject file, Draft draft, String key, String path, String whenSet) {
        Optional<Found> flag = file.flag(key);
        flag.filter(found -> found.text().equals("true")).ifPresent(found -> draft.read(path, whenSet, found));
        flag.filter(found -> !found.text().equals("true"))
                .ifPresent(found -> draft.log().note(Fate.READ, found.position(), key, "off, as by default"));
    }

    /** Calculon moves what each rank holds; a scenario moves states and weights only where the ranks share them out. */
    private static void offload(JsonObject file, Draft draft) {
        flag(file, draft, "activations_offload", "job.parallel.offload-activations", "cpu");
        if (draft.has("job.parallel.zero")) {
            flag(file, draft, "optimizer_offload", "job.parallel.offload-optimizer", "cpu");
        } else {
            stays(file, draft, "optimizer_offload", "without optimizer_sharding", "zero 1, 2 or 3");
        }
        stays(file, draft, "weight_offload", "which ranks of Calculon do not share", "zero: 3");
    }

    private static void stays(JsonObject file, Draft draft, String key, String why, String needed) {
        Optional<Found> flag = file.flag(key);
        flag.filter(found -> !found.text().equals("true"))
                .ifPresent(found -> draft.log().note(Fate.READ, found, "off, as by default"));
        flag.filter(found -> found.text().equals("true")).ifPresent(found -> {
            draft.log().note(Fate.IGNORED, found, "it stays on the GPU; see the warning");
            draft.log()
                    .warn(Problem.at(
                            found.position(),
                            Problem.Kind.PLAN,
                            "the scenario keeps on the GPU what " + key + " moves, " + why,
                            "a scenario moves it with " + needed + " only: --set job.parallel.zero"));
        });
    }

    private static void interleaving(JsonObject file, Draft draft) {
        Optional<Found> stages = file.value("pipeline_interleaving");
        stages.filter(found -> found.count() > 1).ifPresent(found -> {
            draft.infer("job.parallel.schedule", "interleaved-1f1b", found, "several stages on each rank");
            draft.read("job.parallel.virtual-stages", Long.toString(found.count()), found);
        });
    }

    private static String reason(String key) {
        if (key.endsWith("_net")) {
            return "which network carries what follows from the ranks' places";
        }
        return key.endsWith("_overlap") || key.endsWith("_redo") || key.startsWith("fused")
                ? "the software profile says what is fused, overlapped and gathered again"
                : "no part of a scenario";
    }
}
