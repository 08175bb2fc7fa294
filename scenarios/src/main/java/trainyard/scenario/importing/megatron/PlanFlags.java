package trainyard.scenario.importing.megatron;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.PricedOptimizer;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Flags that say how the model is spread and how large a step is; defaults as in {@link ModelFlags}. */
final class PlanFlags {

    private static final String POSITIONS = "max-position-embeddings";
    private static final String OPTIMIZER = "optimizer";

    /** Of Megatron-DeepSpeed, megatron/arguments.py (2023): ranks that exchange heads (Jacobs et al. 2023). */
    static final String ULYSSES = "ds-sequence-parallel-size";

    static final Set<String> NAMES = Set.of(
            "seq-length",
            "encoder-seq-length",
            "micro-batch-size",
            "batch-size",
            "global-batch-size",
            "tensor-model-parallel-size",
            "model-parallel-size",
            "pipeline-model-parallel-size",
            "num-layers-per-virtual-pipeline-stage",
            "num-virtual-stages-per-pipeline-rank",
            "context-parallel-size",
            ULYSSES,
            "expert-model-parallel-size",
            "moe-expert-parallel-size",
            "sequence-parallel",
            "tp-comm-overlap",
            "fp16",
            "bf16",
            "fp8-format",
            "fp8-recipe",
            "fp4-format",
            "fp8-hybrid",
            "fp8-e4m3",
            "recompute-activations",
            "recompute-granularity",
            "recompute-method",
            "recompute-modules",
            "recompute-num-layers",
            "checkpoint-activations",
            "deepspeed-activation-checkpointing",
            "checkpoint-in-cpu",
            "cpu-optimizer",
            "activations-checkpoint-method",
            "cuda-graph-impl",
            "cuda-graph-scope",
            "enable-cuda-graph",
            "external-cuda-graph",
            POSITIONS,
            OPTIMIZER,
            "optimizer-cpu-offload",
            "optimizer-offload-fraction",
            "cpu-offloading-num-layers");

    private static final String PRECISION = "job.precision";
    private static final String DELAYED = "fp8-delayed";

    /** Recipes of Transformer Engine by the words of {@code --fp8-recipe}. */
    private static final Map<String, String> EIGHT_BIT_RECIPES =
            Map.of("delayed", DELAYED, "tensorwise", "fp8", "blockwise", "fp8-block", "mxfp8", "mxfp8");

    private static final String FULL_ITERATION = "full_iteration";
    private static final String RECOMPUTE = "job.recompute";

    private final LaunchFlags flags;
    private final Draft draft;

    PlanFlags(LaunchFlags flags, Draft draft) {
        this.flags = flags;
        this.draft = draft;
    }

    void put() {
        batch();
        precision();
        degrees();
        tensorOverlap();
        interleaving();
        new ShardingFlags(flags, draft).put();
        flags.value(OPTIMIZER).ifPresent(found -> PricedOptimizer.tell(found, draft.log()));
        offload();
        recompute();
        graphs();
    }

    private void batch() {
        flags.value("global-batch-size")
                .ifPresent(found -> draft.read("job.batch.global", Found.sequences(found.count()), found));
        flags.anyOf("micro-batch-size", "batch-size")
                .ifPresentOrElse(
                        found -> draft.read("job.batch.micro", Found.sequences(found.count()), found),
                        () -> draft.assume("job.batch.micro", "1 sequence", "no --micro-batch-size that can be read"));
        flags.anyOf("seq-length", "encoder-seq-length")
                .ifPresent(found -> draft.read("job.batch.sequence-length", found.count() + " tokens", found));
        if (!draft.has("job.batch.sequence-length")) {
            draft.assume("job.batch.sequence-length", "2048 tokens", "no --seq-length that can be read");
        }
        positions();
    }

    /** Megatron-LM, arguments.py: {@code max_position_embeddings >= seq_length}, whatever positions the model has. */
    private void positions() {
        Optional<Found> sequence = flags.value("seq-length");
        flags.value(POSITIONS).ifPresent(found -> {
            ignored(found, "a table of positions costs next to nothing");
            sequence.filter(length -> length.count() > found.count())
                    .ifPresent(length -> draft.log()
                            .warn(Problem.at(
                                    found.position(),
                                    Problem.Kind.PLAN,
                                    "--" + POSITIONS + " " + found.count() + " is less than --seq-length "
                                            + length.count(),
                                    "Megatron-LM would not start; raise it to " + length.count())));
        });
    }

