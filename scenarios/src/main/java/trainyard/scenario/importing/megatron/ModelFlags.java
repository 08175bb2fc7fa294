package trainyard.scenario.importing.megatron;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Position;
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

    private static final Set<String> OWN = Set.of(
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
            "multi-latent-attention",
            "q-lora-rank",
            "kv-lora-rank",
            "qk-head-dim",
            "qk-pos-emb-head-dim",
            "v-head-dim",
            "mtp-num-layers",
            "window-size",
            "window-attn-skip-freq",
            "position-embedding-type",
            "disable-bias-linear");

    private static final String STATE_SPACES = "layers of state spaces (Mamba)";

    /** Flags of layers that have no cost model, and what these are. */
    private static final Map<String, String> OTHER_LAYERS = Map.of(
            "is-hybrid-model", STATE_SPACES,
            "hybrid-attention-ratio", STATE_SPACES,
            "hybrid-override-pattern", STATE_SPACES,
            "hybrid-layer-pattern", STATE_SPACES,
            "linear-attention-type", "layers of linear attention",
            "experimental-attention-variant", "attention of another kind",
            "heterogeneous-layers-config-path", "layers of different sizes, which another file states");

    static final Set<String> NAMES = Stream.of(OWN, ExpertFlags.NAMES, OTHER_LAYERS.keySet())
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final List<String> LATENT =
            List.of("q-lora-rank", "kv-lora-rank", "qk-head-dim", "qk-pos-emb-head-dim", "v-head-dim");

    private static final String TWO_PARTS = "pretrain_t5.py";
    /** Programs of Megatron-LM whose models are no decoders, and what these are. */
    private static final Map<String, String> OTHER_MODELS = Map.of(
            TWO_PARTS,
            "an encoder and a decoder",
            "pretrain_bert.py",
            "an encoder, whose tokens see all others",
            "pretrain_mamba.py",
            STATE_SPACES,
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
        OTHER_LAYERS.forEach(
                (name, layers) -> flags.flag(name).ifPresent(found -> refuse(found.position(), found.name(), layers)));
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
            window();
            for (String name : LATENT) {
                flags.flag(name).ifPresent(found -> ignored(found, "counts with --multi-latent-attention only"));
            }
        }
        ExpertFlags experts = new ExpertFlags(flags, draft);
        experts.put();
        biases(gated);
        ffn(hidden);
        experts.residual();
        size("mtp-num-layers", "job.model.prediction-layers");
        new VocabularyFlags(flags, draft).put();
        embeddings(gated);
        positions(gated);
    }

    private void tellOtherModel(Found program) {
        String other = OTHER_MODELS.get(program.text());
        if (other.equals(STATE_SPACES)) {
            refuse(program.position(), program.text(), other);
        }
        boolean refused = program.text().equals(TWO_PARTS);
        Problem problem = Problem.at(
                program.position(),
                refused ? Problem.Kind.PLAN : Problem.Kind.VALUE,
                program.text() + " trains " + other
                        + (refused ? "; its flags give a decoder only" : "; the scenario has a decoder of its sizes"),
                "name a preset with --model, such as bert-large or t5-large");
        if (refused) {
            throw new ScenarioException(problem);
        }
        draft.log().warn(problem);
    }

    private static void refuse(Position position, String name, String layers) {
        throw new ScenarioException(Problem.at(
                position,
                Problem.Kind.PLAN,
                name + " makes " + layers + ", which have no cost model",
                "name a transformer of about its size with --model"));
    }

    /**
     * Tokens before a token that it sees, and itself (arguments.py, {@code --window-size}, "left,right"; Transformer Engine,
     * attention.py, window_size); a negative number stands for all.
     */
    private void window() {
        Optional<Found> size = flags.value("window-size");
        if (size.isEmpty()) {
            return;
        }
        Found found = size.get();
        String left = found.text().replaceAll("[(\\s]", "").split(",", 2)[0];
        new Found(found.name(), left, found.position())
                .wholeNumber()
                .ifPresentOrElse(
                        before -> {
                            String seen = Long.toString(before + 1);
                            draft.infer("job.model.window", seen, found, "the tokens before one, and itself");
                            flags.value("window-attn-skip-freq").ifPresent(this::warnOfWholeLayers);
                        },
                        () -> ignored(found, "every token sees all before it"));
    }

    private void warnOfWholeLayers(Found every) {
        ignored(every, "see the warning");
        draft.log()
                .warn(Problem.at(
                        every.position(),
                        Problem.Kind.PLAN,
                        "some layers see all tokens; the scenario has a window in every layer",
                        "take the time of attention for a lower bound"));
    }

    private Found required(String flag, String path) {
        Found found = flags.value(flag)
                .orElseThrow(() -> new ScenarioException(Problem.at(
                        flags.opened(flag).orElseGet(() -> flags.without(flag)).position(),
                        Problem.Kind.KEY,
                        flags.opened(flag)
                                .map(open -> open.text() + " of --" + flag + LaunchFlags.IN_THE_SHELL)
                                .orElse("the command has no --" + flag + flags.otherFile()),
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
        flags.flag("window-size").ifPresent(found -> ignored(found, "latent attention has no window here"));
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
    }
}
