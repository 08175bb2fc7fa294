package trainyard.scenario.importing.megatron;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/** Flags that say which layers have experts and how many; defaults as in {@link ModelFlags}, among whose names theirs are. */
final class ExpertFlags {

    private static final String RESIDUAL = "mlp-type";

    private static final String FREQUENCY = "moe-layer-freq";

    private static final String NO_EXPERTS = "no layer has experts";

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

    static final Set<String> NAMES =
            Stream.concat(OF_EXPERTS.stream(), Stream.of(RESIDUAL, FREQUENCY)).collect(Collectors.toUnmodifiableSet());

    private final LaunchFlags flags;
    private final Draft draft;

    ExpertFlags(LaunchFlags flags, Draft draft) {
        this.flags = flags;
        this.draft = draft;
    }

    /** Reads all but {@link #residual}. */
    void put() {
        Optional<Found> experts = flags.value("num-experts").filter(found -> found.count() > 1);
        Optional<Found> frequency = experts.flatMap(found -> flags.values(FREQUENCY));
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

    /** Megatron-DeepSpeed: each token goes through a dense MLP as well as its expert (Rajbhandari et al. 2022, PR-MoE); read when its width is. */
    void residual() {
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

    private void size(String flag, String path) {
        flags.value(flag).ifPresent(found -> draft.read(path, Long.toString(found.count()), found));
    }

    private void ignored(Found found, String why) {
        draft.log().note(Fate.IGNORED, found, why);
    }
}
