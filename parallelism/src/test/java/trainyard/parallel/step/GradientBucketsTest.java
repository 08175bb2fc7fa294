package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** What of the gradient reduction of 64 replicas hides behind the backward pass, against sums by hand. */
class GradientBucketsTest {

    private static final double NANO = 2e-9;
    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final ClusterSpec CLUSTER = new ClusterSpec(CATALOG.node("DGX A100"), 8, CATALOG.fabric("IB HDR"));
    private static final SoftwareProfile SOFTWARE = SoftwareProfiles.named("megatron-core-2024");
    private final EventStepModel steps = new EventStepModel(NcclModel::on);

    private static TrainingJob job(SoftwareProfile software) {
        return new TrainingJob(
                ModelPresets.named("bert-large"),
                new Batch(512, 8, 512),
                PrecisionRecipe.FP16,
                ParallelPlan.of(Degrees.of(1, 1, 64)),
                CLUSTER,
                software);
    }

    private static double bytes() {
        return ModelPresets.named("bert-large").parameters()
                * SOFTWARE.gradients().bytesPerElement();
    }

    private static double allReduce(double bytes) {
        return NcclModel.on(CLUSTER)
                .time(Collective.ALL_REDUCE, bytes, new GroupShape(8, 8, 1))
                .seconds();
    }

    private static double exposed(StepCost cost) {
        return cost.share(TimeState.DATA_COMMUNICATION) * cost.seconds();
    }

    /** One bucket is ready when the backward pass is over, so all of it is exposed, as without overlap. */
    @Test
    void oneBucketIsExposedInFull() {
        double whole = allReduce(bytes());
        StepCost one = steps.cost(job(SOFTWARE.withBucketBytes(2 * bytes())));
        StepCost after = steps.cost(job(SOFTWARE.with(SoftwareFeature.GRADIENT_OVERLAP, false)));
        assertThat(one.reductionSeconds()).isCloseTo(whole, within(NANO));
        assertThat(exposed(one)).isCloseTo(whole, within(NANO));
        assertThat(after.stepNanos()).isEqualTo(one.stepNanos());
    }

    /**
     * n buckets of r seconds that become ready evenly over a backward pass of B seconds: the queue is longest behind the
     * first or at the last, so {@code max(B / n + n r, B + r) - B} stays exposed.
     */
    @Test
    void manyBucketsAreExposedAsFarAsTheQueueReaches() {
        for (double size : new double[] {1e6, 4e6, 64e6}) {
            TrainingJob job = job(SOFTWARE.withBucketBytes(size));
            StepCost cost = steps.cost(job);
            Span backward = steps.timeline(job).stream()
                    .filter(span -> span.kind() == Span.Kind.BACKWARD)
                    .findFirst()
                    .orElseThrow();
            double pass = (backward.endNanos() - backward.startNanos()) / 1e9;
            double buckets = Math.ceil(bytes() / size);
            double each = allReduce(bytes() / buckets);
            double expected = Math.max(pass / buckets + buckets * each, pass + each) - pass;
            assertThat(cost.reductionSeconds()).isCloseTo(buckets * each, within(1e-9 * buckets));
            assertThat(exposed(cost)).as("%.0f bytes", size).isCloseTo(expected, within(1e-9 * buckets));
        }
    }
}
