package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class MemoryModelTest {

    private static final double GIB = 1L << 30;
    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final SoftwareProfile SOFTWARE = SoftwareProfiles.named("megatron-2022");

    private static final Model GPT_22B = TransformerModel.gpt("22b", 48, 6144, 24_576, 64, 51_200, 2048);
    private static final Model GPT_175B = TransformerModel.gpt("175b", 96, 12_288, 49_152, 96, 51_200, 2048);
    private static final Model GPT_530B = TransformerModel.gpt("530b", 105, 20_480, 81_920, 128, 51_200, 2048);
    private static final Model GPT_1T = TransformerModel.gpt("1t", 128, 25_600, 102_400, 160, 51_200, 2048);

    private static ParallelPlan plan(int pipeline, int chunks, boolean sequenceParallel, Recompute recompute) {
        return ParallelPlan.of(Degrees.of(8, pipeline, 1))
                .with(Pipelining.oneForwardOneBackward(chunks))
                .withSequenceParallel(sequenceParallel)
                .with(recompute);
    }

    private static TrainingJob job(Model model, ParallelPlan plan, Batch batch) {
        ClusterSpec cluster =
                new ClusterSpec(CATALOG.node("DGX A100"), Math.max(1, (plan.gpus() + 7) / 8), CATALOG.fabric("IB HDR"));
        return new TrainingJob(model, batch, PrecisionRecipe.FP16, plan, cluster, SOFTWARE);
    }

    private static double firstStage(Model model, int pipeline, int chunks, boolean selective) {
        ParallelPlan plan = plan(pipeline, chunks, selective, selective ? Recompute.SELECTIVE : Recompute.NONE);
        MemoryEstimate memory = MemoryModel.estimate(job(model, plan, new Batch(8 * pipeline, 1, 2048)));
        return memory.stages().get(0).bytes().get(MemoryComponent.ACTIVATIONS) / GIB;
    }

    /**
     * Korthikanti et al. 2022, figure 1: activations of the first stage in GiB with tensor parallelism alone, and with
     * sequence parallelism and selective recomputation. The paper's bars leave out the dropout mask of the embedding.
     */
    @Test
    void firstStageActivationsMatchFigure1() {
        assertThat(firstStage(GPT_175B, 8, 3, false)).isCloseTo(66.84, within(0.01 * 66.84));
        assertThat(firstStage(GPT_175B, 8, 3, true)).isCloseTo(12.35, within(0.015 * 12.35));
        assertThat(firstStage(GPT_530B, 35, 3, false)).isCloseTo(114.02, within(0.03 * 114.02));
        assertThat(firstStage(GPT_530B, 35, 3, true)).isCloseTo(23.08, within(0.02 * 23.08));
        assertThat(firstStage(GPT_1T, 64, 1, false)).isCloseTo(131.25, within(0.03 * 131.25));
        assertThat(firstStage(GPT_1T, 64, 1, true)).isCloseTo(26.56, within(0.02 * 26.56));
    }

    @Test
    void countsATiedTableOnceOnOneStageAndOnBothEndsOfAPipeline() {
        double whole = parameterBytes(plan(1, 1, false, Recompute.FULL));
        double cut = parameterBytes(plan(2, 1, false, Recompute.FULL));

        // Positions, norms and some biases lie on every rank.
        assertThat(whole * 8).isCloseTo(2 * GPT_22B.parameters(), within(0.01 * 2 * GPT_22B.parameters()));
        assertThat(cut - whole).isCloseTo(2.0 * 51_200 * 6144 / 8, within(1.0));
    }

    private static double parameterBytes(ParallelPlan plan) {
        return MemoryModel.estimate(job(GPT_22B, plan, new Batch(8, 1, 2048))).stages().stream()
                .mapToDouble(stage -> stage.bytes().get(MemoryComponent.PARAMETERS))
                .sum();
    }

    /** 4 s b V / t for the 32-bit softmax and 2 s b V / t for the logits, besides the inputs of norm and product. */
    @Test
    void lastStageHoldsTheLogits() {
        MemoryEstimate memory =
                MemoryModel.estimate(job(GPT_22B, plan(2, 1, true, Recompute.FULL), new Batch(8, 1, 2048)));
        double inputs = 2 * 2.0 * 2048 * 6144 / 8;

        assertThat(memory.stages().get(0).bytes().get(MemoryComponent.LOGITS)).isZero();
        assertThat(memory.stages().get(1).bytes().get(MemoryComponent.LOGITS))
                .isCloseTo(6.0 * 2048 * 51_200 / 8 + inputs, within(1.0));
    }

    /** BigScience, chronicles of the 176B prequel: 181B on 8 x 1 x 48 A100-80 with ZeRO-1 ran out of memory; 8 x 12 x 4 did not. */
    @Test
    void callsTheBloomRowsThatRanOutOfMemory() {
        Model model = TransformerModel.bloom("181b", 72, 14_336, 57_344, 64, 250_880);

        assertThat(MemoryModel.estimate(bloom(model, 1, 48, 1, 2016)).fits()).isFalse();
        assertThat(MemoryModel.estimate(bloom(model, 2, 24, 1, 2016)).fits()).isTrue();
        assertThat(MemoryModel.estimate(bloom(model, 12, 4, 8, 2048)).fits()).isTrue();
    }

    private static TrainingJob bloom(Model model, int pipeline, int data, int micro, int global) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(8, pipeline, data))
                .with(Sharding.zero(1))
                .with(Recompute.FULL);
        ClusterSpec cluster = new ClusterSpec(CATALOG.node("Jean Zay A100 octo"), 48, CATALOG.fabric("Omni-Path 100"));
        return new TrainingJob(
                model,
                new Batch(global, micro, 2048),
                PrecisionRecipe.FP16,
                plan,
                cluster,
                SoftwareProfiles.named("megatron-2021"));
    }

    /** Qi et al. 2024 (Zero Bubble), table 4: peak over the stages, no recomputation, printed as GB and read as GiB. */
    @Test
    void matchesTheMeasuredPeaksOfZeroBubble() {
        assertPeak(zeroBubble(22, 2304, 24, 8, 1, 6, 192), 30);
        assertPeak(zeroBubble(30, 4096, 32, 8, 1, 3, 96), 39);
        assertPeak(zeroBubble(46, 5120, 40, 16, 1, 1, 128), 32);
        assertPeak(zeroBubble(62, 6144, 48, 32, 1, 1, 128), 43);
        assertPeak(zeroBubble(22, 2304, 24, 8, 3, 6, 192), 40);
        assertPeak(zeroBubble(30, 4096, 32, 8, 4, 3, 192), 48);
        assertPeak(zeroBubble(46, 5120, 40, 16, 3, 1, 128), 39);
        assertPeak(zeroBubble(62, 6144, 48, 32, 2, 1, 128), 58);
    }

    private static void assertPeak(TrainingJob job, double publishedGib) {
        assertThat(MemoryModel.estimate(job).peak().totalBytes() / GIB)
                .isCloseTo(publishedGib, within(0.03 * publishedGib));
    }

    /** One layer fewer on the first and the last chunk, as the paper says. */
    private static TrainingJob zeroBubble(
            int layers, int hidden, int heads, int pipeline, int chunks, int micro, int global) {
        List<Integer> split =
                new ArrayList<>(Collections.nCopies(pipeline * chunks, (layers + 2) / (pipeline * chunks)));
        split.set(0, split.get(0) - 1);
        split.set(split.size() - 1, split.get(0));
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, pipeline, 1))
                .with(Pipelining.oneForwardOneBackward(chunks).withLayers(split));
        Model model = TransformerModel.gpt("zb", layers, hidden, 4 * hidden, heads, 51_200, 1024);
        ClusterSpec cluster = new ClusterSpec(CATALOG.node("DGX A100"), pipeline / 8, CATALOG.fabric("RoCE 400"));
        return new TrainingJob(
                model,
                new Batch(global, micro, 1024),
                PrecisionRecipe.FP16,
                plan,
                cluster,
                SoftwareProfiles.named("megatron-2023"));
    }

    @Test
    void namesSingleChangesThatFit() {
        TrainingJob tooLarge = job(GPT_175B, plan(8, 1, false, Recompute.NONE), new Batch(64, 1, 2048));
        assertThat(MemoryModel.estimate(tooLarge).fits()).isFalse();

        List<Remedy> remedies = MemoryAdvice.remedies(tooLarge);

        assertThat(remedies).extracting(Remedy::change).contains("recompute: full");
        assertThat(remedies)
                .allSatisfy(remedy ->
                        assertThat(MemoryModel.estimate(remedy.job()).fits()).isTrue());
    }

    @Test
    void namesNothingWhereNoSingleChangeFits() {
        TrainingJob hopeless = job(GPT_1T, plan(1, 1, false, Recompute.FULL), new Batch(8, 1, 2048));

        assertThat(MemoryAdvice.remedies(hopeless)).isEmpty();
    }
}
