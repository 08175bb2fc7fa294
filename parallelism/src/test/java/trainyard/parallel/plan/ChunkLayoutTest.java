package trainyard.parallel.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Split;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.schedule.Schedule;

class ChunkLayoutTest {

    private static double parameters(Model model, int pipeline) {
        return parameters(model, ParallelPlan.of(Degrees.of(1, pipeline, 1)));
    }

    private static double parameters(Model model, ParallelPlan plan) {
        ChunkLayout layout = ChunkLayout.of(model, plan);
        double sum = 0;
        for (int stage = 0; stage < plan.pipeline(); stage++) {
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

    /** A V-shaped pipeline ends on the stage where it begins, and there the table lies once. */
    @ParameterizedTest
    @EnumSource(
            value = Schedule.class,
            names = {"ZB_V", "V_HALF", "V_MIN"})
    void aPipelineThatEndsWhereItBeginsHoldsASharedTableOnce(Schedule schedule) {
        Model model = ModelPresets.named("gpt3-1.3b");
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 4, 1)).with(new Pipelining(schedule, 2, List.of()));

        assertThat(parameters(model, plan)).isCloseTo(model.parameters(), within(1e-3));
    }

    @Test
    void aModelThatLiesTwiceHoldsItsTableOnceOnEachOuterStage() {
        Model model = ModelPresets.named("gpt3-1.3b");
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 4, 1)).with(new Pipelining(Schedule.DUALPIPE, 2, List.of()));

        assertThat(parameters(model, plan)).isCloseTo(2 * model.parameters(), within(1e-3));
    }
}
