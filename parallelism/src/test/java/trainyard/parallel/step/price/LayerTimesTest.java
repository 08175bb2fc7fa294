package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.exchange.LayerGroups;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Times of one layer against Korthikanti et al. 2022, table 4: 22B, tensor 8, micro-batch 4, sequence 2048, 8 A100. */
class LayerTimesTest {

    /** Printed to a tenth of a millisecond; the model must be within 4 % of each. */
    @ParameterizedTest
    @CsvSource({
        "none,      false, 7.7, 11.9",
        "none,      true,  7.2, 11.8",
        "full,      false, 7.7, 19.5",
        "selective, false, 7.7, 13.2",
        "selective, true,  7.2, 13.1"
    })
    void oneLayer(String word, boolean sequenceParallel, double forwardMillis, double backwardMillis) {
        Recompute recompute = Recompute.WORDS.stream()
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElseThrow();
        HardwareCatalog catalog = HardwareCatalog.load();
        ClusterSpec cluster = new ClusterSpec(catalog.node("DGX A100"), 1, catalog.fabric("IB HDR"));
        TransformerModel model = TransformerModel.gpt("gpt-22b", 48, 6144, 24576, 64, 51200, 2048);
        ParallelPlan plan = ParallelPlan.of(Degrees.of(8, 1, 1))
                .withSequenceParallel(sequenceParallel)
                .with(recompute);
        TrainingJob job = new TrainingJob(
                model,
                new Batch(4, 4, 2048),
                PrecisionRecipe.FP16,
                plan,
                cluster,
                SoftwareProfiles.named("megatron-2022"));
        KernelModel kernels = new KernelModel(cluster.node().gpu(), job.precision(), job.software());
        LayerCosts costs =
                new LayerCosts(job, kernels, NcclModel.on(cluster), LayerGroups.tensor(GroupShape.withinNode(8)));
        Layer layer = model.layers().get(1);
        double pace = GpuVariability.slowestOverMean(8);
        assertThat(1e3
                        * costs.of(layer, recompute)
                                .forward()
                                .cost()
                                .at(LockstepPace.healthy(pace))
                                .seconds())
                .isCloseTo(forwardMillis, within(0.04 * forwardMillis));
        assertThat(1e3
                        * costs.of(layer, recompute)
                                .backward()
                                .cost()
                                .at(LockstepPace.healthy(pace))
                                .seconds())
                .isCloseTo(backwardMillis, within(0.04 * backwardMillis));
    }
}
