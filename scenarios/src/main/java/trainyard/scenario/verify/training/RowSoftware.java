package trainyard.scenario.verify.training;

import java.util.List;
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
            new Generation("sail-sg", "", "megatron-2022"),
            // NeMo got FlashAttention after its release 23.03.
            new Generation("nemo megatron", "23.03", "megatron-2022"),
            new Generation("megatron-lm", "bigscience", "megatron-2021"),
            new Generation("deepspeed", "", "megatron-2021"),
            new Generation("megatron-lm", "", "megatron-2022"));

    /**
     * Training in bf16 sums gradients in 32 bits (Megatron-LM, arguments.py: bf16 sets accumulate-allreduce-grads-in-fp32;
     * DeepSpeed, BF16_Optimizer).
     */
    private static final double BF16_GRADIENT_BYTES = 4;

    /** Rows of Megatron-Core, NeMo and whatever else is newer. */
    private static final String LATEST = "megatron-core-2024";

    private RowSoftware() {}

    static SoftwareProfile of(RowCells cells) {
        String name = GENERATIONS.stream()
                .filter(generation -> generation.matches(cells))
                .map(Generation::profile)
                .findFirst()
                .orElse(LATEST);
        SoftwareProfile profile = SoftwareProfiles.named(name);
        return cells.words("precision").contains("bf16")
                ? profile.withGradientBytes(Math.max(profile.gradients().bytesPerElement(), BF16_GRADIENT_BYTES))
                : profile;
    }
}
