package trainyard.parallel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.preset.ModelPresets;

class ChunkLayoutTest {

    private static double parameters(Model model, int pipeline) {
        ChunkLayout layout = ChunkLayout.of(model, ParallelPlan.of(Degrees.of(1, pipeline, 1)));
        double sum = 0;
        for (int stage = 0; stage < pipeline; stage++) {
            sum += layout.parametersPerRank(stage, Split.NONE).total();
        }
        return sum;
    }

    /** Models whose input and output share a table, and one that has two. */
    @ParameterizedTest
    @ValueSource(strings = {"bert-large", "gpt3-1.3b", "llama2-7b"})
    void oneStageHoldsTheModel(String name) {
        Model model = ModelPresets.named(name);

        assertThat(parameters(model, 1)).isCloseTo(model.parameters(), within(1e-3));
    }

    @Test
    void severalStagesHoldASharedTableAtBothEnds() {
        Model model = ModelPresets.named("gpt3-1.3b");

        assertThat(model.tiedParameters()).isPositive();
        assertThat(parameters(model, 4)).isCloseTo(model.parameters() + model.tiedParameters(), within(1e-3));
    }
}
