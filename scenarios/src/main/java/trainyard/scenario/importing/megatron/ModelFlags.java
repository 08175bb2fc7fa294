package trainyard.scenario.importing.megatron;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Flags that say what is trained. Defaults are those of Megatron-LM, megatron/training/arguments.py (core 0.12, 2025): the
 * MLP is 4 x hidden wide, or 8/3 x hidden in steps of 64 where it is gated; positions are learned; embeddings are tied; the
 * vocabulary is padded to a multiple of 128 x tensor ranks.
 */
final class ModelFlags {

    /** Of Megatron-DeepSpeed, megatron/arguments.py (2023): groups of queries without a flag that says there are any. */
    private static final String KEY_VALUE_HEADS = "num-key-value-heads";

    private static final String RESIDUAL = "mlp-type";

    private static final String NO_EXPERTS = "no layer has experts";

    static final Set<String> NAMES = Set.of(
            "num-layers",
            "hidden-size",
            "ffn-hidden-size",
            "num-attention-heads",
            "num-query-groups",
            "group-query-attention",
            KEY_VALUE_HEADS,
            "kv-channels",
            "swiglu",
            "quick-geglu",
            "glu-activation",
            "untie-embeddings-and-output-weights",
            "vocab-size",
            "padded-vocab-size",
            "pad-vocab-size-to",
            "make-vocab-size-divisible-by",
            "tokenizer-type",
            "num-experts",
            "moe-router-topk",
            "topk",
            RESIDUAL,
            "expert-interval",
            "moe-ffn-hidden-size",
            "moe-shared-expert-intermediate-size",
            "moe-layer-freq",
            "moe-router-group-topk",
            "moe-router-num-groups",
            "multi-latent-attention",
            "q-lora-rank",
            "kv-lora-rank",
            "qk-head-dim",
            "qk-pos-emb-head-dim",
            "v-head-dim",
            "mtp-num-layers",
            "window-size",
            "position-embedding-type",
            "disable-bias-linear");

    private static final List<String> LATENT =
            List.of("q-lora-rank", "kv-lora-rank", "qk-head-dim", "qk-pos-emb-head-dim", "v-head-dim");

    /** What counts for layers with experts only. */
    private static final List<String> OF_EXPERTS = List.of(
            "num-experts",
            "moe-router-topk",
            "topk",
            "expert-interval",
            "moe-ffn-hidden-size",
            "moe-shared-expert-intermediate-size",
            "moe-router-group-topk",
            "moe-router-num-groups");

    private static final String TWO_PARTS = "pretrain_t5.py";

    /** Programs of Megatron-LM whose models are no decoders, and what these are. */
    private static final Map<String, String> OTHER_MODELS = Map.of(
            TWO_PARTS,
            "an encoder and a decoder",
            "pretrain_bert.py",
            "an encoder, whose tokens see all others",
            "pretrain_mamba.py",
            "state-space layers",
            "pretrain_vlm.py",
            "an encoder of images before a decoder",
            "pretrain_vision_classify.py",
            "an encoder of images");

    private final LaunchFlags flags;
    private final Draft draft;

    ModelFlags(LaunchFlags flags, Draft draft) {
        this.flags = flags;
        this.draft = draft;
    }

    void put() {
        flags.program()
                .filter(program -> OTHER_MODELS.containsKey(program.text()))
                .ifPresent(this::tellOtherModel);
        Optional<Found> gate = Stream.of("swiglu", "quick-geglu", "glu-activation")
                .flatMap(name -> flags.flag(name).stream())
                .findFirst();
        boolean gated = gate.isPresent();
        gate.ifPresentOrElse(
                found -> draft.infer("job.model.family", "llama", found, "its MLP is gated"),
                () -> draft.assume("job.model.family", "gpt", "no --swiglu, so its MLP is not gated"));
        required("num-layers", "job.model.layers");
        Found hidden = required("hidden-size", "job.model.hidden");
        required("num-attention-heads", "job.model.heads");
        if (flags.has("multi-latent-attention")) {
            latent();
        } else {
            groups();
            size("kv-channels", "job.model.head-size");
            for (String name : LATENT) {
                flags.flag(name).ifPresent(found -> ignored(found, "counts with --multi-latent-attention only"));
            }
        }
        experts();
        biases(gated);
        ffn(hidden);
        residual();
        size("mtp-num-layers", "job.model.prediction-layers");
        new VocabularyFlags(flags, draft).put();
        embeddings(gated);
        positions(gated);
    }

