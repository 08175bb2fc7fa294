package trainyard.scenario.importing.deepspeed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why keys of a DeepSpeed configuration have no part in a scenario. */
final class IgnoredKeys {

    private static final String NUMERICS = "changes what is learned, not how long a step takes";
    private static final String OUTPUT = "reports of a run, which a scenario makes itself";
    private static final String TUNING = "the software profile says how exchanges are cut and overlapped";

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
            "zero_optimization");

    private IgnoredKeys() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("optimizer", "a step is priced with Adam, whatever its settings");
        reasons.put("scheduler", NUMERICS);
        reasons.put("gradient_clipping", NUMERICS);
        reasons.put("prescale_gradients", NUMERICS);
        reasons.put("gradient_predivide_factor", NUMERICS);
        reasons.put("fp16.", NUMERICS);
        reasons.put("bf16.", NUMERICS);
        reasons.put("amp", "mixed precision of another library; fp16 or bf16 say which format is used");
        reasons.put("communication_data_type", "exchanges have the format of the gradients");
        reasons.put("sparse_gradients", "gradients are dense");
        reasons.put("sparse_attention", "attention is dense");
        reasons.put("zero_optimization.stage3_", TUNING);
        reasons.put("zero_optimization.overlap_comm", TUNING);
        reasons.put("zero_optimization.reduce", TUNING);
        reasons.put("zero_optimization.allgather", TUNING);
        reasons.put("zero_optimization.contiguous_gradients", TUNING);
        reasons.put("zero_optimization.sub_group_size", TUNING);
        reasons.put("zero_optimization", "ZeRO is priced by its stage and what it offloads");
        reasons.put("zero_allow_untested_optimizer", NUMERICS);
        reasons.put("zero_force_ds_cpu_optimizer", NUMERICS);
        reasons.put(
                "activation_checkpointing", "says how to keep what the model's own code keeps; --set job.recompute");
        reasons.put(
                "tensor_parallel", "a tensor rank holds its share of every product, whatever the layers are called");
        reasons.put("expert_parallel", "experts are those of the model, which --model names");
        reasons.put("aio", "settings of file access");
        reasons.put("steps_per_print", OUTPUT);
        reasons.put("wall_clock_breakdown", OUTPUT);
        reasons.put("dump_state", OUTPUT);
        reasons.put("memory_breakdown", OUTPUT);
        reasons.put("tensorboard", OUTPUT);
        reasons.put("wandb", OUTPUT);
        reasons.put("csv_monitor", OUTPUT);
        reasons.put("comms_logger", OUTPUT);
        reasons.put("flops_profiler", OUTPUT);
        reasons.put("autotuning", "a search of another tool; a scenario sweeps instead");
        reasons.put("elasticity", "the scenario's cluster has a fixed size");
        reasons.put("compression_training", "a model after compression has another shape; state it with --model");
        reasons.put("data_efficiency", NUMERICS);
        reasons.put("curriculum_learning", NUMERICS);
        reasons.put("progressive_layer_drop", NUMERICS);
        reasons.put("quantize_training", NUMERICS);
        reasons.put("checkpoint", "only the steps between checkpoints are priced");
        reasons.put("hybrid_engine", "training alone is priced");
        reasons.put("data_types", NUMERICS);
        reasons.put("eigenvalue", NUMERICS);
        return reasons;
    }

    /** The reason for a key, given with the sections that it stands in. */
    static String reason(String key) {
        return REASONS.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("no part of a scenario");
    }

    /** Every key of the top level that DeepSpeed has. */
    static List<String> known() {
        List<String> known = new ArrayList<>(READ);
        REASONS.keySet().stream().filter(key -> !key.contains(".")).forEach(known::add);
        return known;
    }
}