    private void count(String flag, String path) {
        flags.value(flag).ifPresent(found -> draft.read(path, Long.toString(found.count()), found));
    }

    private void precision() {
        Optional<Found> eight =
                flags.value("fp8-format").or(() -> flags.flag("fp8-hybrid")).or(() -> flags.flag("fp8-e4m3"));
        Optional<Found> brain = flags.flag("bf16");
        Optional<Found> half = flags.flag("fp16");
        Optional<Found> four = flags.value("fp4-format");
        if (four.isPresent() || eight.isEmpty()) {
            flags.value("fp8-recipe").ifPresent(found -> ignored(found, "counts with an fp8 format only"));
        }
        if (brain.isPresent() && half.isPresent()) {
            throw new ScenarioException(Problem.at(
                    half.get().position(),
                    Problem.Kind.PLAN,
                    "--bf16 and --fp16 are both given, which Megatron-LM refuses",
                    "leave one of them out"));
        }
        if (four.isPresent()) {
            draft.read(PRECISION, "nvfp4", four.get());
            brain.or(() -> half)
                    .ifPresent(found -> draft.log().note(Fate.READ, found, "what is not in fp4 has 16 bits"));
        } else if (eight.isPresent()) {
            eightBits(eight.get());
            brain.or(() -> half)
                    .ifPresent(found -> draft.log().note(Fate.READ, found, "what is not in fp8 has 16 bits"));
        } else if (brain.isPresent()) {
            draft.read(PRECISION, "bf16", brain.get());
        } else if (half.isPresent()) {
            draft.read(PRECISION, "fp16", half.get());
        } else {
            draft.assume(PRECISION, "fp32", "neither --bf16 nor --fp16 nor an fp8 format");
        }
    }

    /** Megatron-LM, arguments.py: {@code --fp8-recipe} is {@code delayed} where it is not given. */
    private void eightBits(Found format) {
        Optional<Found> recipe = flags.value("fp8-recipe");
        Optional<Found> unknown = recipe.filter(found -> !EIGHT_BIT_RECIPES.containsKey(found.text()));
        if (unknown.isPresent()) {
            warnOfRecipe(unknown.get());
            draft.log().note(Fate.READ, format, "8 bits, of a recipe that is not known here");
            draft.assume(PRECISION, DELAYED, "the recipe " + unknown.get().text() + " is not known here");
        } else if (recipe.isPresent()) {
            draft.read(PRECISION, EIGHT_BIT_RECIPES.get(recipe.get().text()), recipe.get());
            draft.log().note(Fate.READ, format, "with " + recipe.get().name());
        } else {
            draft.read(PRECISION, DELAYED, format);
        }
    }

    private void warnOfRecipe(Found recipe) {
        draft.log()
                .warn(Problem.at(
                        recipe.position(),
                        Problem.Kind.VALUE,
                        "the recipe " + recipe.text()
                                + " of --fp8-recipe is not known here; delayed scaling is assumed",
                        Nearest.hint(recipe.text(), EIGHT_BIT_RECIPES.keySet()),
                        "state another with --set job.precision="
                                + String.join(", ", new TreeSet<>(EIGHT_BIT_RECIPES.values()))));
        draft.log().note(Fate.IGNORED, recipe, "see the warning");
    }

    private void degrees() {
        Optional<Found> tensor = flags.anyOf("tensor-model-parallel-size", "model-parallel-size");
        tensor.ifPresent(found -> draft.read("job.parallel.tensor", Long.toString(found.count()), found));
        count("pipeline-model-parallel-size", "job.parallel.pipeline");
        count("context-parallel-size", "job.parallel.context");
        count(ULYSSES, "job.parallel.context");
        flags.value(ULYSSES)
                .filter(found -> found.count() > 1)
                .ifPresent(found ->
                        draft.infer("job.parallel.context-method", "ulysses", found, "DeepSpeed exchanges heads"));
        flags.anyOf("expert-model-parallel-size", "moe-expert-parallel-size").ifPresent(this::expert);
        boolean split = tensor.filter(found -> found.count() > 1).isPresent();
        flags.flag("sequence-parallel").ifPresent(found -> {
            if (split) {
                draft.read("job.parallel.sequence-parallel", "true", found);
            } else {
                draft.log().note(Fate.IGNORED, found, "Megatron drops it for 1 tensor rank");
            }
        });
    }

