package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;
import trainyard.sim.hardware.calibration.ComputeFit;
import trainyard.sim.hardware.calibration.Extrapolation;
import trainyard.sim.hardware.calibration.ShapeRange;

class ProductRangesTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    /** Measured up to 4,096 rows, columns and sums. */
    private static final KernelCalibration UP_TO_4096 = new KernelCalibration(
            Map.of(
                    Precision.BF16,
                    new ComputeFit(
                            "gemm",
                            Precision.BF16,
                            250e12,
                            128,
                            256,
                            5e-6,
                            new ShapeRange(1, 4096, 1, 4096, 1, 4096),
                            List.of(),
                            Optional.empty())),
            1,
            1,
            1,
            1);

    private final ProductRanges ranges = new ProductRanges();

    private static TrainingJob job(int tensor, int data) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(tensor, 2, data));
        return new TrainingJob(
                ModelPresets.named("gpt-22b"),
                new Batch(32, 1, 2048),
                PrecisionRecipe.BF16,
                plan,
                new ClusterSpec(CATALOG.node("DGX A100"), plan.gpus() / 8, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-2022"));
    }

    /** Of the products beyond 4,096 one with the width of the model, 6,144, takes most of the time. */
    @Test
    void tellsTheFitAndHowFarBeyondItIs() {
        List<Extrapolation> beyond = ranges.beyond(job(8, 2), UP_TO_4096);

        assertThat(beyond).singleElement().satisfies(only -> {
            assertThat(only.fit()).isEqualTo("the fit of matrix products in bf16");
            assertThat(only.factor()).isEqualTo(6144.0 / 4096);
            assertThat(only.share()).isGreaterThan(0.5);
        });
        assertThat(ranges.beyond(job(8, 2), KernelCalibration.NONE)).isEmpty();
    }

    /** Replicas have the same products, tensor ranks have others. */
    @Test
    void jobsWithTheSameProductsArePricedOnce() {
        List<Extrapolation> two = ranges.beyond(job(8, 2), UP_TO_4096);

        assertThat(ranges.beyond(job(8, 4), UP_TO_4096)).isSameAs(two);
        assertThat(ranges.beyond(job(4, 4), UP_TO_4096)).isNotEqualTo(two);
    }
}
