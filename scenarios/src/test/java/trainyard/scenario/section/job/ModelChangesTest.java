package trainyard.scenario.section.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.DenseMlp;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.Scenario;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.ScenarioSection;
import trainyard.scenario.source.SourceText;

/** What the keys of {@code job.model} make of a preset or of dimensions, against parameters counted by hand. */
class ModelChangesTest {

    private static final String OWN =
            "family: llama, layers: 6, hidden: 1024, heads: 16, vocabulary: 32000, experts: 8, expert-ffn: 512";

    private static TransformerModel model(String keys) {
        String text = "trainyard: 1\nname: a\ncluster: {nodes: 1, node: {preset: dgx-h100}}\njob:\n  model: {" + keys
                + "}\n  batch: {global: 64 sequences, sequence-length: 2048 tokens}\n";
        Values values = Scenario.of(new SourceText("a.yaml", text), Path.of(""), List.of())
                .values();
        return (TransformerModel) JobBinding.bind(values.get(ScenarioSection.CLUSTER), values.get(ScenarioSection.JOB))
                .model();
    }

    private static List<Integer> denseWidths(TransformerModel model) {
        return model.blocks().stream()
                .map(Block::mlp)
                .map(mlp -> mlp instanceof DenseMlp dense ? dense.ffn() : 0)
                .toList();
    }

    /**
     * By hand, of each of 61 layers: half the latent is 256 columns less down, 256 rows less up
     * to 128 heads of 128 for keys and 128 for values, and 256 weights less of the norm between them.
     */
    @Test
    void rankOfKeysAndValues() {
        double less = model("preset: deepseek-v3").parameters()
                - model("preset: deepseek-v3, kv-rank: 256").parameters();

        assertThat(less).isEqualTo(61.0 * (256 * 7168 + 256 * 128 * (128 + 128) + 256));
    }

    /** By hand: 1536 columns down, their norm, and 1536 rows up to 128 heads of 192, or 7168 rows at once. */
    @Test
    void queriesWithoutALatent() {
        double more = model("preset: deepseek-v3, query-rank: 0").parameters()
                - model("preset: deepseek-v3").parameters();

        assertThat(more).isEqualTo(61.0 * (7168.0 * 128 * 192 - (1536.0 * 7168 + 1536 + 1536.0 * 128 * 192)));
    }

    /** By hand, 32 layers: of each key or value head 128 columns, against a latent of 512 and 64 rotated elements. */
    @Test
    void latentAttentionInPlaceOfGroups() {
        double groups = 4096.0 * 128 * (32 + 2 * 32) + 32.0 * 128 * 4096;
        double latent =
                4096.0 * 32 * (128 + 64) + 4096.0 * (512 + 64) + 512 + 512.0 * 32 * (128 + 128) + 32.0 * 128 * 4096;
        TransformerModel plain = model("preset: llama2-7b");
        TransformerModel changed = model("preset: llama2-7b, kv-rank: 512");

        assertThat(changed.parameters() - plain.parameters()).isEqualTo(32 * (latent - groups));
    }

    @Test
    void firstLayersAreDenseAndOthersHaveExperts() {
        assertThat(denseWidths(model(OWN + ", ffn: 4096, dense-layers: 2"))).containsExactly(4096, 4096, 0, 0, 0, 0);
        assertThat(denseWidths(model("preset: deepseek-v3, layers: 5, dense-layers: 1")))
                .containsExactly(18432, 0, 0, 0, 0);
        assertThat(denseWidths(model("preset: deepseek-v3, layers: 5, ffn: 9000")))
                .containsExactly(9000, 9000, 9000, 0, 0);
    }

    /** A base says how wide its MLP is, a gpt has four times its width; only a llama by its dimensions has to say so. */
    @Test
    void widthOfDenseLayersBesideTheExperts() {
        assertThat(denseWidths(model("preset: llama2-7b, layers: 3, experts: 8, expert-ffn: 1024, dense-layers: 1")))
                .containsExactly(11008, 0, 0);
        assertThat(denseWidths(model(OWN.replace("llama", "gpt") + ", dense-layers: 1")))
                .containsExactly(4096, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> model(OWN + ", dense-layers: 1"))
                .hasMessageContaining("the width of the dense layers");
    }

    /** Half the stream has MLPs of half the width, whether dense, of an expert or shared; what is stated counts as it is. */
    @Test
    void widthsThatAreNotStatedFollowTheStream() {
        TransformerModel half = model("preset: deepseek-v3, layers: 5, hidden: 3584");
        MixtureOfExperts mixture = (MixtureOfExperts) half.lastBlock().mlp();

        assertThat(denseWidths(half)).containsExactly(9216, 9216, 9216, 0, 0);
        assertThat(mixture.expertFfn()).isEqualTo(1024);
        assertThat(mixture.sharedFfn()).isEqualTo(1024);
        assertThat(expertFfn("preset: mixtral-8x7b, hidden: 2048")).isEqualTo(7168);
        assertThat(expertFfn("preset: mixtral-8x7b, hidden: 2048, expert-ffn: 14336"))
                .isEqualTo(14336);
        assertThat(expertFfn("preset: llama2-7b, hidden: 2048, experts: 8")).isEqualTo(5504);
    }

    private static int expertFfn(String keys) {
        return ((MixtureOfExperts) model(keys).lastBlock().mlp()).expertFfn();
    }

    /** A sweep from no dense layer on states their width once. */
    @Test
    void widthBesideNoDenseLayer() {
        assertThat(model(OWN + ", ffn: 4096, dense-layers: 0").layers())
                .isEqualTo(model(OWN).layers());
        assertThatThrownBy(() -> model(OWN + ", ffn: 4096")).hasMessageContaining("'ffn' does not apply");
    }

    @Test
    void nodesThatExpertsLieOn() {
        MixtureOfExperts mixture = (MixtureOfExperts)
                model("preset: deepseek-v3, node-limit: 2").lastBlock().mlp();

        assertThat(mixture.nodeLimit()).isEqualTo(2);
    }

    /** Latent attention has neither windows nor norms of queries and keys, which would be lost. */
    @Test
    void latentAttentionDoesNotReplaceWindowsOrNorms() {
        assertThatThrownBy(() -> model("preset: gemma2-9b, kv-rank: 512")).hasMessageContaining("windows or norms");
        assertThatThrownBy(() -> model("preset: qwen3-8b, kv-rank: 512")).hasMessageContaining("windows or norms");
    }
}
