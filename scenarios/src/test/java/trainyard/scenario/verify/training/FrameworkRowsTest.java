package trainyard.scenario.verify.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareFeature;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Checkpointing;
import trainyard.parallel.plan.ExpertOverlap;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.HardwareCatalog;

/** Rows of frameworks that name what they do in words of their own. */
class FrameworkRowsTest {

    @TempDir
    Path directory;

    private final TrainingRowReader reader = new TrainingRowReader(HardwareCatalog.load());

    private TrainingRow read(Map<String, String> row) {
        return PublishedRow.read(reader, row, directory);
    }

    private ParallelPlan plan(String framework, String recompute, String mfu, String hfu) {
        Map<String, String> row = PublishedRow.gpt175b();
        row.put("framework", framework);
        row.put("recompute", recompute);
        row.put("mfu_pct", mfu);
        row.put("hfu_pct", hfu);
        return ((TrainingRow.Scorable) read(row)).job().plan();
    }

    /** fms-fsdp, ac_handler.py: whole layers, as many as the hardware FLOPs tell; 61 and 69 % are four of ten. */
    @Test
    void selectiveRecomputationOfFsdpIsAShareOfTheLayers() {
        ParallelPlan some = plan("PyTorch FSDP + compile", "selective", "61", "69");
        ParallelPlan all = plan("PyTorch FSDP + compile", "selective", "55", "74");
        assertThat(some.checkpointing()).isEqualTo(Checkpointing.block(Recompute.FULL, 2));
        assertThat(all.checkpointing()).isEqualTo(Checkpointing.of(Recompute.FULL));
    }

    @Test
    void torchtitanNamesOperatorsOrEverySoManyLayers() {
        assertThat(plan("torchtitan 0.1", "selective op", "", "").recompute()).isEqualTo(Recompute.OPERATORS);
        assertThat(plan("torchtitan 0.1", "selective 2", "", "").checkpointing())
                .isEqualTo(Checkpointing.block(Recompute.FULL, 2));
        assertThat(plan("torchtitan 0.1", "full", "", "").checkpointing()).isEqualTo(Checkpointing.of(Recompute.FULL));
    }

    private TrainingJob bridge(String model, String gpu, String release) {
        Map<String, String> row = PublishedRow.gpt175b();
        row.put("source_ref", "docs/performance-summary.md line 45, " + release + " NeMo Container");
        row.put("framework", "Megatron-Bridge/Megatron-Core");
        row.put("model", model);
        row.put("family", "moe");
        row.put("experts", "64");
        row.put("topk", "4");
        row.put("ep", "8");
        row.put("gpu", gpu);
        row.put("precision", "MXFP8");
        return ((TrainingRow.Scorable) read(row)).job();
    }

    /** perf_recipes: from 26.06 on whole iterations for most mixtures in MXFP8, not for Kimi K2, nor for gpt-oss in 26.06.01. */
    @Test
    void recipesOfMegatronBridgeGoByReleaseModelAndGpu() {
        TrainingJob before = bridge("qwen3-30b-a3b", "GB300", "26.04.01");
        TrainingJob after = bridge("qwen3-30b-a3b", "GB300", "26.06");

        assertThat(before.software().name()).isEqualTo("megatron-bridge-2025");
        assertThat(before.plan().exchanges().expertOverlap()).isEqualTo(ExpertOverlap.NONE);
        assertThat(after.software().name()).isEqualTo("megatron-bridge-2026");
        assertThat(after.software().has(SoftwareFeature.GRAPHED_STEP)).isTrue();
        assertThat(after.plan().exchanges().expertOverlap()).isEqualTo(ExpertOverlap.MICRO_BATCHES);
        assertThat(fused("qwen3-30b-a3b", "B300", "26.06")).isTrue();
        assertThat(fused("qwen3-235b-a22b", "B300", "26.06")).isFalse();
        assertThat(fused("kimi-k2", "GB300", "26.06")).isFalse();
        assertThat(fused("gpt-oss-120b", "GB200", "26.06")).isTrue();
        assertThat(fused("gpt-oss-120b", "GB200", "26.06.01")).isFalse();
        assertThat(fused("gpt-oss-120b", "GB200", "26.08")).isTrue();
        assertThat(fused("gpt-oss-120b", "GB200", "26.08.01")).isTrue();
        assertThat(fused("deepseek-v3", "GB300", "26.06.01")).isTrue();
    }

    private boolean fused(String model, String gpu, String release) {
        return bridge(model, gpu, release).software().has(SoftwareFeature.FUSED_EXPERTS);
    }

    private TrainingJob titan(String overlap, String notes, String pipeline) {
        Map<String, String> row = PublishedRow.gpt175b();
        row.put("framework", "torchtitan main");
        row.put("sharding", "FSDP2");
        row.put("overlap", overlap);
        row.put("notes", notes);
        row.put("pp", pipeline);
        row.put("seq_parallel", "");
        row.put("gpus", String.valueOf(16 * Integer.parseInt(pipeline)));
        row.put("vpp", "");
        return ((TrainingRow.Scorable) read(row)).job();
    }

