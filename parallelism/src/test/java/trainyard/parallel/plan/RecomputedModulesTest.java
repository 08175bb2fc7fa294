package trainyard.parallel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.memory.LayerActivations;
import trainyard.parallel.model.AttentionKernel;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.LayerRole;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.Shard;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.Precision;

class RecomputedModulesTest {

    private static final double TOKENS = 4096;
    private static final Shard SHARD =
            new Shard(1, 4096, new Split(1, false, 1, 8, 1), Precision.BF16, AttentionKernel.FLASH_2);
    private static final Model DEEPSEEK = preset("deepseek-v3");
    private static final Model QWEN = preset("qwen3-235b-a22b");
    private static final Model LLAMA = preset("llama2-7b");
    private static final Model GPT_OSS = preset("gpt-oss-20b");

    private static Model preset(String name) {
        return ModelPresets.all().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Layer lastBlock(Model model) {
        return model.layers().stream()
                .filter(layer -> layer.role() == LayerRole.BLOCK)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static Recompute of(RecomputeModule first, RecomputeModule... more) {
        return Recompute.of(EnumSet.of(first, more));
    }

    private static List<String> again(Model model, Recompute recompute) {
        List<Operator> operators = lastBlock(model).operators(SHARD);
        RecomputedModules modules = new RecomputedModules(operators, recompute);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < operators.size(); i++) {
            if (modules.again(i)) {
                names.add(operators.get(i).name());
            }
        }
        return names;
    }

    private static double saved(Model model, Recompute recompute) {
        LayerActivations activations = new LayerActivations(SHARD, PrecisionRecipe.BF16);
        Layer layer = lastBlock(model);
        return activations.kept(layer, Recompute.NONE) - activations.kept(layer, recompute);
    }

    /** Of gpt-oss's experts the values within limits go, and the activation; what the first product made stays. */
    @Test
    void limitsOfTheActivationRunAgain() {
        assertThat(again(GPT_OSS, of(RecomputeModule.MOE_ACT))).containsExactly("activation limits", "swiglu");
        assertThat(saved(GPT_OSS, of(RecomputeModule.MOE_ACT)))
                .isCloseTo(2 * TOKENS * 4 * (2 * 2880 + 2880), within(1.0));
    }

    @Test
    void operatorsOfEveryModule() {
        assertThat(again(LLAMA, of(RecomputeModule.LAYERNORM))).containsExactly("attention norm", "mlp norm");
        assertThat(again(LLAMA, of(RecomputeModule.MLP))).containsExactly("mlp up", "swiglu", "mlp down");
        assertThat(again(LLAMA, Recompute.SELECTIVE)).containsExactly("attention");
        assertThat(again(QWEN, of(RecomputeModule.MOE_ACT))).containsExactly("swiglu");
        assertThat(again(DEEPSEEK, of(RecomputeModule.MLA_UP_PROJ)))
                .containsExactly("query up", "kv up", "rotary", "key concatenation");
        assertThat(again(DEEPSEEK, of(RecomputeModule.SHARED_EXPERTS)))
                .containsExactly("shared expert up", "swiglu", "shared expert down");
        assertThat(again(DEEPSEEK, of(RecomputeModule.MOE)))
                .startsWith("router")
                .contains("dispatch", "experts up", "combine", "shared expert down")
                .doesNotContain("mlp residual");
    }

    /** The result of a norm, 2 s h bytes, is what the product after it keeps; there are two norms. */
    @Test
    void normsSaveTheirResults() {
        double norms = 2 * 2 * TOKENS * 4096;
        assertThat(saved(LLAMA, of(RecomputeModule.LAYERNORM))).isCloseTo(norms, within(1.0));
    }

    /** What the last product of the experts keeps: 2 bytes for each of 8 copies of a token, 1,536 wide. */
    @Test
    void theActivationOfExpertsSavesTheirWidth() {
        assertThat(saved(QWEN, of(RecomputeModule.MOE_ACT))).isCloseTo(2 * TOKENS * 8 * 1536, within(1.0));
    }

    /** The gated MLP keeps 3 f beside its input of h: 2 f before the activation and f after it. */
    @Test
    void anMlpKeepsItsInput() {
        assertThat(saved(LLAMA, of(RecomputeModule.MLP))).isCloseTo(2 * TOKENS * 3 * 11008, within(1.0));
    }

    /** 128 heads of queries and keys of 192 and values of 128; the statistics of attention stay. */
    @Test
    void latentAttentionKeepsItsLatents() {
        assertThat(saved(DEEPSEEK, of(RecomputeModule.MLA_UP_PROJ)))
                .isCloseTo(2 * TOKENS * 128 * (192 + 192 + 128), within(1.0));
    }

    /** Modules that have nothing in common save what each saves. */
    @Test
    void savingsOfDifferentModulesAdd() {
        Recompute both = of(RecomputeModule.LAYERNORM, RecomputeModule.MOE_ACT);
        assertThat(saved(QWEN, both))
                .isCloseTo(
                        saved(QWEN, of(RecomputeModule.LAYERNORM)) + saved(QWEN, of(RecomputeModule.MOE_ACT)),
                        within(1.0));
    }

    /** No module saves more than the whole layer from its input. */
    @Test
    void nothingSavesMoreThanAll() {
        for (Model model : List.of(LLAMA, QWEN, DEEPSEEK)) {
            for (RecomputeModule module : RecomputeModule.values()) {
                assertThat(saved(model, of(module))).isBetween(0.0, saved(model, Recompute.FULL));
            }
        }
    }

    @Test
    void aModuleOfNoLayerIsTold() {
        assertThat(RecomputedModules.meets(LLAMA, RecomputeModule.MOE, 4096)).isFalse();
        assertThat(RecomputedModules.meets(LLAMA, RecomputeModule.MLA_UP_PROJ, 4096))
                .isFalse();
        assertThat(RecomputedModules.meets(DEEPSEEK, RecomputeModule.MLP, 4096)).isTrue();
        assertThat(RecomputedModules.meets(QWEN, RecomputeModule.SHARED_EXPERTS, 4096))
                .isFalse();
    }

    @Test
    void aModuleWithinAnotherIsRefused() {
        assertThatThrownBy(() -> of(RecomputeModule.MOE, RecomputeModule.MOE_ACT))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("moe has moe-act within it");
    }

    @Test
    void wordsAreThoseOfScenarios() {
        assertThat(Recompute.WORDS.stream().map(Recompute::word))
                .containsExactly("none", "selective", "operators", "full");
        assertThat(of(RecomputeModule.LAYERNORM, RecomputeModule.MOE_ACT).word())
                .isEqualTo("[moe-act, layernorm]");
    }
}
