package trainyard.scenario.importing.deepspeed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import trainyard.scenario.importing.draft.ImportLog;
import trainyard.scenario.source.Nearest;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Problem;

/**
 * The keys that DeepSpeed has, by the section that they stand in, to tell a misspelt one from one that counts for nothing here
 * (deepspeedai/DeepSpeed, runtime/zero/config.py, runtime/zero/offload_config.py, runtime/precision_config.py and
 * docs/_pages/config-json.md, read 2026-11).
 */
final class KnownKeys {

    /** What people write notes under, since JSON has no comments. */
    private static final Pattern COMMENT = Pattern.compile("[^A-Za-z].*|comments?");

    private static final String ZERO = "zero_optimization";

    private static final List<String> OFFLOAD =
            List.of("device", "nvme_path", "buffer_count", "pin_memory", "buffer_size", "max_in_cpu");

    private static final Map<String, List<String>> OF_SECTION = Map.of(
            "fp16",
            List.of(
                    "enabled",
                    "auto_cast",
                    "loss_scale",
                    "initial_scale_power",
                    "loss_scale_window",
                    "hysteresis",
                    "consecutive_hysteresis",
                    "min_loss_scale",
                    "fp16_master_weights_and_grads"),
            "bf16",
            List.of(
                    "enabled",
                    "immediate_grad_update",
                    "check_grad_overflow",
                    "bf16_master_weights_and_grads",
                    "bf16_optimizer_states"),
            ZERO,
            List.of(
                    "stage",
                    "contiguous_gradients",
                    "reduce_scatter",
                    "reduce_bucket_size",
                    "allgather_partitions",
                    "allgather_bucket_size",
                    "overlap_comm",
                    "load_from_fp32_weights",
                    "elastic_checkpoint",
                    "offload_param",
                    "offload_optimizer",
                    "sub_group_size",
                    "cpu_offload",
                    "cpu_offload_param",
                    "cpu_offload_params",
                    "cpu_offload_use_pin_memory",
                    "stage3_prefetch_bucket_size",
                    "stage3_param_persistence_threshold",
                    "stage3_model_persistence_threshold",
                    "stage3_max_live_parameters",
                    "stage3_max_reuse_distance",
                    "stage3_gather_16bit_weights_on_model_save",
                    "stage3_gather_fp16_weights_on_model_save",
                    "stage3_module_granularity_threshold",
                    "stage3_use_all_reduce_for_fetch_params",
                    "stage3_allgather_sequential",
                    "ignore_unused_parameters",
                    "round_robin_gradients",
                    "zero_hpz_partition_size",
                    "zero_quantized_weights",
                    "zero_quantized_nontrainable_weights",
                    "zero_quantized_gradients",
                    "mics_shard_size",
                    "mics_hierarchical_params_gather",
                    "memory_efficient_linear",
                    "use_multi_rank_bucket_allreduce",
                    "legacy_stage1",
                    "zeropp_loco_param",
                    "zenflow",
                    "pipeline_loading_checkpoint",
                    "override_module_apply",
                    "log_trace_cache_warnings",
                    "enable_sanity_checks",
                    "stage3_partition_stream_chunk_size",
                    "save_muon_momentum_buffer_in_memory",
                    "leaf_module"),
            ZERO + ".offload_param",
            OFFLOAD,
            ZERO + ".offload_optimizer",
            with(
                    OFFLOAD,
                    "pipeline_read",
                    "pipeline_write",
                    "fast_init",
                    "ratio",
                    "super_offload",
                    "convert_grad_on_cpu",
                    "cpuadam_cores_perc"),
            "activation_checkpointing",
            List.of(
                    "partition_activations",
                    "cpu_checkpointing",
                    "contiguous_memory_optimization",
                    "number_checkpoints",
                    "synchronize_checkpoint_boundary",
                    "profile"));

    private KnownKeys() {}

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    /** Warns of each key that DeepSpeed has not, or has elsewhere: of most it says nothing itself. */
    static void warnOfUnknown(Node.Mapping root, ImportLog log) {
        warn(root, "", log);
        OF_SECTION.keySet().stream().sorted().forEach(section -> {
            Node at = root;
            for (String key : section.split("\\.")) {
                at = at instanceof Node.Mapping keys ? keys.find(key).orElse(null) : null;
            }
            if (at instanceof Node.Mapping keys) {
                warn(keys, section, log);
            }
        });
    }

    private static void warn(Node.Mapping keys, String section, ImportLog log) {
        keys.entries().forEach((key, entry) -> {
            if (isUnknown(section, key)) {
                String where = section.isEmpty() ? " at the top level and would pass over it" : " in " + section;
                log.warn(Problem.at(
                        entry.keyPosition(),
                        Problem.Kind.KEY,
                        "DeepSpeed has no key '" + key + "'" + where,
                        elsewhere(section, key)
                                .map(place -> "it is a key " + place)
                                .orElseGet(() -> Nearest.hint(key, of(section)))));
            }
        });
    }

    /** Whether a key, given with the sections that it stands in, is none of DeepSpeed's there. */
    static boolean isUnknown(String name) {
        int dot = name.lastIndexOf('.');
        return isUnknown(dot < 0 ? "" : name.substring(0, dot), name.substring(dot + 1));
    }

    private static boolean isUnknown(String section, String key) {
        List<String> known = of(section);
        return !known.isEmpty() && !known.contains(key) && !COMMENT.matcher(key).matches();
    }

    /** Keys of a section; none where they are not known. */
    private static List<String> of(String section) {
        return section.isEmpty() ? IgnoredKeys.known() : OF_SECTION.getOrDefault(section, List.of());
    }

    /** Where a key belongs that stands in another place; words that several sections have say nothing. */
    private static Optional<String> elsewhere(String section, String key) {
        if (!section.isEmpty() && IgnoredKeys.known().contains(key)) {
            return Optional.of("of the top level");
        }
        List<String> owners = OF_SECTION.entrySet().stream()
                .filter(entry -> entry.getValue().contains(key))
                .map(Map.Entry::getKey)
                .toList();
        return owners.size() == 1 ? Optional.of("of " + owners.get(0)) : Optional.empty();
    }
}
