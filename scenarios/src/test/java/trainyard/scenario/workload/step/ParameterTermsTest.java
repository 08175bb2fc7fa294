package trainyard.scenario.workload.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.scenario.workload.Derivation;
import trainyard.scenario.workload.Derivation.Part;

/** Terms add up to the parameters of the model. */
class ParameterTermsTest {

    private static double sum(Model model) {
        return ParameterTerms.of(model).parts().stream()
                .mapToDouble(Part::value)
                .sum();
    }

    /** Vocabulary of 1,000 and 64 positions of width 32: 34,048 in the embedding; the head's 32,000 are the same weights. */
    @Test
    void tiedWeightsAreTakenOffOnce() {
        Model gpt = TransformerModel.gpt("gpt", 2, 32, 128, 4, 1000, 64);
        Derivation.Sum terms = ParameterTerms.of(gpt);
        assertThat(terms.parts().get(0).value()).isCloseTo(34_048 / 1e9, within(1e-15));
        assertThat(terms.parts().get(terms.parts().size() - 1).value()).isCloseTo(-32_000 / 1e9, within(1e-15));
        assertThat(sum(gpt)).isCloseTo(gpt.parameters() / 1e9, within(1e-15));
    }

    /** DeepSeek-V3: 58 of 61 layers have 256 experts of three matrices of 7,168 x 2,048. */
    @Test
    void routedExpertsStandApart() {
        Model mixture = ModelPresets.named("deepseek-v3");
        Part experts = ParameterTerms.of(mixture).parts().stream()
                .filter(part -> part.name().endsWith("routed experts"))
                .findFirst()
                .orElseThrow();
        assertThat(experts.formula()).isEqualTo("58 layers");
        assertThat(experts.value()).isCloseTo(58 * 256 * 3 * 7168.0 * 2048 / 1e9, within(1e-9));
        assertThat(sum(mixture)).isCloseTo(mixture.parameters() / 1e9, within(1e-9));
    }
}
