package trainyard.scenario.verify.training;

import java.util.List;
import trainyard.parallel.kernel.CudaGraphs;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;

/** The framework generation of a row, by an explicit table over what its source and framework columns say. */
final class RowSoftware {

    /**
     * The first entry whose words all appear is taken.
     *
     * @param framework word of the framework column
     * @param source word of the source column, empty for any
     * @param profile software profile
     */
    private record Generation(String framework, String source, String profile) {

        boolean matches(RowCells cells) {
            return cells.words("framework").contains(framework)
                    && cells.words("source").contains(source);
        }
    }

    private static final List<Generation> GENERATIONS = List.of(
            new Generation("megatron-lm", "korthikanti", "megatron-2022"),
            new Generation("megatron-lm", "sc21", "megatron-2021"),
            new Generation("megatron-lm", "jan 2021", "megatron-2021"),
            new Generation("megatron-lm", "aug 2020", "megatron-2021"),
            // The authors forked Megatron-LM in 2023 and trained with its fused softmax (memory of Table 4).
            new Generation("sail-sg", "", "megatron-2023"),
            // NeMo got FlashAttention after its release 23.03.
            new Generation("nemo megatron", "23.03", "megatron-2022"),
            new Generation("megatron-lm", "bigscience", "megatron-2021"),
            new Generation("zero-3", "", "deepspeed-zero3"),
            // tr11-176B-ml.slurm sets blocking launches against hangs; taken for all runs before it too, although the
            // first
            // ones of chronicles-prequel.md, on few nodes, may have run without (assumed).
            new Generation("deepspeed", "bloom", "megatron-deepspeed-blocking"),
            new Generation("deepspeed", "", "megatron-deepspeed"),
            new Generation("composer", "", "composer-fsdp"),
            new Generation("llm-foundry", "", "composer-fsdp"),
            new Generation("pytorch fsdp", "", "torch-fsdp-compile"),
            new Generation("megascale", "", "megascale-2024"),
            new Generation("megatron-bridge", "", "megatron-bridge-2025"),
            new Generation("megatron-lm", "", "megatron-2022"));

    /** Rows of Megatron-Core, NeMo and frameworks that are not known; the score of each row names it. */
    private static final String LATEST = "megatron-core-2024";

    private RowSoftware() {}

    static SoftwareProfile of(RowCells cells) {
        return BridgeRecipe.wholeIterations(cells)
                ? CudaGraphs.STEP.on(SoftwareProfiles.named("megatron-bridge-2026"))
                : SoftwareProfiles.named(profile(cells));
    }

    private static String profile(RowCells cells) {
        if (isTorchtitan(cells)) {
            return torchtitan(cells);
        }
        if (isEarlyZero3(cells)) {
            return "deepspeed-zero3";
        }
        return GENERATIONS.stream()
                .filter(generation -> generation.matches(cells))
                .map(Generation::profile)
                .findFirst()
                .orElse(LATEST);
    }

    /** BigScience tried ZeRO-3 on V100 in May and June 2021 (experiments/gpt2.md), with DeepSpeed 0.3.16 and 0.4. */
    private static boolean isEarlyZero3(RowCells cells) {
        return cells.words("framework").contains("deepspeed")
                && cells.words("source").contains("v100 jz")
                && cells.optionalNumber("zero_stage").orElse(0) == 3;
    }

    static boolean isTorchtitan(RowCells cells) {
        return cells.words("framework").contains("torchtitan");
    }

    /** What is compiled or asynchronous stands with the framework, the overlap or the notes. */
    private static String torchtitan(RowCells cells) {
        String words = cells.words("framework") + " " + cells.words("overlap") + " " + cells.words("notes");
        if (words.matches("(?s).*async[ -]?(tp|tensor).*")) {
            return "torchtitan-2024-async";
        }
        boolean eager = words.contains("eager") || words.matches("(?s).*(no|without|w/o) (torch\\.)?compile.*");
        return words.contains("compile") && !eager ? "torchtitan-2024" : "torchtitan-2024-eager";
    }
}
