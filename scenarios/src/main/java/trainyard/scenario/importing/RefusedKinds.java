package trainyard.scenario.importing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kinds of model whose layers have no cost model here, with what stands against it. */
final class RefusedKinds {

    static final String HINT = "name a transformer of about its size with --model, or write its sizes under job.model";

    /** Why, by {@code model_type}. */
    static final Map<String, String> REASONS = reasons();

    private RefusedKinds() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        List.of(
                        "mamba",
                        "mamba2",
                        "falcon_mamba",
                        "jamba",
                        "bamba",
                        "zamba",
                        "zamba2",
                        "falcon_h1",
                        "granitemoehybrid",
                        "nemotron_h",
                        "plamo2")
                .forEach(kind -> reasons.put(kind, "layers of state spaces (Mamba) have no cost model"));
        List.of("rwkv", "xlstm", "recurrent_gemma")
                .forEach(kind -> reasons.put(kind, "recurrent layers have no cost model"));
        List.of("lfm2", "lfm2_moe").forEach(kind -> reasons.put(kind, "layers of convolutions have no cost model"));
        List.of("qwen3_next", "minimax", "minimax_text_01", "kimi_linear")
                .forEach(kind -> reasons.put(kind, "layers of linear attention have no cost model"));
        List.of("deepseek_v32", "glm_moe_dsa")
                .forEach(kind ->
                        reasons.put(kind, "attention to tokens that an index of its own chooses has no cost model"));
        List.of("gemma3n", "gemma3n_text")
                .forEach(kind ->
                        reasons.put(kind, "its several streams and its embeddings for each layer have no cost model"));
        reasons.put("longcat_flash", "layers with two attentions and experts that do nothing have no cost model");
        reasons.put("mllama", "layers of attention to images have no cost model");
        reasons.put("mllama_text_model", "layers of attention to images have no cost model");
        reasons.put("openelm", "layers of several widths have no cost model");
        return reasons;
    }
}
