package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.Precision;

/** Bytes per layer against the equations of Korthikanti et al. 2022, sections 4 and 5. */
class LayerActivationsTest {

    private static final int S = 2048;
    private static final int B = 4;
    private static final int H = 6144;
    private static final int A = 64;
    private static final double SBH = (double) S * B * H;
    private static final double SCORES = 5.0 * A * S / H;

    private static double kept(int tensor, boolean sequenceParallel, Recompute recompute, AttentionKernel attention) {
        TransformerModel model = TransformerModel.gpt("22b", 48, H, 4 * H, A, 51_200, S);
        Shard shard = new Shard(B, S, Split.tensor(tensor, sequenceParallel), Precision.FP16, attention);
        return new LayerActivations(shard, PrecisionRecipe.FP16).kept(transformer(model), recompute);
    }

    private static Layer transformer(TransformerModel model) {
        return model.layers().get(1);
    }

    private static void assertEquals(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void withoutParallelism() {
        assertEquals(kept(1, false, Recompute.NONE, AttentionKernel.FUSED_SOFTMAX), SBH * (34 + SCORES));
    }

    @Test
    void withTensorParallelism() {
        assertEquals(kept(8, false, Recompute.NONE, AttentionKernel.FUSED_SOFTMAX), SBH * (10 + 24 / 8.0 + SCORES / 8));
    }

    @Test
    void withTensorAndSequenceParallelism() {
        assertEquals(kept(8, true, Recompute.NONE, AttentionKernel.FUSED_SOFTMAX), SBH / 8 * (34 + SCORES));
    }

    @Test
    void withSelectiveRecomputation() {
        assertEquals(kept(8, true, Recompute.SELECTIVE, AttentionKernel.FUSED_SOFTMAX), SBH * 34 / 8);
        assertEquals(kept(8, false, Recompute.SELECTIVE, AttentionKernel.FUSED_SOFTMAX), SBH * (10 + 24 / 8.0));
    }

    @Test
    void withFullRecomputation() {
        assertEquals(kept(8, false, Recompute.FULL, AttentionKernel.FUSED_SOFTMAX), 2 * SBH);
        assertEquals(kept(8, true, Recompute.FULL, AttentionKernel.FUSED_SOFTMAX), 2 * SBH / 8);
    }

    /** FlashAttention keeps no scores: what selective recomputation leaves, and one 32-bit statistic per row and head. */
    @Test
    void withFlashAttention() {
        assertEquals(kept(8, true, Recompute.NONE, AttentionKernel.FLASH_2), SBH * 34 / 8 + 4.0 * B * S * A / 8);
    }

    /** Figure 7 of the paper: share of the tensor-parallel baseline, read to two digits after the point. */
    @Test
    void sharesOfTheTensorParallelBaseline() {
        double baseline = kept(8, false, Recompute.NONE, AttentionKernel.FUSED_SOFTMAX);

        assertThat(100 * kept(8, true, Recompute.NONE, AttentionKernel.FUSED_SOFTMAX) / baseline)
                .isCloseTo(66.84, within(2.0));
        assertThat(100 * kept(8, false, Recompute.SELECTIVE, AttentionKernel.FUSED_SOFTMAX) / baseline)
                .isCloseTo(49.42, within(2.0));
        assertThat(100 * kept(8, true, Recompute.SELECTIVE, AttentionKernel.FUSED_SOFTMAX) / baseline)
                .isCloseTo(16.18, within(1.0));
        assertThat(100 * kept(8, false, Recompute.FULL, AttentionKernel.FUSED_SOFTMAX) / baseline)
                .isCloseTo(7.64, within(0.5));
    }

    /** Input 2 s b h; attention 2 s b h and 4 bytes a row; half of 2 s b (3 h + h + 4 h + h): 13 s b h in all. */
    @Test
    void everySecondProduct() {
        double rows = 4.0 * A * B * S;
        assertEquals(kept(1, false, Recompute.OPERATORS, AttentionKernel.FLASH_2), 13 * SBH + rows);
    }
}
