package trainyard.parallel.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.ExpertKernels;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Quantising;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.TokenRouting;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.sim.hardware.Precision;

class MixtureOfExpertsTest {

    private static final int HIDDEN = 1024;
    private static final int SEQUENCE = 4096;
    private static final MixtureOfExperts MIXTURE =
            MixtureOfExperts.of(64, 4, 512).withShared(768).withNodeLimit(2);

    private static List<Operator> operators(MixtureOfExperts mixture, Split split) {
        return operators(mixture, split, TokenRouting.PLAIN);
    }

    private static List<Operator> operators(MixtureOfExperts mixture, Split split, TokenRouting routing) {
        List<Operator> operators = new ArrayList<>();
        Shard shard = new Shard(2, SEQUENCE, split, Precision.BF16, AttentionKernel.FLASH_2).with(routing);
        mixture.addOperators(HIDDEN, Biases.NONE, shard, operators);
        return operators;
    }

    private static <T extends Operator> T only(Class<T> kind, String name, List<Operator> operators) {
        return operators.stream()
                .filter(operator -> kind.isInstance(operator) && operator.name().equals(name))
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static double products(List<Operator> operators) {
        return Operator.modelFlops(operators);
    }

    /** Every token meets the router, four experts of three matrices each, and the shared expert. */
    @Test
    void flopsAreThoseOfTheChosenExperts() {
        double tokens = 2.0 * SEQUENCE;
        double expected = 2 * tokens * HIDDEN * (64 + 3 * 512 * 4 + 3 * 768);

        assertThat(products(operators(MIXTURE, Split.NONE))).isEqualTo(expected);
    }

    /** Counted line by line in Megatron-Core 0.13, router.py and moe_utils.py, and in Transformer Engine's router.py. */
    @Test
    void routesInElementaryOperationsUnlessTheyAreFused() {
        int casts = 2;
        int drawn = 2;
        int choice = 2 + 1 + 3 + 5 + 1;
        int loss = 1 + 2 + 5 + 2 + 3 + 2;
        int back = 1 + 1 + 2 + (2 + 1 + 1) + 1 + 2 + 2;
        Operator.Streaming apart = only(Operator.Streaming.class, "routing", operators(MIXTURE, Split.NONE));
        Operator.Streaming fused = only(
                Operator.Streaming.class, "routing", operators(MIXTURE, Split.NONE, new TokenRouting(true, false)));

        assertThat(apart.forwardKernels()).isEqualTo(casts + drawn + choice + loss);
        assertThat(apart.backwardKernels()).isEqualTo(back);
        assertThat(fused.forwardKernels()).isEqualTo(drawn + 1 + 3 + 2);
        assertThat(fused.backwardKernels()).isEqualTo(3 + 2 + 1 + 2);
        assertThat(fused.forwardBytes()).isEqualTo(apart.forwardBytes());
    }

    /** Experts on ranks of their own: each rank sends and computes as many copies as before, of fewer experts. */
    @Test
    void expertRanksExchangeTokensAndKeepTheWork() {
        List<Operator> alone = operators(MIXTURE, Split.NONE);
        List<Operator> split = operators(MIXTURE, new Split(1, false, 1, 16, 1));

        assertThat(alone).noneMatch(Operator.ExpertExchange.class::isInstance);
        assertThat(products(split)).isEqualTo(products(alone));
        assertThat(only(Operator.MatrixMultiply.class, "experts up", split).batch())
                .isEqualTo(4);
        Operator.ExpertExchange dispatch = only(Operator.ExpertExchange.class, "dispatch", split);
        assertThat(dispatch.bytes()).isEqualTo(2.0 * SEQUENCE * 4 * HIDDEN * 2);
        assertThat(dispatch.nodeLimit()).isEqualTo(2);
        assertThat(only(Operator.ExpertExchange.class, "combine", split).bytes())
                .isEqualTo(dispatch.bytes());
    }

    /**
     * By hand, 16 ranks and four of 64 experts: C(60, 4) = 487,635 of C(64, 4) = 635,376 choices lie outside a rank, so a token
     * meets 3.72 ranks, which make its four copies.
     */
    @Test
    void copiesTokensWhereTheyArriveIfTheyAreSentOnce() {
        Split split = new Split(1, false, 1, 16, 1);
        List<Operator> sent = operators(MIXTURE, split, new TokenRouting(true, true));
        List<Operator> copied = operators(MIXTURE, split);
        double row = 2.0 * HIDDEN;
        double tokens = 2.0 * SEQUENCE;
        double met = 16 * (1 - 487_635.0 / 635_376);

        assertThat(names(sent))
                .containsSubsequence(
                        "dispatch plan",
                        "dispatch",
                        MixtureOfExperts.RECEIVED_MAP,
                        "permutation",
                        "experts up",
                        "experts down",
                        "unpermutation",
                        "combine");
        assertThat(names(sent)).doesNotContain("sort by expert", "sort by sender");
        assertThat(names(copied))
                .containsSubsequence(
                        "permutation",
                        "dispatch plan",
                        "dispatch",
                        "sort by expert",
                        "experts up",
                        "sort by sender",
                        "combine",
                        "unpermutation");
        assertThat(only(Operator.Streaming.class, "permutation", sent).forwardBytes())
                .isCloseTo(row * tokens * (met + 4), within(1e-3));
        assertThat(only(Operator.Streaming.class, "permutation", copied).forwardBytes())
                .isEqualTo(row * tokens * (1 + 4));
        assertThat(products(sent)).isEqualTo(products(copied));
        assertThat(only(Operator.ExpertExchange.class, "dispatch", sent).calls())
                .isEqualTo(1);
        assertThat(only(Operator.ExpertExchange.class, "dispatch", copied).calls())
                .isEqualTo(2);
    }

    /** Counted line by line in Megatron-Core 0.13, _indices_to_multihot; three kernels find the indices of a mask. */
    @Test
    void mapsReceivedTokensInElementaryOperationsUnlessFused() {
        Split split = new Split(1, false, 1, 16, 1);
        Operator.Streaming apart = only(
                Operator.Streaming.class,
                MixtureOfExperts.RECEIVED_MAP,
                operators(MIXTURE, split, new TokenRouting(false, true)));
        Operator.Streaming fused = only(
                Operator.Streaming.class,
                MixtureOfExperts.RECEIVED_MAP,
                operators(MIXTURE, split, new TokenRouting(true, true)));

        assertThat(apart.forwardKernels()).isEqualTo(2 + 1 + (3 + 1) + 1 + 1 + 3 + 1 + (3 + 1) + 1 + 1);
        assertThat(apart.backwardKernels()).isEqualTo(1 + 1 + 3 + 3 + 2 + 1);
        assertThat(fused.forwardKernels()).isEqualTo(1);
        assertThat(new TokenRouting(false, true).waitsForReceived()).isTrue();
        assertThat(new TokenRouting(true, true).waitsForReceived()).isFalse();
        assertThat(TokenRouting.PLAIN.waitsForReceived()).isFalse();
    }

    private static List<Operator> operators(MixtureOfExperts mixture, Biases biases, ExpertKernels kernels) {
        List<Operator> operators = new ArrayList<>();
        Shard shard = new Shard(2, SEQUENCE, Split.NONE, Precision.BF16, AttentionKernel.FLASH_2).with(kernels);
        mixture.addOperators(HIDDEN, biases, shard, operators);
        return operators;
    }

    /**
     * By hand, bytes an element: both halves read and written, joined (4 passes of 2 bytes); backward a masked gradient reads
     * two and writes one, then joined (5). Weighted bias: written in 32 bits 4, added to 2 and written 4 + 4, joined 8, cast 6;
     * backward cast 6 and 6, joined 4, and two products with sums of 12 each.
     */
    @Test
    void limitsAndBiasesOfExpertsAreKernelsOfTheirOwn() {
        double rows = 2.0 * SEQUENCE * 4;
        MixtureOfExperts plain = MixtureOfExperts.of(64, 4, 512);
        List<Operator> limited = operators(plain.withLimits(), Biases.ALL, ExpertKernels.PLAIN);
        Operator.Streaming limits = only(Operator.Streaming.class, "activation limits", limited);
        Operator.Streaming bias = only(Operator.Streaming.class, "experts down bias", limited);

        assertThat(limits.forwardBytes()).isEqualTo(2 * 2 * rows * 2 * 512);
        assertThat(limits.backwardBytes()).isEqualTo(2 * 2 * rows * 2 * 512 + 3 * rows * 512);
        assertThat(limits.indexed()).isEqualTo(new Operator.Indexed(rows * 2 * 512, (2 + 3) * rows * 512));
        assertThat(limits.savedBytes()).isEqualTo(2 * rows * 2 * 512);
        assertThat(bias.forwardBytes()).isEqualTo((10 + 8 + 6) * rows * HIDDEN);
        assertThat(bias.backwardBytes()).isEqualTo((6 + 6 + 4 + 4 + 4) * rows * HIDDEN);
        assertThat(bias.indexed()).isEqualTo(new Operator.Indexed(rows * HIDDEN, 2 * rows * HIDDEN));
        assertThat(names(operators(plain, Biases.NONE, ExpertKernels.PLAIN)))
                .doesNotContain("activation limits", "experts down bias", "expert padding");
    }

    /** Fused: limits, activation and biases ride on the products, whose results are quantised; the gradients' sums remain. */
    @Test
    void fusedExpertsLeaveTheProducts() {
        MixtureOfExperts limited = MixtureOfExperts.of(64, 4, 512).withLimits();
        List<Operator> apart = operators(limited, Biases.ALL, ExpertKernels.PLAIN);
        List<Operator> fused = operators(limited, Biases.ALL, new ExpertKernels(true, false));
        Operator.MatrixMultiply up = only(Operator.MatrixMultiply.class, "experts up", fused);
        Operator.MatrixMultiply down = only(Operator.MatrixMultiply.class, "experts down", fused);

        assertThat(names(fused)).doesNotContain("activation limits");
        assertThat(only(Operator.Streaming.class, "swiglu", fused).forwardBytes())
                .isZero();
        assertThat(only(Operator.Streaming.class, "experts down bias", fused).forwardBytes())
                .isZero();
        assertThat(up.quantising()).isEqualTo(Quantising.INPUT);
        assertThat(down.quantising()).isEqualTo(Quantising.GRADIENT);
        assertThat(products(fused)).isEqualTo(products(apart));
    }

    /** The fused product has gated activations only; experts with a GELU run and are padded as without it. */
    @Test
    void expertsWithoutAGateAreNotFused() {
        MixtureOfExperts gelu = new MixtureOfExperts(64, 4, 512, false, 0, 0, false, 1);

        assertThat(operators(gelu, Biases.ALL, new ExpertKernels(true, true)))
                .isEqualTo(operators(gelu, Biases.ALL, new ExpertKernels(false, true)));
    }

    /** All rows of the experts are read and written once before the first product and once after the last. */
    @Test
    void paddedRowsAreCopiedThereAndBack() {
        List<Operator> padded = operators(MixtureOfExperts.of(64, 4, 512), Biases.NONE, new ExpertKernels(false, true));
        double copied = 2 * 2 * 2.0 * SEQUENCE * 4 * HIDDEN;

        assertThat(names(padded))
                .containsSubsequence("expert padding", "experts up", "experts down", "expert unpadding");
        for (String name : List.of("expert padding", "expert unpadding")) {
            Operator.Streaming copy = only(Operator.Streaming.class, name, padded);
            assertThat(copy.forwardBytes()).isEqualTo(copied).isEqualTo(copy.backwardBytes());
        }
    }

    private static List<String> names(List<Operator> operators) {
        return operators.stream().map(Operator::name).toList();
    }

    /** The busiest rank receives and computes its load over the mean; a rank that holds all experts sees no skew. */
    @Test
    void skewLoadsTheBusiestRank() {
        Split split = new Split(1, false, 1, 16, 1);
        List<Operator> even = operators(MIXTURE, split);
        List<Operator> skewed = operators(MIXTURE.withLoadSkew(1.5), split);

        assertThat(only(Operator.ExpertExchange.class, "dispatch", skewed).bytes())
                .isEqualTo(1.5
                        * only(Operator.ExpertExchange.class, "dispatch", even).bytes());
        assertThat(only(Operator.MatrixMultiply.class, "experts up", skewed).flops())
                .isEqualTo(1.5
                        * only(Operator.MatrixMultiply.class, "experts up", even)
                                .flops());
        assertThat(operators(MIXTURE.withLoadSkew(1.5), Split.NONE)).isEqualTo(operators(MIXTURE, Split.NONE));
    }

    /** Four tensor ranks: a quarter of the tokens each with sequence parallelism, or a quarter of every expert. */
    @Test
    void tensorRanksShareTheExpertsWork() {
        double whole = only(Operator.MatrixMultiply.class, "experts up", operators(MIXTURE, Split.NONE))
                .flops();
        List<Operator> byTokens = operators(MIXTURE, new Split(4, true, 1, 8, 1));
        List<Operator> byMatrix = operators(MIXTURE, Split.tensor(4, true));

        assertThat(only(Operator.MatrixMultiply.class, "experts up", byTokens).flops())
                .isEqualTo(whole / 4);
        assertThat(only(Operator.MatrixMultiply.class, "experts up", byMatrix).flops())
                .isEqualTo(whole / 4);
        assertThat(only(Operator.TensorCollective.class, "expert gather", byMatrix)
                        .bytes())
                .isEqualTo(2.0 * 2 * SEQUENCE * HIDDEN * 4);
    }

    @Test
    void onlyExpertParametersAreSplitByExpertRanks() {
        double expert = 64.0 * 3 * HIDDEN * 512;
        double dense = 64.0 * HIDDEN + 3 * HIDDEN * 768.0;

        assertThat(MIXTURE.parametersPerRank(HIDDEN, Split.NONE, Biases.NONE).expert())
                .isEqualTo(expert);
        assertThat(MIXTURE.parametersPerRank(HIDDEN, new Split(1, false, 1, 16, 1), Biases.NONE)
                        .expert())
                .isEqualTo(expert / 16);
        assertThat(MIXTURE.parametersPerRank(HIDDEN, new Split(1, false, 1, 16, 1), Biases.NONE)
                        .dense())
                .isEqualTo(dense);
        assertThat(MIXTURE.idleParameters(HIDDEN, Biases.NONE)).isCloseTo(expert * 60 / 64, within(1e-3));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> MixtureOfExperts.of(4, 8, 512)).hasMessageContaining("top-k 8");
        assertThatThrownBy(() -> MIXTURE.withLoadSkew(0.5)).hasMessageContaining("load skew");
    }

    /** Llama 4 and Qwen2-MoE may end with a dense layer; expert ranks share out the experts all the same, of each layer evenly. */
    @Test
    void aMixtureThatEndsWithADenseLayerHasExperts() {
        TransformerModel mixed = (TransformerModel) ModelPresets.named("qwen3-30b-a3b");
        List<Block> blocks = new ArrayList<>(mixed.blocks());
        blocks.set(blocks.size() - 1, new Block(mixed.lastBlock().attention(), new DenseMlp(4096, true)));

        assertThat(mixed.withBlocks(blocks).experts()).isEqualTo(128);
        blocks.set(0, new Block(mixed.lastBlock().attention(), MixtureOfExperts.of(48, 2, 512)));
        assertThat(mixed.withBlocks(blocks).experts()).isEqualTo(16);
        assertThat(mixed.mapBlocks(block -> new Block(block.attention(), new DenseMlp(4096, true)))
                        .experts())
                .isEqualTo(1);
    }
}