    /** A script that states experts may leave all its layers without; Megatron-LM starts, and the ranks hold dense layers. */
    private void expert(Found ranks) {
        boolean leftOut =
                flags.count("num-experts", 1) > 1 && draft.has("job.model.layers") && !draft.has("job.model.experts");
        if (leftOut) {
            draft.log().note(Fate.IGNORED, ranks, "no layer has experts");
        } else {
            draft.read("job.parallel.expert", Long.toString(ranks.count()), ranks);
        }
    }

    private void tensorOverlap() {
        boolean split = draft.find("job.parallel.sequence-parallel")
                .filter("true"::equals)
                .isPresent();
        flags.flag("tp-comm-overlap").ifPresent(found -> {
            if (split) {
                draft.infer("job.parallel.tensor-overlap", "pipelined", found, "userbuffers of Transformer Engine");
            } else {
                draft.log().note(Fate.IGNORED, found, "Megatron needs --sequence-parallel");
            }
        });
    }

    private void interleaving() {
        Optional<Found> perStage = flags.value("num-layers-per-virtual-pipeline-stage");
        Optional<Found> chunks = flags.value("num-virtual-stages-per-pipeline-rank");
        long pipeline = flags.count("pipeline-model-parallel-size", 1);
        requireOne(perStage, chunks, flags.flag(StageFlags.LAYOUT));
        if (chunks.isPresent()) {
            interleave(chunks.get(), chunks.get().count(), "stages of each rank");
        } else if (perStage.isPresent() && flags.has("num-layers")) {
            long layers = StageFlags.countedLayers(flags);
            long product = pipeline * perStage.get().count();
            if (layers % product != 0) {
                throw new ScenarioException(Problem.at(
                        perStage.get().position(),
                        Problem.Kind.PLAN,
                        layers + " layers do not divide into " + pipeline + " pipeline ranks x "
                                + perStage.get().count() + " layers",
                        "change one of them"));
            }
            interleave(
                    perStage.get(),
                    layers / product,
                    layers + " layers / (" + pipeline + " ranks x "
                            + perStage.get().count() + ")");
        }
    }

    @SafeVarargs
    private static void requireOne(Optional<Found>... ways) {
        List<Found> given = Stream.of(ways).flatMap(Optional::stream).toList();
        if (given.size() > 1) {
            throw new ScenarioException(Problem.at(
                    given.get(1).position(),
                    Problem.Kind.PLAN,
                    given.get(0).name() + " and " + given.get(1).name() + " both say how many chunks a rank has",
                    "Megatron-LM would not start; leave one out"));
        }
    }

    private void interleave(Found found, long stages, String why) {
        if (stages > 1) {
            draft.infer("job.parallel.schedule", "interleaved-1f1b", found, "several stages on each rank");
            draft.infer("job.parallel.virtual-stages", Long.toString(stages), found, why);
        } else {
            draft.log().note(Fate.READ, found, "one stage on each rank");
        }
    }

    /**
     * Megatron-Core, cpu_offloading: the state of the optimizer as a whole, activations of some layers. Megatron-DeepSpeed's {@code
     * --cpu-optimizer} steps on the host, where DeepSpeed has brought what it needs.
     */
    private void offload() {
        flags.flag("optimizer-cpu-offload")
                .or(() -> flags.flag("cpu-optimizer"))
                .ifPresent(found -> {
                    if (draft.has(ShardingFlags.ZERO)) {
                        draft.read("job.parallel.offload-optimizer", "cpu", found);
                    } else {
                        ignored(found, "a scenario offloads what ranks share, and here they share nothing");
                    }
                });
        flags.value("optimizer-offload-fraction").ifPresent(found -> {
            boolean whole = found.text().matches("1(\\.0*)?");
            if (!whole && flags.has("optimizer-cpu-offload")) {
                draft.log()
                        .warn(Problem.at(
                                found.position(),
                                Problem.Kind.VALUE,
                                "the scenario offloads the whole state of the optimizer, not a part of it",
                                "--set job.parallel.offload-optimizer=none keeps all of it on the GPU"));
            }
            ignored(found, "all of the state or none");
        });
        flags.value("cpu-offloading-num-layers")
                .ifPresent(found -> ignored(
                        found,
                        "a scenario offloads what all layers keep (job.parallel.offload-activations) or nothing"));
    }

