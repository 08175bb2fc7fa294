package trainyard.scenario.importing.calculon;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    private static final Set<String> ATTENTION = Set.of("multihead", "multiquery");
    private static final Set<String> OVERLAPS = Set.of("none", "ring", "pipe");

    private ExecutionFile() {}

    static void put(JsonObject file, Draft draft) {
        requireAllProcessors(file);
        attention(file, draft);
        sequences(file, draft, "batch_size", "job.batch.global");
        sequences(file, draft, "microbatch_size", "job.batch.micro");
        word(file, draft, "datatype", "job.precision", FORMATS);
        count(file, draft, "tensor_par", "job.parallel.tensor");
        count(file, draft, "pipeline_par", "job.parallel.pipeline");
        count(file, draft, "data_par", "job.parallel.data");
        interleaving(file, draft);
        exchanges(file, draft);
        overlap(file, draft);
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

    /** Calculon: {@code num_procs == tensor_par * pipeline_par * data_par}. */
    private static void requireAllProcessors(JsonObject file) {
        List<String> degrees = List.of("tensor_par", "pipeline_par", "data_par");
        List<Found> found =
                degrees.stream().flatMap(key -> file.value(key).stream()).toList();
        BigInteger product = found.stream()
                .map(degree -> BigInteger.valueOf(degree.count()))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        file.value("num_procs")
                .filter(all -> found.size() == degrees.size() && !product.equals(BigInteger.valueOf(all.count())))
                .ifPresent(all -> {
                    throw new ScenarioException(Problem.at(
                            all.position(),
                            Problem.Kind.PLAN,
                            "num_procs is " + all.count() + ", and "
                                    + found.stream()
                                            .map(degree -> degree.name() + " " + degree.count())
                                            .collect(Collectors.joining(" x "))
                                    + " is " + product,
                            "Calculon would not start; write " + product + ", or change one of the three"));
                });
    }

    /** All heads of {@code multiquery} share one head of keys and values (Shazeer 2019). */
    private static void attention(JsonObject file, Draft draft) {
        Optional<Found> type = file.value("attention_type");
        type.filter(found -> !ATTENTION.contains(found.text())).ifPresent(found -> {
            throw unknown(found, ATTENTION);
        });
        type.ifPresent(found -> {
            boolean own = draft.has("job.model.heads");
            if (own && found.text().equals("multiquery")) {
                draft.infer("job.model.kv-heads", "1", found, "all heads share one of keys and values");
            } else {
                draft.log().note(own ? Fate.READ : Fate.IGNORED, found, own ? "as many as heads" : "the model says so");
            }
        });
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
            throw unknown(value, words.keySet());
        });
        found.ifPresent(value -> draft.read(path, words.get(value.text()), value));
    }

    /** Without other tensor ranks there is nothing to exchange, and a scenario takes no word on how. */
    private static void exchanges(JsonObject file, Draft draft) {
        String key = "tensor_par_comm_type";
        if (isSplit(file, "tensor_par")) {
            word(file, draft, key, "job.parallel.sequence-parallel", SEQUENCE_PARALLEL);
        } else {
            file.value(key)
                    .ifPresent(found ->
                            draft.log().note(Fate.IGNORED, found.position(), key, "1 tensor rank exchanges nothing"));
        }
    }

    /** What runs beside exchanges, where there are any. */
    private static void overlap(JsonObject file, Draft draft) {
        Optional<Found> gradients = file.flag("data_par_overlap");
        Optional<Found> products = file.value("tensor_par_overlap");
        products.filter(found -> !OVERLAPS.contains(found.text())).ifPresent(found -> {
            throw unknown(found, OVERLAPS);
        });
        gradients.ifPresent(found -> {
            if (isSplit(file, "data_par")) {
                draft.read("job.parallel.gradient-overlap", found.text(), found);
            } else {
                draft.log().note(Fate.IGNORED, found, "1 data-parallel rank exchanges nothing");
            }
        });
        boolean sequences = draft.find("job.parallel.sequence-parallel")
                .filter("true"::equals)
                .isPresent();
        products.ifPresent(found -> {
            boolean none = found.text().equals("none");
            if (!isSplit(file, "tensor_par")) {
                draft.log().note(Fate.IGNORED, found, "1 tensor rank exchanges nothing");
            } else if (none || sequences) {
                draft.read("job.parallel.tensor-overlap", none ? "none" : "pipelined", found);
            } else {
                draft.log().note(Fate.IGNORED, found, "products of a scenario run beside those of rs_ag only");
            }
        });
    }

    private static boolean isSplit(JsonObject file, String degree) {
        return file.value(degree).filter(found -> found.count() > 1).isPresent();
    }

    private static ScenarioException unknown(Found found, Set<String> words) {
        return new ScenarioException(Problem.at(
                found.position(),
                Problem.Kind.VALUE,
                found.name() + " is none of " + String.join(" ", new TreeSet<>(words)),
                Nearest.hint(found.text(), words)));
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
                ? "the software profile says what is fused and gathered again"
                : "no part of a scenario";
    }
}
