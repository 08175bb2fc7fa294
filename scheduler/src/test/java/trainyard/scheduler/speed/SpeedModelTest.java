package trainyard.scheduler.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.AnalyticStepModel;
import trainyard.parallel.step.StepModel;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.DomainLevel;
import trainyard.scheduler.cluster.NodePool;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class SpeedModelTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static NodeShares shares(int... nodesAndGpus) {
        NodeShares shares = new NodeShares();
        for (int i = 0; i < nodesAndGpus.length; i += 2) {
            shares.add(nodesAndGpus[i], nodesAndGpus[i + 1]);
        }
        return shares;
    }

    private static ClusterJob job(int gpus) {
        return ClusterJob.of("job", 0, gpus, 1_000).with(JobTraits.NONE.withModel("gpt"));
    }

    @Test
    void theNarrowestDomainThatHoldsAJobGivesItsSpeed() {
        ClusterLayout layout = ClusterLayout.of(List.of(NodePool.of("n", 8, 8).withDomains(2, 4)));
        SpeedModel speed = new LocalitySpeed(layout, Map.of(DomainLevel.RACK, 0.9, DomainLevel.POOL, 0.6));

        assertEquals(1, speed.rate(job(8), 8, shares(0, 8)));
        assertEquals(1, speed.rate(job(16), 16, shares(0, 8, 1, 8)));
        assertEquals(0.9, speed.rate(job(16), 16, shares(0, 8, 2, 8)));
        assertEquals(0.6, speed.rate(job(16), 16, shares(0, 8, 4, 8)));
        assertThrows(IllegalArgumentException.class, () -> new LocalitySpeed(layout, Map.of(DomainLevel.RACK, 0.0)));
    }

    private static Optional<TrainingJob> training(int gpus, ClusterSpec cluster) {
        return Optional.of(new TrainingJob(
                TransformerModel.gpt("gpt", 24, 1024, 4096, 16, 51200, 1024),
                new Batch(64, 1, 1_024),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(1, 1, gpus)),
                cluster,
                SoftwareProfiles.named("megatron-core-2024")));
    }

    @Test
    void theStepModelPricesTheLinksOfAPlacement() {
        ClusterSpec cluster = new ClusterSpec(CATALOG.node("DGX A100"), 8, CATALOG.fabric("IB HDR"));
        ClusterLayout layout =
                ClusterLayout.of(List.of(NodePool.of("a100", 8, 8).withDomains(1, 4)));
        int[] asked = {0};
        StepModel model = new AnalyticStepModel(NcclModel::on);
        SpeedModel speed = new StepSpeed(
                model,
                (job, gpus) -> {
                    asked[0]++;
                    return training(gpus, cluster);
                },
                layout);

        double whole = speed.rate(job(8), 8, shares(0, 8));
        double two = speed.rate(job(8), 8, shares(0, 4, 1, 4));
        double racks = speed.rate(job(8), 8, shares(0, 4, 4, 4));
        double scattered = speed.rate(job(8), 8, shares(0, 1, 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1, 7, 1));

        assertEquals(1, whole);
        assertTrue(two < whole && scattered < two, whole + " " + two + " " + scattered);
        assertTrue(racks <= two);
        // On one node the model is asked once more only for another number of GPUs.
        int before = asked[0];
        assertEquals(whole, speed.rate(job(8), 8, shares(5, 8)));
        assertEquals(before, asked[0]);
        double cost8 = model.cost(training(8, new ClusterSpec(cluster.node(), 1, cluster.fabric()))
                        .orElseThrow())
                .tokensPerSecond();
        double cost16 = model.cost(training(16, new ClusterSpec(cluster.node(), 2, cluster.fabric()))
                        .orElseThrow())
                .tokensPerSecond();
        assertEquals(cost16 / cost8, speed.rate(job(8), 16, shares(0, 8, 1, 8)), 1e-9);
    }
}
