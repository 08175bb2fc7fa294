package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.RecomputeMethod;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Kept bytes of a GPT layer (Korthikanti et al. 2022, eq. 1 and 2): s b h (34 + 5 a s / h), or 2 s b h of its input. */
class ChunkActivationsTest {

    private static final int LAYERS = 8;
    private static final double INPUT = 2.0 * 2048 * 4096;
    private static final double WHOLE = 2048.0 * 4096 * (34 + 5.0 * 32 * 2048 / 4096);

    private static TrainingJob job(Checkpointing checkpointing, int pipeline) {
        HardwareCatalog catalog = HardwareCatalog.load();
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, pipeline, 1))
                .with(Pipelining.PLAIN)
                .with(checkpointing);
        return new TrainingJob(
                TransformerModel.gpt("gpt", LAYERS, 4096, 16384, 32, 51200, 2048),
                new Batch(pipeline, 1, 2048),
                PrecisionRecipe.FP16,
                plan,
                new ClusterSpec(catalog.node("DGX A100"), 1, catalog.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-2021"));
    }

    private static ActivationPeak.Chunk chunk(Checkpointing checkpointing) {
        TrainingJob job = job(checkpointing, 1);
        return new ChunkActivations(job).of(job.model().layers(), 0);
    }

    /** What the embedding keeps is the same in all cases. */
    private static double keptBeyond(Checkpointing checkpointing, Checkpointing base) {
        return chunk(checkpointing).activations() - chunk(base).activations();
    }

    @Test
    void everyRecomputedLayerLeavesItsInput() {
        for (int k = 0; k <= LAYERS; k++) {
            double saved = -keptBeyond(Checkpointing.block(Recompute.FULL, k), Checkpointing.NONE);
            assertThat(saved).isCloseTo(k * (WHOLE - INPUT), within(1e-9 * WHOLE));
        }
    }

    @Test
    void allLayersInBlocksAreFullRecomputation() {
        assertThat(chunk(Checkpointing.block(Recompute.FULL, LAYERS)))
                .isEqualTo(chunk(Checkpointing.of(Recompute.FULL)));
    }

    /** One input a group stays; what the layers of a group save exists at once, less that input. */
    @Test
    void groupsKeepOneInputAndWorkOnAllTheirLayers() {
        ActivationPeak.Chunk single = chunk(Checkpointing.of(Recompute.FULL));
        for (int k : List.of(2, 4, 8)) {
            ActivationPeak.Chunk group = chunk(Checkpointing.groups(k));
            double inputs = LAYERS - LAYERS / k;
            assertThat(single.activations() - group.activations()).isCloseTo(inputs * INPUT, within(1e-9 * WHOLE));
            assertThat(group.working() - single.working()).isCloseTo((k - 1) * WHOLE, within(1e-9 * WHOLE));
        }
    }

    @Test
    void theFirstStagesMayRecomputeMoreThanTheLast() {
        Checkpointing more = Checkpointing.block(Recompute.FULL, 4, 0);
        List<StageMemory> stages = MemoryModel.estimate(job(more, 2)).stages();
        List<StageMemory> none =
                MemoryModel.estimate(job(Checkpointing.NONE, 2)).stages();

        assertThat(stages.get(0).bytes().get(MemoryComponent.ACTIVATIONS))
                .isLessThan(none.get(0).bytes().get(MemoryComponent.ACTIVATIONS) / 4);
        assertThat(stages.get(1)).isEqualTo(none.get(1));
    }

    @Test
    void contradictionsNameTheKey() {
        assertThatThrownBy(() -> Checkpointing.block(Recompute.NONE, 2))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("recompute-layers");
        assertThatThrownBy(() -> new Checkpointing(Recompute.SELECTIVE, RecomputeMethod.UNIFORM, List.of(2)))
                .isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> ParallelPlan.of(Degrees.of(1, 4, 1)).with(Checkpointing.block(Recompute.FULL, 1, 2)))
                .hasMessage("recompute-layers has 2 entries, the plan has 4 stages x 1 chunks");
    }
}
