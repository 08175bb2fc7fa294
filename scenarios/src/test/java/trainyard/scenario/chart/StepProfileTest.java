package trainyard.scenario.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.report.figure.Point;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class StepProfileTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    /** At every moment the parts sum to 1, and their means over the step are those of its cost. */
    @Test
    void partsSumToTheWholeAndAverageToTheStep() {
        for (String software : List.of("megatron-2022", "megatron-core-2024")) {
            TrainingJob job = job(software);
            EventStepModel model = new EventStepModel(NcclModel::on);
            StepCost cost = model.cost(job);
            List<StepProfile.Part> parts = StepProfile.of(cost, model.timeline(job), 200);
            assertThat(parts)
                    .allSatisfy(part -> assertThat(part.compute()
                                    + part.recompute()
                                    + part.communication()
                                    + part.update()
                                    + part.waiting())
                            .isCloseTo(1, within(1e-9)));
            assertThat(mean(parts, StepProfile.Part::compute)).isCloseTo(cost.share(TimeState.COMPUTE), within(1e-6));
            assertThat(mean(parts, StepProfile.Part::recompute))
                    .isCloseTo(cost.share(TimeState.RECOMPUTE), within(1e-6));
            assertThat(mean(parts, StepProfile.Part::update)).isCloseTo(cost.share(TimeState.OPTIMIZER), within(1e-6));
            assertThat(mean(parts, StepProfile.Part::mfu)).isCloseTo(cost.mfu(), within(1e-6));
            assertThat(mean(parts, StepProfile.Part::hfu)).isCloseTo(cost.hfu(), within(1e-6));
        }
    }

    /** y = 1 - 2^-x at 0..6: distances from the line between the ends are largest at 2. */
    @Test
    void theKneeIsTheFarthestPointFromTheLineBetweenTheEnds() {
        List<Point> curve = IntStream.rangeClosed(0, 6)
                .mapToObj(x -> Point.of(x, 1 - Math.pow(2, -x)))
                .toList();
        assertThat(Knee.of(curve, false))
                .hasValueSatisfying(knee -> assertThat(knee.x()).isEqualTo(2));
        assertThat(Knee.of(List.of(Point.of(1, 1), Point.of(2, 2), Point.of(3, 3)), false))
                .isEmpty();
    }

    private static double mean(List<StepProfile.Part> parts, ToDoubleFunction<StepProfile.Part> of) {
        return parts.stream().mapToDouble(of).average().orElseThrow();
    }

    private static TrainingJob job(String software) {
        return new TrainingJob(
                ModelPresets.named("gpt3-6.7b"),
                new Batch(32, 1, 2048),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(2, 4, 2)).with(Sharding.zero(1)).with(Recompute.FULL),
                new ClusterSpec(CATALOG.node("DGX A100"), 2, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named(software));
    }
}
