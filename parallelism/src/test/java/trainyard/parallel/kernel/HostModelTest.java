package trainyard.parallel.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.Precision;

class HostModelTest {

    private static final HostCosts COSTS =
            SoftwareProfiles.named("megatron-2021").host();

    /** One unit of host time, so that what the model sums is a count. */
    private static final HostCosts ONLY_FORWARD = new HostCosts(1, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static final HostCosts ONLY_BACKWARD = new HostCosts(0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final HostCosts ONLY_FUNCTIONS = new HostCosts(0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    private static final HostCosts ONLY_RECORDS = new HostCosts(0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    private static final HostCosts ONLY_MODULES = new HostCosts(0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    private static final HostCosts ONLY_COLLECTIVES = new HostCosts(0, 0, 0, 0, 0, 1, 0, 0, 0, 0);

    private static double sum(int tensor, ToDoubleFunction<Operator> cost) {
        TransformerModel gpt = TransformerModel.gpt("gpt", 1, 1024, 4096, 16, 51200, 1024);
        Shard shard = new Shard(1, 1024, Split.tensor(tensor, false), Precision.FP16, AttentionKernel.FUSED_SOFTMAX)
                .with(SoftwareProfiles.named("megatron-2021").elementKernels());
        List<Operator> operators = gpt.layers().get(1).operators(shard);
        return operators.stream().mapToDouble(cost).sum();
    }

    /** Counted in megatron/model/transformer.py v2.2: two norms, four linear layers, two products and seven others. */
    @Test
    void countsTheForwardKernelsOfAGptLayer() {
        assertThat(sum(1, new HostModel(ONLY_FORWARD, PrecisionRecipe.FP16)::forward))
                .isEqualTo(15);
        assertThat(sum(1, new HostModel(ONLY_BACKWARD, PrecisionRecipe.FP16)::forward))
                .isZero();
    }

    /** Two norms, four regions of split layers, a bias, softmax, dropout, transpose, GELU and two residuals. */
    @Test
    void countsTheFunctionsOfAGptLayer() {
        assertThat(sum(1, new HostModel(ONLY_FUNCTIONS, PrecisionRecipe.FP16)::forward))
                .isEqualTo(13);
    }

    /**
     * Two norms of five, four linear layers of three, two products of two, a bias of one and a bias of two, two residuals of
     * four, three after attention, three others.
     */
    @Test
    void countsTheBackwardKernelsOfAGptLayer() {
        assertThat(sum(1, new HostModel(ONLY_BACKWARD, PrecisionRecipe.FP16)::backward))
                .isEqualTo(10 + 12 + 4 + 3 + 8 + 3 + 3);
    }

    /** Six products of four operations, and two norms, a bias, softmax, dropout, transpose, GELU and two residuals of two. */
    @Test
    void countsWhatALayerWritesIntoTheGraph() {
        HostModel host = new HostModel(ONLY_RECORDS, PrecisionRecipe.FP16);
        assertThat(sum(1, host::record)).isEqualTo(6 * 4 + 9 * 2);
        assertThat(sum(8, host::record)).isEqualTo(6 * 4 + 9 * 2);
        assertThat(sum(1, host::forward)).isZero();
        assertThat(sum(1, host::backward)).isZero();
    }

    /** Shoeybi et al. 2019, section 3: two all-reduces forward and two backward. */
    @Test
    void countsTheExchangesOfASplitLayer() {
        assertThat(sum(8, new HostModel(ONLY_COLLECTIVES, PrecisionRecipe.FP16)::forward))
                .isEqualTo(2);
        assertThat(sum(8, new HostModel(ONLY_COLLECTIVES, PrecisionRecipe.FP16)::backward))
                .isEqualTo(2);
        assertThat(sum(1, new HostModel(ONLY_COLLECTIVES, PrecisionRecipe.FP16)::forward))
                .isZero();
    }

    /** PyTorch issue 41383: 6.8 us where the input requires a gradient, 5 us where it does not. */
    @Test
    void writingAnOperationTakesWhatAGradientAdds() {
        assertThat(COSTS.recordSeconds()).isCloseTo(1.8e-6, within(1e-9));
    }

    /** The launch times give back what they were measured as: Llama 7B and BERT-base at batch 1. */
    @Test
    void meetsTheHostBoundMeasurements() {
        assertThat(32 * 46 * COSTS.forwardLaunchSeconds()).isCloseTo(1 / 25.5, within(1e-9));
        assertThat(12 * 26 * COSTS.backwardLaunchSeconds()).isCloseTo(4.2e-3, within(0.7e-3));
    }

    /** Query-key-value, projection and the two products of the MLP. */
    @Test
    void everyLinearLayerIsAModule() {
        assertThat(sum(1, new HostModel(ONLY_MODULES, PrecisionRecipe.FP16)::forward))
                .isEqualTo(4);
        assertThat(sum(1, new HostModel(ONLY_MODULES, PrecisionRecipe.FP16)::backward))
                .isEqualTo(4);
    }

    /** Current scaling takes two kernels for each operand that it quantises. */
    @Test
    void quantisingTakesKernelsOfItsOwn() {
        assertThat(sum(1, new HostModel(ONLY_FORWARD, PrecisionRecipe.FP8)::forward))
                .isEqualTo(15 + 2 * 4);
    }
}
