package trainyard.parallel.model.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Operator.MatrixMultiply;
import trainyard.parallel.model.Operator.TensorCollective;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.feedforward.Vgg;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.sim.collective.Collective;
import trainyard.sim.hardware.Precision;

class AdaptedModelTest {

    private static final int LAYERS = 32;
    private static final double HIDDEN = 4096;
    private static final double FFN = 11008;
    private static final Model LLAMA = TransformerModel.llama("llama", LAYERS, 4096, 11008, 32, 32, 32_000);
    private static final Adapters ALL = new Adapters(16, EnumSet.allOf(AdapterModule.class));
    private static final Adapters QKV = new Adapters(16, EnumSet.of(AdapterModule.QKV));

    private static Shard shard(int tensor, boolean sequenceParallel) {
        return new Shard(1, 2048, Split.tensor(tensor, sequenceParallel), Precision.BF16, AttentionKernel.FLASH_2);
    }

    private static Layer block(Model model) {
        return model.layers().stream()
                .filter(layer -> layer.role() == LayerRole.BLOCK)
                .findFirst()
                .orElseThrow();
    }

    private static List<MatrixMultiply> weights(Model model, Shard shard) {
        return block(model).operators(shard).stream()
                .filter(operator -> operator instanceof MatrixMultiply x && x.weighted())
                .map(MatrixMultiply.class::cast)
                .toList();
    }

    /** Two matrices of k x 16 and 16 x n beside each product of k x n. */
    @Test
    void theRankTimesTheSidesOfEveryProduct() {
        double qkv = 16 * (HIDDEN + 3 * HIDDEN);
        double projection = 16 * (HIDDEN + HIDDEN);
        double up = 16 * (HIDDEN + 2 * FFN);
        double down = 16 * (FFN + HIDDEN);
        assertThat(AdaptedModel.of(LLAMA, QKV).trainedParameters()).isEqualTo(LAYERS * qkv);
        AdaptedModel all = AdaptedModel.of(LLAMA, ALL);
        assertThat(all.trainedParameters()).isEqualTo(LAYERS * (qkv + projection + up + down));
        assertThat(all.parameters()).isEqualTo(LLAMA.parameters() + all.trainedParameters());
    }

    /** Tensor ranks hold each adapter once between them, whichever side they split. */
    @Test
    void tensorRanksShareOutTheAdapters() {
        AdaptedModel all = AdaptedModel.of(LLAMA, ALL);
        for (Layer layer : all.layers()) {
            double one = layer.trainedPerRank(Split.NONE).total();
            for (int tensor : new int[] {2, 4, 8}) {
                double rank = layer.trainedPerRank(Split.tensor(tensor, true)).total();
                assertThat(tensor * rank).isCloseTo(one, within(1e-6));
            }
        }
    }

    @Test
    void everyExpertHasAnAdapterOfItsOwn() {
        Model mixtral = ModelPresets.all().stream()
                .filter(model -> model.name().equals("mixtral-8x7b"))
                .findFirst()
                .orElseThrow();
        AdaptedModel adapted = AdaptedModel.of(mixtral, new Adapters(16, EnumSet.of(AdapterModule.MLP_DOWN)));
        assertThat(adapted.trainedParameters()).isEqualTo(32 * 8 * 16 * (14336 + HIDDEN));
        assertThat(block(adapted).trainedPerRank(new Split(1, false, 1, 8, 1)).expert())
                .isEqualTo(16 * (14336 + HIDDEN));
    }

    @Test
    void onlyAdaptersHaveWeightGradients() {
        List<MatrixMultiply> weights = weights(AdaptedModel.of(LLAMA, QKV), shard(1, false));
        assertThat(weights.stream().filter(MatrixMultiply::trained).map(Operator::name))
                .containsExactly("qkv adapter down", "qkv adapter up");
        assertThat(weights.stream().filter(MatrixMultiply::frozen).map(Operator::name))
                .containsExactly("qkv", "projection", "mlp up", "mlp down");
    }

    /** Of the input's copies only that of the adapter is kept, the result of attention with attention. */
    @Test
    void frozenProductsKeepNoInput() {
        double tokens = 2048;
        double kept = 0;
        double whole = 0;
        for (Operator operator : block(AdaptedModel.of(LLAMA, QKV)).operators(shard(1, false))) {
            kept += operator.savedBytes();
        }
        for (Operator operator : block(LLAMA).operators(shard(1, false))) {
            whole += operator.savedBytes();
        }
        double inputsOfMlp = 2 * tokens * (HIDDEN + FFN);
        double ofAdapter = 2 * tokens * 16;
        assertThat(kept).isCloseTo(whole - inputsOfMlp + ofAdapter, within(1.0));
    }

    /** Frozen products count forward and input gradient, 4 FLOPs a weight and token where training counts 6. */
    @Test
    void aStepTakesTwoPassesOfFrozenWeights() {
        Model adapted = AdaptedModel.of(LLAMA, QKV);
        double frozen = LLAMA.parameters() - 32_000 * HIDDEN - (2 * LAYERS + 1) * HIDDEN;
        double saved =
                LLAMA.stepFlops(3, 2048) + 6 * 3 * 2048 * adapted.trainedParameters() - adapted.stepFlops(3, 2048);
        assertThat(saved).isCloseTo(2 * 3 * 2048 * frozen, within(1e-9 * saved));
    }

    /** Beside a product split by width what is gathered is as wide as the rank; beside one split by depth it is summed. */
    @Test
    void exchangesOfTensorRanks() {
        List<Operator> operators = block(AdaptedModel.of(LLAMA, ALL)).operators(shard(2, true));
        TensorCollective gather = named(operators, "qkv adapter gather");
        assertThat(gather.bytes()).isEqualTo(2.0 * 2048 * 16);
        assertThat(gather.forward()).contains(Collective.ALL_GATHER);
        assertThat(gather.backward()).contains(Collective.ALL_REDUCE);
        assertThat(named(operators, "projection adapter sum").bytes()).isEqualTo(2.0 * 2048 * 16);
        TensorCollective wide = named(operators, "mlp down adapter gather");
        assertThat(wide.bytes()).isEqualTo(2.0 * 2048 * HIDDEN);
        assertThat(wide.backward()).contains(Collective.ALL_GATHER);
    }

    private static TensorCollective named(List<Operator> operators, String name) {
        return (TensorCollective) operators.stream()
                .filter(operator -> operator.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theEmbeddingHasNoBackwardPass() {
        for (Operator operator : AdaptedModel.of(LLAMA, QKV).layers().get(0).operators(shard(2, true))) {
            if (operator instanceof Operator.Streaming x) {
                assertThat(x.backwardBytes()).isZero();
                assertThat(x.forwardBytes()).isPositive();
            } else {
                assertThat(((TensorCollective) operator).backward()).isEmpty();
            }
        }
    }

    @Test
    void tensorRanksDivideTheRankToo() {
        AdaptedModel narrow = AdaptedModel.of(LLAMA, new Adapters(4, EnumSet.of(AdapterModule.QKV)));
        assertThat(narrow.dividesInto(4)).isTrue();
        assertThat(narrow.dividesInto(8)).isFalse();
        assertThat(LLAMA.dividesInto(8)).isTrue();
    }

    @Test
    void aModelWithoutTheProductIsRefused() {
        assertThatThrownBy(() -> AdaptedModel.of(Vgg.vgg16(), QKV)).hasMessageContaining("has no qkv");
    }
}