    /** torchtitan, parallelize_llama.py: 32-bit sums, tensor ranks split the sequence, gathered weights stay in a pipeline. */
    @Test
    void torchtitanIsReadByItsOwnRules() {
        assertThat(titan("", "torch.compile", "1").software().name()).isEqualTo("torchtitan-2024");
        assertThat(titan("asyncTP", "torch.compile", "1").software().name()).isEqualTo("torchtitan-2024-async");
        assertThat(titan("", "", "1").software().name()).isEqualTo("torchtitan-2024-eager");
        ParallelPlan flat = titan("", "", "1").plan();
        ParallelPlan staged = titan("", "", "8").plan();
        assertThat(flat.sequenceParallel()).isTrue();
        assertThat(flat.sharding()).isEqualTo(Sharding.zero(3));
        assertThat(staged.sharding())
                .isEqualTo(Sharding.zero(3).with(Reshard.AFTER_STEP).withReduceEachMicroBatch(false));
    }

    private TrainingJob megascale(String framework, String notes) {
        Map<String, String> row = PublishedRow.gpt175b();
        row.putAll(Map.of("framework", framework, "source", "MegaScale NSDI24", "notes", notes));
        return ((TrainingRow.Scorable) read(row)).job();
    }

    /** Jiang et al. 2024, section 3: what was trained by the system, against the Megatron-LM that it began with. */
    @Test
    void megascaleOverlapsTheExchangesOfTensorRanks() {
        assertThat(megascale("MegaScale", "").software().name()).isEqualTo("megascale-2024");
        assertThat(megascale("Megatron-LM", "baseline").software().has(SoftwareFeature.TENSOR_PIPELINE))
                .isFalse();
    }

    @Test
    void notesOnParallelBlocksChangeTheModel() {
        for (String notes : new String[] {"parallel transformer block; SWA", "+ PTB", "parallel attention"}) {
            assertThat(((TransformerModel) megascale("MegaScale", notes).model()).style())
                    .as(notes)
                    .matches(style -> style.parallelResidual() && style.normsPerBlock() == 1);
        }
        assertThat(((TransformerModel) megascale("MegaScale", "tensor parallel overlap")
                                .model())
                        .style())
                .matches(style -> !style.parallelResidual());
    }

    private TrainingJob titanOn(String gpu, String precision, String stages, String microBatch, String batch) {
        Map<String, String> row = PublishedRow.gpt175b();
        row.putAll(Map.of("framework", "torchtitan", "source", "pytorch/torchtitan", "sharding", "FSDP", "vpp", ""));
        row.putAll(Map.of("gpu", gpu, "precision", precision, "pp", stages, "mbs", microBatch, "gbs", batch));
        row.putAll(Map.of("gpus", String.valueOf(8 * Integer.parseInt(stages)), "dp", "1", "fabric", ""));
        return ((TrainingRow.Scorable) read(row)).job();
    }

    /** Benchmarks, "Hardware": H100 of 96 GB HBM2e at 2.4 TB/s and 500 W, eight to a Grand Teton. */
    @Test
    void torchtitanRanOnMetasBoards() {
        assertThat(titanOn("H100-80", "bf16", "1", "4", "4")
                        .cluster()
                        .node()
                        .gpu()
                        .name())
                .isEqualTo("H100-SXM-96");
        assertThat(titanOn("H100-80", "bf16", "1", "4", "4").cluster().node().name())
                .isEqualTo("Meta Grand Teton H100");
        assertThat(titanOfAnother().cluster().node().gpu().name())
                .as("a run elsewhere, on the GPU that its row states")
                .isEqualTo("H100-SXM-80");
        assertThat(titanOn("H200", "bf16", "1", "4", "4").cluster().node().gpu().name())
                .isEqualTo("H200-SXM-141");
    }

    private TrainingJob titanOfAnother() {
        Map<String, String> row = PublishedRow.gpt175b();
        row.putAll(Map.of("framework", "torchtitan", "source", "somebody's cluster", "sharding", "FSDP", "vpp", ""));
        row.putAll(Map.of("gpu", "H100-80", "fabric", ""));
        return ((TrainingRow.Scorable) read(row)).job();
    }

    /** torchao scales tensors by their present values (float8/config.py). */
    @Test
    void torchtitansFp8IsScaledAtOnce() {
        assertThat(titanOn("H200", "fp8", "1", "4", "4").precision()).isEqualTo(PrecisionRecipe.FP8);
        assertThat(titanOn("H200", "float8", "1", "4", "4").precision()).isEqualTo(PrecisionRecipe.FP8);
    }

    /** parallelisms/pipeline.py: as many micro-batches as pieces of the model, unless the row counts them. */
    @Test
    void torchtitansPipelineCutsALocalBatch() {
        assertThat(titanOn("H200", "bf16", "8", "32", "32").batch()).isEqualTo(new Batch(32, 4, 2048));
        assertThat(titanOn("H200", "bf16", "8", "1", "32").batch()).isEqualTo(new Batch(32, 1, 2048));
        assertThat(titanOn("H200", "bf16", "1", "32", "32").batch()).isEqualTo(new Batch(32, 32, 2048));
    }

    /** torchtitan, parallelisms/pipeline.py: schedules with several stages per rank take two. */
    @Test
    void interleavedTorchtitanHasTwoStagesPerRank() {
        assertThat(titan("", "compile; Interleaved 1F1B", "8").plan().virtualStages())
                .isEqualTo(2);
        assertThat(titan("", "compile; 1F1B", "8").plan().virtualStages()).isOne();
        assertThat(plan("torchtitan 0.1", "AC selective op", "", "").recompute())
                .isEqualTo(Recompute.OPERATORS);
    }
}
