package trainyard.scenario.verify.training;

import java.util.List;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.scenario.verify.RowSkipped;

/** The number formats of a row, by an explicit table over what its precision and framework columns say. */
final class RowPrecision {

    /**
     * The first entry whose words appear is taken.
     *
     * @param word word of the precision column
     * @param framework word of the framework column, empty for any
     * @param recipe number formats
     */
    private record Wording(String word, String framework, PrecisionRecipe recipe) {

        boolean matches(RowCells cells) {
            return cells.words("precision").contains(word)
                    && cells.words("framework").contains(framework);
        }
    }

    private static final List<Wording> WORDINGS = List.of(
            new Wording("fp4", "", PrecisionRecipe.NVFP4),
            // "FP8-CS (FP8-MX)": the figure of the row is that of the first word.
            new Wording("fp8-cs", "", PrecisionRecipe.FP8),
            new Wording("current", "", PrecisionRecipe.FP8),
            new Wording("fp8-ds", "", PrecisionRecipe.FP8_DELAYED),
            new Wording("delayed", "", PrecisionRecipe.FP8_DELAYED),
            new Wording("fp8-sc", "", PrecisionRecipe.FP8_BLOCK),
            new Wording("block", "", PrecisionRecipe.FP8_BLOCK),
            new Wording("mxfp8", "", PrecisionRecipe.MXFP8),
            new Wording("fp8-mx", "", PrecisionRecipe.MXFP8),
            // torchao's default: a scale for each tensor from its present values (float8/config.py).
            new Wording("fp8", "torchtitan", PrecisionRecipe.FP8),
            new Wording("float8", "torchtitan", PrecisionRecipe.FP8),
            // Its releases name the recipe where it is another (scripts/performance/utils/precision.py).
            new Wording("fp8", "megatron-bridge", PrecisionRecipe.FP8),
            // What Transformer Engine did by default until 2025, and Composer's amp_fp8 and NeMo 1 and 2 with it.
            new Wording("fp8", "", PrecisionRecipe.FP8_DELAYED),
            new Wording("bf16", "", PrecisionRecipe.BF16),
            new Wording("fp16", "", PrecisionRecipe.FP16),
            new Wording("tf32", "", PrecisionRecipe.TF32),
            new Wording("fp32", "", PrecisionRecipe.FP32));

    private RowPrecision() {}

    /**
     * @throws RowSkipped if none is stated or it is unknown
     */
    static PrecisionRecipe of(RowCells cells) {
        if (cells.isBlank("precision")) {
            throw RowSkipped.missing("precision");
        }
        return WORDINGS.stream()
                .filter(wording -> wording.matches(cells))
                .map(Wording::recipe)
                .findFirst()
                .orElseThrow(() -> RowSkipped.notBuilt(cells.text("precision") + " precision"));
    }
}
