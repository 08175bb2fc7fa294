package trainyard.scenario.importing.megatron;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Why flags of a launch command have no part in a scenario. */
final class IgnoredFlags {

    /** How the names of flags start, by the reason for which they are ignored; the first that fits counts. */
    private static final Map<String, List<String>> STARTS = starts();

    /** Flags of these that most scripts have, written out, to tell slips of them. */
    static final Set<String> USUAL = Set.of(
            "train-iters",
            "train-samples",
            "rampup-batch-size",
            "weight-decay",
            "clip-grad",
            "adam-beta1",
            "adam-beta2",
            "min-lr",
            "lr-decay-style",
            "lr-decay-iters",
            "lr-warmup-iters",
            "lr-warmup-fraction",
            "init-method-std",
            "attention-dropout",
            "hidden-dropout",
            "normalization",
            "rotary-base",
            "use-mcore-models",
            "transformer-impl",
            "overlap-grad-reduce",
            "overlap-param-gather",
            "data-path",
            "vocab-file",
            "merge-file",
            "tokenizer-model",
            "save-interval",
            "eval-interval",
            "eval-iters",
            "log-interval");

    /**
     * Flags that take several words beside paths of data (arguments.py, nargs; {@code num-experts} in Megatron-DeepSpeed), so that
     * what only a running shell knows behind the first is a value and no further flag.
     */
    private static final Set<String> SEVERAL = Set.of(
            "rampup-batch-size",
            "recompute-modules",
            "num-experts",
            "cuda-graph-scope",
            "mrope-section",
            "moe-router-load-balancing-type",
            "moe-aux-loss-coeff");

    /** How the names of flags start that take no value. */
    private static final List<String> SWITCHES = words(
            "use- no- disable- untie- overlap- apply- accumulate- swiglu bf16 fp16"
                    + " sequence-parallel recompute-activations group-query-attention multi-latent-attention deepspeed-activation"
                    + " checkpoint-activations log-throughput mock-data manual-gc-eval attention-softmax-in-fp32 qk-layernorm"
                    + " moe-grouped-gemm grad-reduce-in-bf16 add-qkv-bias tp-comm-overlap finetune account-for-"
                    + " enable-cuda-graph external-cuda-graph fp8-e4m3 fp8-hybrid moe-enable-deepep moe-shared-expert-overlap"
                    + " optimizer-cpu-offload cpu-optimizer checkpoint-in-cpu is-hybrid-model quick-geglu torch-fsdp2-no-reshard-after-forward");

    private IgnoredFlags() {}

    private static Map<String, List<String>> starts() {
        Map<String, List<String>> starts = new LinkedHashMap<>();
        starts.put("each tensor rank keeps its checkpoints whole", words("partition-activations"));
        starts.put("every layer has a checkpoint", words("checkpoint-num-layers"));
        starts.put(
                "the software profile says how kernels and exchanges are fused and overlapped",
                words(
                        "zero-reduce zero-allgather zero-contigious contigious- synchronize-each no-async overlap tp-comm-overlap- tp-comm-bulk tp-comm-split tp-comm-bootstrap delay- ddp- bias- no-bias no-masked masked-softmax no-gradient gradient-acc"
                                + " cross-entropy-loss-fusion cross-entropy-fusion cuda-graph enable-cuda attention-backend"
                                + " use-flash transformer-impl use-mcore use-legacy moe-grouped moe-permute moe-router-fusion"
                                + " use-transformer-engine-op moe-router-padding moe-hybridep moe-deepep-num"));
        starts.put(
                "weights are gathered in 16 bits all the same, which takes up to twice the time",
                words("fp8-param fp4-param"));
        starts.put(
                "changes what is learned, or costs next to nothing",
                words("lr warmup min-lr decoupled weight-decay start-weight end-weight adam clip-grad seed init-method"
                        + " loss-scale initial-loss min-loss hysteresis attention-dropout hidden-dropout"
                        + " norm-epsilon layernorm normalization apply- embed-layernorm rotary use-rotary rope-"
                        + " position no-position moe-aux moe-router moe-z qk- attention-softmax accumulate-"
                        + " fp8- disable-bias add- calculate-per squared-relu"));
        starts.put(
                "the optimizer's state and the gradients are priced in the formats of the software profile",
                words("use-precision-aware exp-avg main-params main-grads"));
        starts.put("the batch is priced as it is after its ramp", words("rampup"));
        starts.put(
                "input data",
                words(
                        "data-path data-impl data-cache vocab-file merge-file tokenizer split train-data train-weighted valid"
                                + " test- num-workers reset- eod dataloader mock mmap no-mmap no-create create- tiktoken"));
        starts.put(
                "one step of training is priced, not a run",
                words(
                        "save load ckpt rerun profile-backward dist-ckpt no-load no-save async-save finetune exit override use-checkpoint kill-switch"
                                + " train- eval log tensorboard wandb profile timing manual-gc empty-unused abort codecarbon"
                                + " use-pytorch use-dist-ckpt use-tp-pp"));
        starts.put(
                "how processes are started",
                words(
                        "master rdzv node-rank rank max-restarts tee hostfile jobid wait kill-on export container distributed"
                                + " local-rank launcher ntasks gres bind cpus role use-gloo enable-gloo job-name output partition"
                                + " deepspeed-config no-pipeline-parallel"));
        return starts;
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    /** Flags that take several words. */
    static boolean takesSeveral(String name) {
        return SEVERAL.contains(name) || name.endsWith("data-path") || name.endsWith("paths-path");
    }

    /** Flags that take none. */
    static boolean isSwitch(String name) {
        return SWITCHES.stream().anyMatch(name::startsWith) && !name.equals("tp-comm-overlap-cfg");
    }

    /** The reason for a flag without its hyphens; nothing where it is not a flag that is known. */
    static Optional<String> reason(String name) {
        return STARTS.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(name::startsWith))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
