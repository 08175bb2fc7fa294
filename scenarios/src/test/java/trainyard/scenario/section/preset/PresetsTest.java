package trainyard.scenario.section.preset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.scenario.section.cluster.GpuSection;
import trainyard.scenario.section.cluster.NodeSection;

class PresetsTest {

    /** A scenario may name a part as its driver or its cloud does; the schema that editors read lists those words too. */
    @Test
    void partsAreUnderstoodByOtherNames() {
        assertThat(Presets.otherGpus().find().apply("NVIDIA H100 80GB HBM3").orElseThrow())
                .isSameAs(Presets.gpus().get("h100-sxm-80"));
        assertThat(Presets.otherNodes().find().apply("p5.48xlarge").orElseThrow())
                .isSameAs(Presets.nodes().get("aws-p5.48xlarge"));
        assertThat(Presets.otherFabrics().find().apply("efa-v2")).isPresent();
        assertThat(Presets.otherGpus().find().apply("H100 80GB HBM9")).isEmpty();
        assertThat(GpuSection.PRESET.type().schema().toString()).contains("\"h100-80gb-hbm3\"");
        assertThat(NodeSection.PRESET.type().schema().toString()).contains("\"standard-nd96isr-h100-v5\"");
    }

    @Test
    void aNodeIsFoundByItsWordOrAnotherName() {
        assertThat(Presets.node("dgx-h100"))
                .isEqualTo(Presets.node("ND96isr_H100_v5"))
                .isPresent();
        assertThat(Presets.node("dgx-x9")).isEmpty();
    }

    /** A word that the schema lists is one that the scenario understands. */
    @Test
    void everyListedWordIsUnderstood() {
        assertThat(Presets.otherGpus().words())
                .allSatisfy(word ->
                        assertThat(Presets.otherGpus().find().apply(word)).isPresent());
        assertThat(Presets.otherNodes().words())
                .allSatisfy(word ->
                        assertThat(Presets.otherNodes().find().apply(word)).isPresent());
        assertThat(Presets.otherFabrics().words())
                .allSatisfy(word ->
                        assertThat(Presets.otherFabrics().find().apply(word)).isPresent());
    }
}