    private void ignored(Found found, String why) {
        draft.log().note(Fate.IGNORED, found, why);
    }

    private void recompute() {
        Optional<Found> granularity = flags.value("recompute-granularity");
        Optional<Found> whole =
                flags.flag("checkpoint-activations").or(() -> flags.flag("activations-checkpoint-method"));
        Optional<Found> modules = flags.values("recompute-modules");
        Optional<Found> selective = granularity
                .filter(found -> found.text().equals("selective"))
                .or(() -> flags.flag("recompute-activations"));
        if (selective.isPresent() && modules.isPresent()) {
            draft.read(RECOMPUTE, moduleList(modules.get()), modules.get());
            draft.log().note(Fate.READ, selective.get(), "of the parts that --recompute-modules names");
        } else if (granularity.isPresent()) {
            draft.read(RECOMPUTE, granularity.get().text(), granularity.get());
        } else if (selective.isPresent()) {
            draft.read(RECOMPUTE, "selective", selective.get());
        } else {
            whole.ifPresent(found -> draft.read(RECOMPUTE, "full", found));
        }
        if (selective.isEmpty()) {
            modules.ifPresent(
                    found -> draft.log().note(Fate.IGNORED, found, "counts with selective recomputation only"));
        }
        recomputedLayers();
        flags.flag("deepspeed-activation-checkpointing")
                .ifPresent(found -> draft.log().note(Fate.IGNORED, found, "says who keeps what is kept, not what"));
        flags.flag("checkpoint-in-cpu").ifPresent(this::checkpointsOnHost);
    }

    /** Megatron-DeepSpeed, arguments.py: what goes to the host are the inputs of layers that are computed again. */
    private void checkpointsOnHost(Found found) {
        if (draft.find(RECOMPUTE).filter("full"::equals).isPresent()) {
            draft.read("job.parallel.offload-activations", "cpu", found);
        } else {
            ignored(found, "nothing is computed again as a whole");
        }
    }

    /** Megatron-Core, arguments.py: layer by layer, of Transformer Engine or its own, unless the scope is the iteration. */
    private void graphs() {
        Optional<Found> scope = flags.values("cuda-graph-scope");
        Optional<Found> implementation = flags.value("cuda-graph-impl");
        Optional<Found> wanted = implementation
                .filter(found -> !found.text().equals("none"))
                .or(() -> flags.flag("enable-cuda-graph"))
                .or(() -> flags.flag("external-cuda-graph"));
        wanted.ifPresent(found -> {
            boolean whole = found.text().equals(FULL_ITERATION)
                    || scope.filter(parts -> parts.text().contains(FULL_ITERATION))
                            .isPresent();
            draft.infer(
                    "job.cuda-graphs",
                    whole ? "step" : "layers",
                    found,
                    whole ? "the whole iteration" : "a narrower scope than all parts of fixed size is not told apart");
            scope.ifPresent(parts -> draft.log()
                    .note(
                            whole ? Fate.READ : Fate.IGNORED,
                            parts,
                            whole ? "as " + found.name() + " has it" : "all parts of fixed size are taken"));
        });
    }

    private static String moduleList(Found modules) {
        return "[" + modules.text().replace('_', '-').replace(" ", ", ") + "]";
    }

    /** Which layers of a stage are recomputed; Megatron-LM reads it with full recomputation only (arguments.py). */
    private void recomputedLayers() {
        Optional<Found> method = flags.value("recompute-method").or(() -> flags.value("activations-checkpoint-method"));
        Optional<Found> layers = flags.value("recompute-num-layers");
        boolean full = draft.find(RECOMPUTE).filter("full"::equals).isPresent();
        if (full) {
            method.ifPresent(found -> draft.read("job.recompute-method", found.text(), found));
            layers.ifPresent(found -> draft.read("job.recompute-layers", Long.toString(found.count()), found));
        } else {
            for (Optional<Found> unread : List.of(method, layers)) {
                unread.ifPresent(found -> draft.log().note(Fate.IGNORED, found, "counts with full recomputation only"));
            }
        }
    }
}
