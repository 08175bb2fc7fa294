package trainyard.scenario.importing.megatron;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import trainyard.scenario.importing.draft.Draft;
import trainyard.scenario.importing.draft.Found;
import trainyard.scenario.importing.draft.ImportLog.Fate;
import trainyard.scenario.importing.draft.Machines;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;

/**
 * Flags that say what data-parallel ranks shard: those of DeepSpeed, of PyTorch's FSDP2, of Megatron-FSDP, or the distributed
 * optimizer, the first of these that is given (Megatron-Core 0.14, arguments.py and training.py, get_model).
 */
final class ShardingFlags {

    static final String ZERO = "job.parallel.zero";

    private static final String DISTRIBUTED = "use-distributed-optimizer";
    private static final String STRATEGY = "data-parallel-sharding-strategy";
    private static final String MEGATRON_FSDP = "use-megatron-fsdp";
    /** What it was called up to Megatron-Core 0.12. */
    private static final String CUSTOM_FSDP = "use-custom-fsdp";

    private static final String TORCH_FSDP = "use-torch-fsdp2";
    private static final String KEPT = "torch-fsdp2-no-reshard-after-forward";
    private static final String DEEPSPEED = "deepspeed";
    private static final String STAGE = "zero-stage";

    private static final String OVERLAP = "overlap-grad-reduce";
    private static final String OVERLAPPED = "job.parallel.gradient-overlap";

    private static final String INSTANCES = "num-distributed-optimizer-instances";

    /** Gradients of bf16 are summed in 32 bits unless it is given (arguments.py, accumulate_allreduce_grads_in_fp32). */
    private static final String IN_BF16 = "grad-reduce-in-bf16";

    /** Gradients of fp16 are kept and summed in 16 bits unless it is given; bf16 sets it itself (arguments.py). */
    private static final String IN_FP32 = "accumulate-allreduce-grads-in-fp32";

    static final Set<String> NAMES = Set.of(
            DISTRIBUTED, STRATEGY, MEGATRON_FSDP, CUSTOM_FSDP, TORCH_FSDP, KEPT, DEEPSPEED, STAGE, INSTANCES, IN_BF16);

    /** What {@code --data-parallel-sharding-strategy} shards. */
    private static final Map<String, String> STRATEGIES =
            Map.of("no_shard", "0", "optim", "1", "optim_grads", "2", "optim_grads_params", "3");

    private final LaunchFlags flags;
    private final Draft draft;

    /**
     * @param flags flags of the command
     * @param draft has the degrees and the precision already
     */
    ShardingFlags(LaunchFlags flags, Draft draft) {
        this.flags = flags;
        this.draft = draft;
    }

    void put() {
        Optional<Found> deepSpeed = flags.flag(DEEPSPEED);
        Optional<Found> torch = flags.flag(TORCH_FSDP);
        Optional<Found> megatron = flags.flag(MEGATRON_FSDP).or(() -> flags.flag(CUSTOM_FSDP));
        if (deepSpeed.isPresent()) {
            deepSpeed(deepSpeed.get());
        } else if (torch.isPresent()) {
            torch(torch.get());
        } else if (megatron.isPresent()) {
            megatron(megatron.get());
        } else {
            flags.flag(DISTRIBUTED).ifPresent(found -> draft.read(ZERO, "1", found));
        }
        if (deepSpeed.isEmpty()) {
            overlap();
        }
        flags.flag(IN_BF16).ifPresent(this::reduceInBf16);
        if (deepSpeed.isEmpty() && torch.isEmpty() && !flags.has(IN_FP32)) {
            flags.flag("fp16")
                    .ifPresent(
                            found -> draft.infer("job.parallel.gradient-reduction", "fp16", found, "no --" + IN_FP32));
        }
        boolean instances = deepSpeed.isEmpty() && torch.isEmpty();
        flags.value(INSTANCES).ifPresent(found -> instances(found, instances));
        ignore(deepSpeed.isPresent(), "--" + DEEPSPEED, STAGE);
        ignore(deepSpeed.isEmpty() && torch.isPresent(), "--" + TORCH_FSDP, KEPT);
        ignore(deepSpeed.isEmpty() && torch.isEmpty() && megatron.isPresent(), "--" + MEGATRON_FSDP, STRATEGY);
    }

    private void reduceInBf16(Found found) {
        if (flags.has(DEEPSPEED) || !flags.has("bf16")) {
            ignored(found, "counts with --bf16 and without --" + DEEPSPEED + " only");
        } else {
            draft.read("job.parallel.gradient-reduction", "bf16", found);
        }
    }

    /**
     * Without the flag, gradients are reduced in one piece after the last pass, also those that the distributed optimizer
     * scatters; profiles of Megatron-Core overlap. Sharded gradients are reduced layer by layer (arguments.py,
     * distributed_data_parallel_config.py).
     */
    private void overlap() {
        boolean layerwise = draft.find(ZERO)
                .filter(stage -> stage.equals("2") || stage.equals("3"))
                .isPresent();
        if (!flags.has(OVERLAP) && !layerwise && !isSingle()) {
            draft.infer(OVERLAPPED, "false", flags.without(OVERLAP), "no --" + OVERLAP);
        }
    }

