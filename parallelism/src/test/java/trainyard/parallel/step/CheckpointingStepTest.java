package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputeModule;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Time of recomputing some layers. */
class CheckpointingStepTest {

    private static final int LAYERS = 36;
    private final StepModel steps = new EventStepModel(NcclModel::on);

    private static TrainingJob job(Checkpointing checkpointing, int data, int zero) {
        HardwareCatalog catalog = HardwareCatalog.load();
        ParallelPlan plan = ParallelPlan.of(Degrees.of(4, 1, data))
                .with(Sharding.zero(zero))
                .with(checkpointing);
        return new TrainingJob(
                TransformerModel.gpt("gpt-7.5b", LAYERS, 4096, 16384, 32, 51200, 2048),
                new Batch(32, 4, 2048),
                PrecisionRecipe.FP16,
                plan,
                new ClusterSpec(catalog.node("DGX A100"), 1, catalog.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-2021"));
    }

    /** k of L layers recompute k/L of what all do, in seconds and in FLOPs. */
    @Test
    void timeAndFlopsGrowWithTheLayers() {
        StepCost all = steps.cost(job(Checkpointing.of(Recompute.FULL), 1, 0));
        StepCost none = steps.cost(job(Checkpointing.NONE, 1, 0));
        for (int k : new int[] {0, 9, 18, 36}) {
            StepCost some = steps.cost(job(Checkpointing.block(Recompute.FULL, k), 1, 0));
            double share = (double) k / LAYERS;
            assertThat(some.share(TimeState.RECOMPUTE) * some.seconds())
                    .isCloseTo(share * all.share(TimeState.RECOMPUTE) * all.seconds(), within(1e-6));
            assertThat(some.hardwareFlops() - none.hardwareFlops())
                    .isCloseTo(share * (all.hardwareFlops() - none.hardwareFlops()), within(1e6));
        }
    }

    /** A full forward pass more is a third of the FLOPs of forward and backward (Korthikanti et al. 2022, section 5). */
    @Test
    void allLayersCostAThirdOfTheCompute() {
        StepCost all = steps.cost(job(Checkpointing.of(Recompute.FULL), 1, 0));
        double ratio = all.share(TimeState.RECOMPUTE) / all.share(TimeState.COMPUTE);
        assertThat(ratio).isCloseTo(1.0 / 3, within(0.04));
    }

    @Test
    void shardedLayersAreGatheredAgainOnlyWhereTheyRecompute() {
        double half =
                steps.cost(job(Checkpointing.block(Recompute.FULL, 18), 2, 3)).seconds();
        assertThat(half)
                .isBetween(
                        steps.cost(job(Checkpointing.NONE, 2, 3)).seconds(),
                        steps.cost(job(Checkpointing.of(Recompute.FULL), 2, 3)).seconds());
    }

    @Test
    void groupsTakeAsLongAsSingleLayers() {
        assertThat(steps.cost(job(Checkpointing.groups(4), 1, 0)).seconds())
                .isEqualTo(
                        steps.cost(job(Checkpointing.of(Recompute.FULL), 1, 0)).seconds());
    }

    /** The forward kernels of the modules and nothing else: norms read and write their tokens once more. */
    @Test
    void modulesTakeTheirForwardKernels() {
        TrainingJob job = job(Checkpointing.of(Recompute.of(EnumSet.of(RecomputeModule.LAYERNORM))), 1, 0);
        StepCost cost = steps.cost(job);
        KernelModel kernels = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software());
        double norms = job.model().layers().get(1).operators(job.shard()).stream()
                .filter(operator -> operator instanceof Operator.Norm)
                .mapToDouble(operator -> kernels.forward(operator).seconds())
                .sum();
        assertThat(cost.share(TimeState.RECOMPUTE) * cost.seconds())
                .isCloseTo(LAYERS * job.microBatches() * norms, within(1e-6));
        assertThat(cost.hardwareFlops())
                .isEqualTo(steps.cost(job(Checkpointing.NONE, 1, 0)).hardwareFlops());
    }

    /** Norms save less than the whole layer and cost less. */
    @Test
    void modulesLieBetweenNothingAndAll() {
        Checkpointing norms = Checkpointing.of(Recompute.of(EnumSet.of(RecomputeModule.LAYERNORM)));
        double some = steps.cost(job(norms, 1, 0)).seconds();
        assertThat(some)
                .isBetween(
                        steps.cost(job(Checkpointing.NONE, 1, 0)).seconds(),
                        steps.cost(job(Checkpointing.of(Recompute.FULL), 1, 0)).seconds());
        assertThat(peak(norms)).isBetween(peak(Checkpointing.of(Recompute.FULL)), peak(Checkpointing.NONE));
    }

    private static double peak(Checkpointing checkpointing) {
        return MemoryModel.estimate(job(checkpointing, 1, 0)).stages().get(0).totalBytes();
    }
}
