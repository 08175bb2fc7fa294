package trainyard.parallel.model.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator.FlashAttention;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.feedforward.Vgg;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.sim.hardware.Precision;

class PackedModelTest {

    private static final Model LLAMA = TransformerModel.llama("llama", 2, 4096, 11008, 32, 32, 32_000);

    private static FlashAttention core(Model model, int context) {
        Split split = new Split(1, false, context, 1, 1);
        return model.layers().stream()
                .filter(layer -> layer.role() == LayerRole.BLOCK)
                .flatMap(layer ->
                        layer.operators(new Shard(1, 4096, split, Precision.BF16, AttentionKernel.FLASH_2)).stream())
                .filter(FlashAttention.class::isInstance)
                .map(FlashAttention.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Eight samples of 512 tokens have an eighth of the scores of 4,096, in eight times as many matrices of each head. */
    @Test
    void scoresGrowWithTheSamplesNotWithTheSequence() {
        FlashAttention whole = core(LLAMA, 1);
        FlashAttention packed = core(PackedModel.of(LLAMA, 512), 1);

        assertThat(packed.forwardFlops()).isCloseTo(whole.forwardFlops() / 8, within(1.0));
        assertThat(packed.batch()).isEqualTo(32 * 8);
        assertThat(packed.queries()).isEqualTo(512);
        assertThat(packed.savedBytes()).isEqualTo(whole.savedBytes());
        assertThat(core(PackedModel.of(LLAMA, 4096), 1)).isEqualTo(whole);
    }

    /** Of two samples, one of 3,072 and one of 1,024 tokens, (3072^2 + 1024^2) / 4096 = 2,560 tokens are seen in the mean. */
    @Test
    void lengthsCountByTheirSquares() {
        double scores = 3072.0 * 3072 + 1024.0 * 1024;
        FlashAttention packed = core(PackedModel.of(LLAMA, scores / 4096), 1);

        assertThat(packed.batch() * packed.queries() * packed.keys()).isCloseTo(32 * scores, within(1.0));
    }

    @Test
    void contextRanksShareEachSample() {
        FlashAttention whole = core(LLAMA, 2);
        FlashAttention packed = core(PackedModel.of(LLAMA, 1024), 2);

        assertThat(packed.forwardFlops()).isCloseTo(whole.forwardFlops() / 4, within(1.0));
        assertThat(packed.queries()).isEqualTo(512);
    }

    @Test
    void allElseStays() {
        Model packed = PackedModel.of(LLAMA, 100);
        double scores = 2 * 2.0 * 2 * 4096 * 4096 * 4096;

        assertThat(packed.parameters()).isEqualTo(LLAMA.parameters());
        assertThat(LLAMA.forwardFlops(1, 4096) - packed.forwardFlops(1, 4096))
                .isCloseTo(scores * (1 - 100.0 / 4096), within(1e3));
    }

    @Test
    void whatCannotBePackedIsRefused() {
        assertThatThrownBy(() -> PackedModel.of(Vgg.vgg16(), 10)).hasMessageContaining("no causal attention");
        assertThatThrownBy(() -> PackedModel.of(LLAMA, 0.5)).hasMessageContaining("at least one token");
    }
}
