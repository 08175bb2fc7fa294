package trainyard.scenario.workload.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import trainyard.faults.recovery.SlowPart;
import trainyard.faults.recovery.StepTimes;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.StepModel;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Which conditions of a job are one to its step. */
class SlowStepsTest {

    private static final HardwareCatalog HARDWARE = HardwareCatalog.load();

    /** Healthy steps of 1 s; each rank in a condition adds as much. */
    private static final class Counting implements StepModel {

        private final List<JobCondition> asked = new ArrayList<>();

        @Override
        public StepCost cost(TrainingJob job, JobCondition condition) {
            throw new UnsupportedOperationException("only the time is asked for");
        }

        @Override
        public ToLongFunction<JobCondition> stepNanos(TrainingJob job) {
            return condition -> {
                asked.add(condition);
                return 1_000_000_000L * (1 + condition.ranks().size());
            };
        }

        @Override
        public List<Span> timeline(TrainingJob job, JobCondition condition) {
            return List.of();
        }
    }

    /** Weights are gathered in every pass, so all ranks wait for the slowest: one slow node or a thousand are alike. */
    @Test
    void ranksInLockstepAreAsSlowAsTheSlowest() {
        Counting model = new Counting();
        SlowSteps steps = new SlowSteps(StepTimes.constant(1), model, job(Sharding.zero(3)));
        List<SlowPart> slow = new ArrayList<>();
        for (int node = 0; node < 1000; node++) {
            slow.add(node(node, 0.5));
            assertThat(steps.stretch(slow)).isEqualTo(2);
        }
        assertThat(model.asked).hasSize(2);
        assertThat(model.asked.get(1).ranks()).hasSize(1);
        assertThat(model.asked.get(1).rank(0).speed()).isEqualTo(0.5);
    }

    /** Replicas that meet only when gradients are summed: which are slow makes no difference, how many does. */
    @Test
    void whichReplicaIsSlowMakesNoDifference() {
        Counting model = new Counting();
        SlowSteps steps = new SlowSteps(StepTimes.constant(1), model, job(Sharding.zero(1)));
        assertThat(steps.stretch(List.of(node(3, 0.5)))).isEqualTo(2);
        assertThat(steps.stretch(List.of(node(800, 0.5)))).isEqualTo(2);
        assertThat(steps.stretch(List.of(node(7, 0.5), node(2, 0.25)))).isEqualTo(3);
        assertThat(steps.stretch(List.of(node(20, 0.25), node(900, 0.5)))).isEqualTo(3);
        assertThat(model.asked).hasSize(3);
    }

    private static SlowPart node(int slot, double share) {
        return new SlowPart(slot, SlowPart.Kind.NODE, 0, share);
    }

    private static TrainingJob job(Sharding sharding) {
        return new TrainingJob(
                ModelPresets.named("gpt-18b"),
                new Batch(4096, 4, 2048),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(8, 1, 1024)).with(sharding),
                new ClusterSpec(HARDWARE.node("DGX A100"), 1024, HARDWARE.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-core-2024"));
    }
}
