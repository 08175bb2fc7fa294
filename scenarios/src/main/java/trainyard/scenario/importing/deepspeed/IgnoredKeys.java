package trainyard.scenario.importing.deepspeed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why keys of a DeepSpeed configuration have no part in a scenario. */
final class IgnoredKeys {

    /** These change what is learned, not how long a step takes. */
    private static final List<String> NUMERICS = List.of(
            "scheduler",
            "gradient_clipping",
            "prescale_gradients",
            "gradient_predivide_factor",
            "fp16.",
            "bf16.",
            "zero_allow_untested_optimizer",
            "zero_force_ds_cpu_optimizer",
            "quantize_training",
            "data_types",
            "gradient_allreduce_op",
            "managed_gradient_accumulation",
            "eigenvalue");

    private static final String MASTER = "the optimizer's state is priced in 32 bits";

    private static final String CHECKPOINTS = "only the steps between checkpoints are priced";

    /** The software profile says how exchanges are cut and overlapped. */
    private static final List<String> TUNING = List.of(
            "zero_optimization.stage3_",
            "zero_optimization.reduce",
            "zero_optimization.allgather",
            "zero_optimization.contiguous_gradients",
            "zero_optimization.sub_group_size");

    /** Reports of a run. */
    private static final List<String> OUTPUT = List.of(
            "steps_per_print",
            "wall_clock_breakdown",
            "dump_state",
            "memory_breakdown",
            "tensorboard",
            "wandb",
            "csv_monitor",
            "comms_logger",
            "comet",
            "log_level",
            "timers",
            "flops_profiler");

    /** Reasons by the start of a key; the first that fits counts. */
    private static final Map<String, String> REASONS = reasons();

    /** Keys of the top level that are read elsewhere. */
    private static final List<String> READ = List.of(
            "train_batch_size",
            "train_micro_batch_size_per_gpu",
            "gradient_accumulation_steps",
            "fp16",
            "bf16",
            "bfloat16",
            "tensor_parallel",
            "expert_parallel",
            "sequence_parallel_size",
            "torch_autocast",
            "communication_data_type",
            "zero_optimization");

    private IgnoredKeys() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("fp16.fp16_master", MASTER);
        reasons.put("bf16.bf16_master", MASTER);
        reasons.put("bf16.bf16_optimizer", MASTER);
        NUMERICS.forEach(key -> reasons.put(key, "changes what is learned, not how long a step takes"));
        TUNING.forEach(key -> reasons.put(key, "the software profile says how exchanges are cut and overlapped"));
        OUTPUT.forEach(key -> reasons.put(key, "reports of a run, which a scenario makes itself"));
        List.of("data_efficiency", "curriculum_learning", "progressive_layer_drop")
                .forEach(key -> reasons.put(key, "the step is priced with all layers and its full length of sequence"));
        reasons.put("optimizer", "a step is priced with Adam, whatever its settings");
        reasons.put("amp", "mixed precision of another library; fp16 or bf16 say which format is used");
        reasons.put("torch_autocast.lower_precision", "all products have the format, whichever module they are of");
        reasons.put("seq_parallel_comm_data_type", "exchanges have the format of what is exchanged");
        reasons.put("disable_allgather", "the software profile says how exchanges are cut and overlapped");
        reasons.put("compile", "the software profile says how kernels are made");
        reasons.put("graph_harvesting", "kernels are started one by one; --set job.cuda-graphs");
        reasons.put("data_parallel_size", "follows from the GPUs and the other degrees");
        reasons.put("use_data_before_expert_parallelism", "data-parallel ranks lie as those of the scenario do");
        reasons.put("vocabulary_size", "for a warning of DeepSpeed alone; the model says how many words there are");
        reasons.put("dataloader_drop_last", "input data");
        reasons.put("weight_quantization", "for inference alone");
        reasons.put("sparse_gradients", "gradients are dense");
        reasons.put("sparse_attention", "attention is dense");
        reasons.put("zero_optimization", "ZeRO is priced by its stage and what it offloads");
        reasons.put(
                "activation_checkpointing", "says how to keep what the model's own code keeps; --set job.recompute");
        reasons.put(
                "tensor_parallel", "a tensor rank holds its share of every product, whatever the layers are called");
        reasons.put("expert_parallel", "experts are those of the model, which --model names");
        reasons.put("aio", "settings of file access");
        reasons.put("autotuning", "a search of another tool; a scenario sweeps instead");
        reasons.put("elasticity", "the scenario's cluster has a fixed size");
        reasons.put("compression_training", "a model after compression has another shape; state it with --model");
        reasons.put("checkpoint", CHECKPOINTS);
        reasons.put("nebula", CHECKPOINTS);
        reasons.put("datastates", CHECKPOINTS);
        reasons.put("hybrid_engine", "training alone is priced");
        reasons.put("pipeline", "the code of the model says of how many stages it is; --set job.parallel.pipeline=N");
        return reasons;
    }

    /** The reason for a key, given with the sections that it stands in. */
    static String reason(String key) {
        if (KnownKeys.isUnknown(key)) {
            return "no key of DeepSpeed; see the warning";
        }
        return REASONS.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("no part of a scenario");
    }

    /** Every key of the top level that DeepSpeed reads (runtime/config.py, runtime/constants.py and __init__.py, read 2026-11). */
    static List<String> known() {
        List<String> known = new ArrayList<>(READ);
        REASONS.keySet().stream().filter(key -> !key.contains(".")).forEach(known::add);
        return known;
    }
}