    private void tellOtherModel(Found program) {
        boolean refused = program.text().equals(TWO_PARTS);
        Problem problem = Problem.at(
                program.position(),
                refused ? Problem.Kind.PLAN : Problem.Kind.VALUE,
                program.text() + " trains " + OTHER_MODELS.get(program.text())
                        + (refused ? "; its flags give a decoder only" : "; the scenario has a decoder of its sizes"),
                "name a preset with --model, such as bert-large or t5-large");
        if (refused) {
            throw new ScenarioException(problem);
        }
        draft.log().warn(problem);
    }

    private Found required(String flag, String path) {
        Found found = flags.value(flag)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        flags.opened(flag).orElseGet(() -> flags.without(flag)).position(),
                        Problem.Kind.KEY,
                        flags.opened(flag)
                                .map(open -> open.text() + " of --" + flag + LaunchFlags.IN_THE_SHELL)
                                .orElse("the command has no --" + flag),
                        "write it out in a copy of the script, or name the model with --model")));
        draft.read(path, Long.toString(found.count()), found);
        return found;
    }

    private void size(String flag, String path) {
        flags.value(flag).ifPresent(found -> draft.read(path, Long.toString(found.count()), found));
    }

    /** Sizes as in arguments.py, group multi-latent attention (core 0.12, 2025), which has 32 for the latent of keys and values. */
    private void latent() {
        flags.flag("multi-latent-attention")
                .ifPresent(found -> draft.log().note(Fate.READ, found, "job.model.kv-rank says so"));
        size("q-lora-rank", "job.model.query-rank");
        size("kv-lora-rank", "job.model.kv-rank");
        if (!draft.has("job.model.kv-rank")) {
            draft.assume("job.model.kv-rank", "32", "default of --kv-lora-rank");
        }
        size("qk-head-dim", "job.model.head-size");
        size("qk-pos-emb-head-dim", "job.model.rotary-size");
        size("v-head-dim", "job.model.value-size");
        if (draft.has("job.model.head-size") && !draft.has("job.model.value-size")) {
            draft.assume("job.model.value-size", "128", "default of --v-head-dim");
        }
        for (String name : List.of("group-query-attention", "num-query-groups", KEY_VALUE_HEADS, "kv-channels")) {
            flags.flag(name).ifPresent(found -> ignored(found, "latent attention has sizes of its own"));
        }
    }

    private void ignored(Found found, String why) {
        draft.log().note(Fate.IGNORED, found, why);
    }

    private void groups() {
        size(KEY_VALUE_HEADS, "job.model.kv-heads");
        Optional<Found> grouped = flags.flag("group-query-attention");
        Optional<Found> groups = flags.value("num-query-groups");
        if (grouped.isEmpty()) {
            groups.ifPresent(found -> ignored(found, "has no effect without --group-query-attention"));
            return;
        }
        String path = "job.model.kv-heads";
        groups.ifPresent(found -> draft.read(path, Long.toString(found.count()), found));
        if (!flags.has("num-query-groups")) {
            draft.assume(path, "1", "default of --num-query-groups");
        }
        draft.log().note(Fate.READ, grouped.get(), "of so many groups as --num-query-groups says");
    }

    private void ffn(Found hidden) {
        Optional<Found> stated = flags.value("ffn-hidden-size");
        if (draft.has("job.model.expert-ffn") && !draft.has("job.model.dense-layers")) {
            stated.ifPresent(found -> ignored(found, "every layer has experts, which have a width of their own"));
        } else if (stated.isPresent()) {
            draft.read("job.model.ffn", Long.toString(stated.get().count()), stated.get());
        } else if (flags.has("swiglu")) {
            long width = 8 * hidden.count() / 3 / 64 * 64;
            draft.infer("job.model.ffn", Long.toString(Math.max(1, width)), hidden, "8/3 x hidden in steps of 64");
        } else {
            draft.infer("job.model.ffn", Long.toString(4 * hidden.count()), hidden, "4 x hidden");
        }
    }

    private void experts() {
        Optional<Found> experts = flags.value("num-experts").filter(found -> found.count() > 1);
        Optional<Found> frequency = experts.flatMap(found -> flags.values("moe-layer-freq"));
        if (frequency.filter(this::leavesAllDense).isPresent()) {
            draft.log().note(Fate.READ, frequency.get(), NO_EXPERTS);
            for (String name : OF_EXPERTS) {
                flags.flag(name).ifPresent(found -> ignored(found, NO_EXPERTS));
            }
        } else if (experts.isPresent()) {
            draft.read("job.model.experts", Long.toString(experts.get().count()), experts.get());
            flags.values("num-experts").ifPresent(this::warnOfUnevenExperts);
            boolean deepSpeed = flags.has("moe-expert-parallel-size");
            flags.value(deepSpeed ? "topk" : "moe-router-topk")
                    .ifPresentOrElse(
                            found -> draft.read("job.model.top-k", Long.toString(found.count()), found),
                            () -> draft.assume(
                                    "job.model.top-k",
                                    deepSpeed ? "1" : "2",
                                    deepSpeed ? "default of --topk" : "default of --moe-router-topk"));
            if (deepSpeed) {
                warnOfDenseLayers(experts.get());
            }
            size("moe-ffn-hidden-size", "job.model.expert-ffn");
            size("moe-shared-expert-intermediate-size", "job.model.shared-ffn");
            frequency.ifPresent(this::layersWithExperts);
            nodes();
        }
    }

    /** Megatron-DeepSpeed, megatron/arguments.py (2023): {@code --num-experts} takes a number for each layer with experts. */
    private void warnOfUnevenExperts(Found found) {
        List<String> numbers = List.of(found.text().split(" "));
        if (numbers.stream().distinct().count() > 1) {
            draft.log()
                    .warn(Problem.at(
                            found.position(),
                            Problem.Kind.PLAN,
                            "layers have " + String.join(", ", new LinkedHashSet<>(numbers))
                                    + " experts; the scenario has " + numbers.get(0) + " in every layer",
                            "state a model of the same parameters with --model or --set job.model.experts"));
        }
    }

    /** Megatron-DeepSpeed: each token goes through a dense MLP as well as its expert (Rajbhandari et al. 2022, PR-MoE). */
    private void residual() {
        flags.value(RESIDUAL).ifPresent(found -> {
            Optional<String> width = draft.find("job.model.ffn").filter(ffn -> draft.has("job.model.experts"));
            if (width.isPresent() && found.text().equals("residual")) {
                draft.infer("job.model.shared-ffn", width.get(), found, "a dense MLP beside the experts");
            } else {
                boolean beside = draft.has("job.model.experts");
                ignored(found, beside ? found.text() + " has no dense MLP beside experts" : NO_EXPERTS);
            }
        });
    }

    /** A family says whether products have biases; those of experts are kernels of their own, which take time. */
    private void biases(boolean gated) {
        boolean biased = !gated && draft.has("job.model.experts");
        flags.flag("disable-bias-linear").ifPresent(found -> {
            if (biased) {
                draft.log()
                        .warn(Problem.at(
                                found.position(),
                                Problem.Kind.PLAN,
                                "the experts of the scenario have biases, as the family gpt has",
                                "--set job.model.family=llama leaves them out, with gated experts"));
            }
            draft.log()
                    .note(
                            gated ? Fate.READ : Fate.IGNORED,
                            found,
                            gated ? "as in the family" : "the family has biases, which cost little outside of experts");
        });
    }

    /** A list of zeros, such as scripts for tests of a mixture's dense part have. */
    private boolean leavesAllDense(Found found) {
        return found.text().contains("[") && list(found).matches("0+");
    }

    /** A number N, where Megatron-Core has experts in layers 0, N, 2N and so on (gpt_layer_specs.py), or a list of all layers. */
    private void layersWithExperts(Found found) {
        if (!found.text().matches("[0-9]+")) {
            denseLayers(found);
        } else if (found.count() == 1) {
            draft.log().note(Fate.READ, found, "every layer has experts");
        } else {
            draft.log()
                    .warn(Problem.at(
                            found.position(),
                            Problem.Kind.PLAN,
                            "layers with and without experts take turns: one of " + found.count()
                                    + " has them, from the first on; the scenario has experts in every layer",
                            "state a model of the same parameters with --model or --set job.model.experts"));
            draft.log().note(Fate.IGNORED, found, "only first layers can be dense");
        }
    }

    /** A list with a 1 for each layer that has experts; the scenario has dense ones first only. */
    private void denseLayers(Found found) {
        String list = list(found);
        int dense = list.indexOf('1');
        if (dense == 0 && list.indexOf('0') < 0) {
            draft.log().note(Fate.READ, found, "every layer has experts");
        } else if (dense > 0 && list.indexOf('0', dense) < 0 && list.length() > 1) {
            draft.infer("job.model.dense-layers", Integer.toString(dense), found, "the first ones have no experts");
        } else {
            draft.log()
                    .warn(Problem.at(
                            found.position(),
                            Problem.Kind.PLAN,
                            "layers with and without experts take turns; the scenario has experts in every layer",
                            "state a model of the same parameters with --model or --set job.model.experts"));
            draft.log().note(Fate.IGNORED, found, "only first layers can be dense");
        }
    }

    /** The list written out, of as many digits as the model has layers. */
    private String list(Found found) {
        String list = written(found);
        long layers = flags.count("num-layers", 1);
        if (found.text().contains("[") && list.length() != layers) {
            throw new ScenarioException(Problem.at(
                    found.position(),
                    Problem.Kind.PLAN,
                    "the list says of " + list.length() + " layers whether they have experts, the model has " + layers,
                    "Megatron-LM would not start; change one of them"));
        }
        return list;
    }

    private static String written(Found found) {
        try {
            return RepeatedText.expand(found.text());
        } catch (IllegalArgumentException wrong) {
            throw new ScenarioException(Problem.at(
                    found.position(),
                    Problem.Kind.PLAN,
                    wrong.getMessage(),
                    "such as ([0]*3+[1]*58), a 0 for each dense layer and a 1 for each with experts"));
        }
    }

    /** A router that goes by groups of experts, which Megatron-Core's guide lays on a node each. */
    private void nodes() {
        Optional<Found> groups = flags.flag("moe-router-num-groups");
        Optional<Found> chosen = flags.value("moe-router-group-topk");
        if (groups.isPresent() && chosen.isPresent()) {
            draft.infer(
                    "job.model.node-limit",
                    Long.toString(chosen.get().count()),
                    chosen.get(),
                    "groups of experts, one to a node");
            draft.log().note(Fate.READ, groups.get(), "with " + chosen.get().name());
        } else {
            groups.ifPresent(found -> ignored(found, "counts with --moe-router-group-topk only"));
            chosen.ifPresent(found -> ignored(found, "counts with --moe-router-num-groups only"));
        }
    }

    /** Megatron-DeepSpeed, megatron/arguments.py (2023): {@code --expert-interval} is 2 by default, {@code --topk} is 1. */
    private void warnOfDenseLayers(Found experts) {
        long interval = flags.count("expert-interval", 2);
        flags.flag("expert-interval")
                .ifPresent(found -> draft.log()
                        .note(
                                interval == 1 ? Fate.READ : Fate.IGNORED,
                                found,
                                interval == 1 ? "every layer has experts" : "see the warning"));
        if (interval != 1) {
            draft.log()
                    .warn(Problem.at(
                            experts.position(),
                            Problem.Kind.PLAN,
                            "the script has experts in one of " + interval
                                    + " layers (--expert-interval); the scenario has them in every layer",
                            "state a model of the same parameters with --model or --set job.model.experts"));
        }
    }

    private void embeddings(boolean gated) {
        Optional<Found> untied = flags.flag("untie-embeddings-and-output-weights");
        if (untied.isPresent()) {
            draft.infer("job.model.tied-embeddings", "false", untied.get(), "the flag is there");
        } else if (gated) {
            draft.assume("job.model.tied-embeddings", "true", "no --untie-embeddings-and-output-weights");
        }
    }

    private void positions(boolean gated) {
        String family = gated ? "rotary positions" : "learned positions";
        String wanted = gated ? "rope" : "learned_absolute";
        flags.value("position-embedding-type").ifPresent(found -> {
            boolean same = found.text().equals(wanted);
            draft.log()
                    .note(
                            same ? Fate.READ : Fate.IGNORED,
                            found,
                            found.name() + " " + found.text(),
                            same ? "as in the family" : "the family has " + family + ", which cost about the same");
        });
        flags.value("window-size")
                .ifPresent(found -> draft.log().note(Fate.IGNORED, found, "--set job.model.window states it"));
    }
}
