package trainyard.scenario.verify.training;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.parallel.precision.PrecisionRecipe;

/**
 * What the recipe of a row of Megatron-Bridge's performance summary sets that no column states, by its model, GPU and release
 * (scripts/performance/configs until 26.06, src/megatron/bridge/perf_recipes since). The release stands with the reference to
 * the source, such as {@code 26.06 NeMo Container}.
 */
final class BridgeRecipe {

    private static final Pattern RELEASE = Pattern.compile("(\\d\\d)\\.(\\d\\d)(\\.\\d+)? nemo container");

    /** The first release whose recipes capture whole iterations and fuse the experts' products: year x 100 + month. */
    private static final int WHOLE_ITERATIONS = 2606;

    /** The release whose recipe for gpt-oss had lost these settings. */
    private static final String WITHOUT_GPT_OSS = "26.06.01 ";

    private BridgeRecipe() {}

    /**
     * The dispatcher that sends a token once to each node or GPU, HybridEP or DeepEP, is set for all mixtures but Qwen3-235B on
     * DGX machines (*_workload_base_configs.py, 25.11 to 26.06).
     */
    static boolean sendsOnce(RowCells cells) {
        return isBridge(cells) && (isRack(cells) || !cells.words("model").startsWith("qwen3-235b"));
    }

    /**
     * Mixtures in MXFP8 from 26.06 on: whole iterations as CUDA graphs, experts' products fused
     * (use_transformer_engine_op_fuser), their exchange beside another micro-batch (overlap_moe_expert_parallel_comm). Set for
     * DeepSeek-V3, Qwen3 and gpt-oss on GB200 and GB300 and for Qwen3-30B on B300; not for Kimi K2, and not for gpt-oss in
     * 26.06.01, whose recipe had lost these settings (gpt_oss_perf.py).
     */
    static boolean wholeIterations(RowCells cells) {
        String model = cells.words("model");
        Matcher release = RELEASE.matcher(cells.words("source_ref"));
        if (!isBridge(cells)
                || !release.find()
                || !RowPrecision.of(cells).equals(PrecisionRecipe.MXFP8)
                || 100 * Integer.parseInt(release.group(1)) + Integer.parseInt(release.group(2)) < WHOLE_ITERATIONS) {
            return false;
        }
        if (model.startsWith("gpt-oss")) {
            return isRack(cells) && !release.group().startsWith(WITHOUT_GPT_OSS);
        }
        boolean onRacks = model.startsWith("deepseek-v3") || model.startsWith("qwen3-");
        return onRacks && isRack(cells)
                || model.startsWith("qwen3-30b") && cells.words("gpu").startsWith("b300");
    }

    private static boolean isBridge(RowCells cells) {
        return cells.words("framework").contains("megatron-bridge");
    }

    private static boolean isRack(RowCells cells) {
        return cells.words("gpu").startsWith("gb");
    }
}