    /**
     * Copies of what the ranks shard: each lies on as many data-parallel ranks, those of a sequence counted, as the others
     * (Megatron-Core, parallel_state.py, num_distributed_optimizer_instances).
     */
    private void instances(Found copies, boolean read) {
        boolean sharded = draft.find(ZERO).filter(stage -> !stage.equals("0")).isPresent();
        Optional<Long> ranks = Machines.stated(draft)
                .map(gpus -> gpus / (ranks("job.parallel.tensor") * ranks("job.parallel.pipeline")));
        if (!read || !sharded) {
            ignored(copies, "counts with --" + DISTRIBUTED + " or --" + MEGATRON_FSDP + " only");
        } else if (copies.count() == 1) {
            draft.log().note(Fate.READ, copies, "all data-parallel ranks share one copy");
        } else if (ranks.isEmpty()) {
            ignored(copies, "how many ranks share a copy follows from the GPUs; see the warning");
            draft.log()
                    .warn(Problem.at(
                            copies.position(),
                            Problem.Kind.PLAN,
                            "the script does not say how many GPUs share each of the " + copies.count() + " copies of "
                                    + copies.name(),
                            "--gpus N does; all share one until then"));
        } else if (ranks.get() % copies.count() != 0) {
            throw new ScenarioException(Problem.at(
                    copies.position(),
                    Problem.Kind.PLAN,
                    ranks.get() + " data-parallel ranks do not divide into " + copies.count() + " copies",
                    "Megatron-LM would not start; change one of them"));
        } else {
            draft.infer(
                    "job.parallel.shard-group",
                    Long.toString(ranks.get() / copies.count()),
                    copies,
                    ranks.get() + " data-parallel ranks / " + copies.count() + " copies");
        }
    }

    /** Whether the GPUs, as far as they are stated, hold one copy of the weights, so that nothing is reduced. */
    private boolean isSingle() {
        long one = ranks("job.parallel.tensor") * ranks("job.parallel.pipeline");
        return Machines.stated(draft).filter(gpus -> gpus <= one).isPresent();
    }

    private long ranks(String degree) {
        return draft.find(degree).map(Long::parseLong).orElse(1L);
    }

    private void ignore(boolean counts, String with, String name) {
        if (!counts) {
            flags.flag(name).ifPresent(found -> ignored(found, "counts with " + with + " only"));
        }
    }

    private void ignored(Found found, String why) {
        draft.log().note(Fate.IGNORED, found, why);
    }

    private void deepSpeed(Found flag) {
        Optional<Found> stage = flags.value(STAGE);
        if (stage.isEmpty()) {
            draft.log()
                    .note(
                            Fate.OPEN,
                            flag,
                            "its configuration, another file, says what is sharded; --set " + ZERO + "=N");
        } else {
            draft.log().note(Fate.READ, flag, "with " + stage.get().name());
            boolean own = flags.has("bf16") && stage.get().text().equals("0");
            if (own) {
                draft.infer(ZERO, "1", stage.get(), "DeepSpeed's bf16 optimizer shards its state all the same");
            } else {
                draft.read(ZERO, stage.get().text(), stage.get());
            }
        }
        for (String name : List.of(DISTRIBUTED, TORCH_FSDP, MEGATRON_FSDP, CUSTOM_FSDP)) {
            flags.flag(name).ifPresent(found -> ignored(found, "DeepSpeed shards instead"));
        }
    }

    /** Weights are let go after the forward pass unless a flag keeps them for the backward pass. */
    private void torch(Found flag) {
        draft.infer(ZERO, "3", flag, "it shards weights, gradients and the state of the optimizer");
        flags.flag(KEPT)
                .ifPresent(found -> draft.infer(
                        "job.parallel.reshard", "after-backward", found, "weights stay for the backward pass"));
        Stream.of(
                        flags.flag(DISTRIBUTED),
                        flags.flag(MEGATRON_FSDP),
                        flags.flag(CUSTOM_FSDP),
                        flags.flag("fp16"),
                        degree("pipeline-model-parallel-size"),
                        degree("expert-model-parallel-size"))
                .flatMap(Optional::stream)
                .forEach(found -> draft.log()
                        .warn(Problem.at(
                                found.position(),
                                Problem.Kind.PLAN,
                                "--" + TORCH_FSDP + " does not go with " + found.name(),
                                "Megatron-LM would not start; leave one out")));
        for (String name : List.of(DISTRIBUTED, MEGATRON_FSDP, CUSTOM_FSDP)) {
            flags.flag(name).ifPresent(found -> ignored(found, "FSDP2 shards instead"));
        }
    }

    private Optional<Found> degree(String name) {
        return flags.value(name).filter(found -> found.count() > 1);
    }

    private void megatron(Found flag) {
        Optional<Found> strategy = flags.value(STRATEGY);
        Optional<Found> known = strategy.filter(found -> STRATEGIES.containsKey(found.text()));
        draft.log().note(Fate.READ, flag, "--" + STRATEGY + " says what it shards");
        known.ifPresent(found -> draft.read(ZERO, STRATEGIES.get(found.text()), found));
        strategy.filter(found -> known.isEmpty()).ifPresent(this::warnOfStrategy);
        if (known.isEmpty()) {
            draft.assume(ZERO, "0", "no_shard is the default of --" + STRATEGY);
        }
        flags.flag(DISTRIBUTED).ifPresent(found -> ignored(found, "the strategy of Megatron-FSDP counts instead"));
    }

    private void warnOfStrategy(Found strategy) {
        draft.log()
                .warn(Problem.at(
                        strategy.position(),
                        Problem.Kind.VALUE,
                        "Megatron-FSDP has no strategy '" + strategy.text() + "'",
                        Nearest.hint(strategy.text(), STRATEGIES.keySet()),
                        "known: no_shard, optim, optim_grads, optim_grads_params"));
        ignored(strategy, "see the warning");
    }
}
