package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.transformer.Block;
import trainyard.parallel.model.transformer.GroupedQueryAttention;
import trainyard.parallel.model.transformer.MixtureOfExperts;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.ChunkLayout;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Reshard;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Bytes of a rank counted by hand: weights 2, gradients 4, optimizer 12 for each parameter that it holds. */
class MemoryByHandTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final double MIB = 1 << 20;

    private static final int LAYERS = 4;
    private static final int HIDDEN = 1024;
    private static final int EXPERTS = 8;
    private static final int EXPERT_FFN = 512;
    private static final int VOCABULARY = 32_000;

    /** All experts of the model: three products each. */
    private static final double EXPERT = (double) LAYERS * EXPERTS * 3 * HIDDEN * EXPERT_FFN;

    private static final TransformerModel MIXTURE = TransformerModel.of(
            "mixture",
            LAYERS,
            HIDDEN,
            new Block(GroupedQueryAttention.of(16, 16, 64), MixtureOfExperts.of(EXPERTS, 2, EXPERT_FFN)),
            VOCABULARY,
            false);

    /** What tensor ranks split: four squares of attention a layer, table and head. The router and the norms they do not. */
    private static double dense(int tensor) {
        double split = LAYERS * 4.0 * HIDDEN * HIDDEN + 2.0 * VOCABULARY * HIDDEN;
        double whole = LAYERS * ((double) HIDDEN * EXPERTS + 2 * HIDDEN) + HIDDEN;
        return split / tensor + whole;
    }

    private static TrainingJob job(TransformerModel model, ParallelPlan plan, int micro, int steps, String software) {
        ClusterSpec cluster =
                new ClusterSpec(CATALOG.node("DGX A100"), Math.max(1, (plan.gpus() + 7) / 8), CATALOG.fabric("IB HDR"));
        Batch batch = new Batch(plan.data() * micro * steps, micro, 512);
        return new TrainingJob(model, batch, PrecisionRecipe.BF16, plan, cluster, SoftwareProfiles.named(software));
    }

    private static Map<MemoryComponent, Double> bytes(ParallelPlan plan) {
        return MemoryModel.estimate(job(MIXTURE, plan, 1, 4, "megatron-core-2024"))
                .stages()
                .get(0)
                .bytes();
    }

    private static void assertStates(ParallelPlan plan, double weights, double gradients, double optimizer) {
        Map<MemoryComponent, Double> bytes = bytes(plan);

        assertThat(bytes.get(MemoryComponent.PARAMETERS)).isCloseTo(2 * weights, within(1.0));
        assertThat(bytes.get(MemoryComponent.GRADIENTS)).isCloseTo(4 * gradients, within(1.0));
        assertThat(bytes.get(MemoryComponent.OPTIMIZER_STATE)).isCloseTo(12 * optimizer, within(1.0));
    }

    private static ParallelPlan plan(int tensor, int data, int expert, Sharding sharding) {
        Degrees degrees = new Degrees(tensor, 1, 1, data, expert);
        return new ParallelPlan(degrees, Pipelining.PLAIN, sharding, tensor > 1, Recompute.NONE);
    }

    /** Each rank has half of every expert; four replicas share the optimizer's state of all it has. */
    @Test
    void tensorRanksSplitExperts() {
        double held = dense(2) + EXPERT / 2;

        assertStates(plan(2, 4, 1, Sharding.zero(1)), held, held, held / 4);
    }

    /** Two of the eight replicas hold the same two experts, all eight the same attention. */
    @Test
    void replicasOfExpertsAreFewer() {
        double held = dense(1) + EXPERT / 4;

        assertStates(plan(1, 8, 4, Sharding.zero(1)), held, held, dense(1) / 8 + EXPERT / 4 / 2);
    }

    /** Two tensor ranks of four replicas: the eight ranks hold the experts twice, each attention half four times. */
    @Test
    void tensorRanksHoldExpertsOfTheirOwn() {
        double held = dense(2) + EXPERT / 4;

        assertStates(plan(2, 4, 4, Sharding.zero(1)), held, held, dense(2) / 4 + EXPERT / 4 / 2);
    }

    /** Groups of four of sixteen replicas, each with a quarter of everything. */
    @Test
    void aGroupSharesAllOfItsCopy() {
        double own = (dense(1) + EXPERT) / 4;

        assertStates(plan(1, 16, 1, Sharding.zero(3).withGroup(4)), own, own, own);
    }

    /** Groups of eight of sixteen replicas: within a group two ranks hold the same two experts. */
    @Test
    void aGroupSharesTheExpertsThatLieWithinIt() {
        double own = dense(1) / 8 + EXPERT / 4 / 2;

        assertStates(plan(1, 16, 4, Sharding.zero(3).withGroup(8)), own, own, own);
    }

    /** Groups of two tensor ranks times four replicas hold the experts of four ranks twice; there are two of them. */
    @Test
    void tensorRanksOfAGroupShareExperts() {
        double own = dense(2) / 4 + EXPERT / 4 / 2;

        assertStates(plan(2, 8, 4, Sharding.zero(3).withGroup(4)), own, own, own);
    }

    /** Groups of two hold half a copy of the experts, so no rank of a group has the same as another. */
    @Test
    void aGroupBelowACopyOfTheExpertsSharesNone() {
        double own = dense(1) / 2 + EXPERT / 4;

        assertStates(plan(1, 16, 4, Sharding.zero(2).withGroup(2)), dense(1) + EXPERT / 4, own, own);
    }

    /** Ranks that sum once a step add up whole gradients until then; those of a single micro-batch are shared at once. */
    @Test
    void gradientsThatAreSummedOnceAreWhole() {
        ParallelPlan once =
                plan(1, 8, 1, Sharding.zero(3).with(Reshard.AFTER_STEP).withReduceEachMicroBatch(false));
        double held = dense(1) + EXPERT;
        assertStates(once, held / 8, held / 8, held / 8);

        assertThat(wholeGradients(once, 4)).isCloseTo(4 * held, within(1.0));
        assertThat(wholeGradients(once, 1)).isZero();
        assertThat(wholeGradients(plan(1, 8, 1, Sharding.zero(3)), 4)).isZero();
    }

    /** Groups of two of four that share the experts: each rank has its two of eight to itself, and adds them up as its own. */
    @Test
    void ownGradientsOfExpertsAreNotHeldTwice() {
        Sharding once = Sharding.zero(3).withGroup(2).withReduceEachMicroBatch(false);
        assertThat(wholeGradients(plan(1, 16, 4, once), 4)).isCloseTo(4 * dense(1), within(1.0));
    }

    private static double wholeGradients(ParallelPlan plan, int steps) {
        ChunkLayout layout = ChunkLayout.of(MIXTURE, plan);
        return new GatheredBuffers(job(MIXTURE, plan, 1, steps, "megatron-core-2024"), layout)
                .wholeGradients(layout.layers(0, 0));
    }

    /** Experts that no rank of a group shares are not gathered; gradients of the two layers in flight are of both kinds. */
    @Test
    void onlyWhatIsSharedIsGathered() {
        double head = (double) VOCABULARY * HIDDEN + HIDDEN;
        double block = 4.0 * HIDDEN * HIDDEN + HIDDEN * EXPERTS + 2 * HIDDEN;
        double gradients = 2 * Math.max(head, block + EXPERT / LAYERS / 4);

        assertThat(gathered(plan(1, 16, 4, Sharding.zero(3).withGroup(2))))
                .isCloseTo(2 * (2 * head + gradients), within(1.0));
        assertThat(gathered(plan(1, 16, 4, Sharding.zero(3).withGroup(2).with(Reshard.AFTER_STEP))))
                .isCloseTo(2 * (dense(1) + gradients), within(1.0));
        assertThat(gathered(plan(1, 16, 4, Sharding.zero(3).withGroup(8).with(Reshard.AFTER_STEP))))
                .isCloseTo(2 * (dense(1) + EXPERT / 4 + gradients), within(1.0));
    }

    /** Two layers are in flight where each micro-batch is summed, and of the only one; of four that are summed once, none. */
    @Test
    void gradientsOfALoneMicroBatchAreInFlight() {
        ParallelPlan each = plan(1, 8, 1, Sharding.zero(2));
        ParallelPlan once = plan(1, 8, 1, Sharding.zero(2).withReduceEachMicroBatch(false));
        double inFlight = 2 * 2 * ((double) VOCABULARY * HIDDEN + HIDDEN);

        assertThat(gathered(each, 4)).isCloseTo(inFlight, within(1.0));
        assertThat(gathered(once, 1)).isCloseTo(inFlight, within(1.0));
        assertThat(gathered(once, 4)).isZero();
    }

    private static double gathered(ParallelPlan plan) {
        return gathered(plan, 4);
    }

    private static double gathered(ParallelPlan plan, int microBatches) {
        TrainingJob job = job(MIXTURE, plan, 1, microBatches, "megatron-core-2024");
        ChunkLayout layout = ChunkLayout.of(MIXTURE, plan);
        return new GatheredBuffers(job, layout).bytes(0, layout.parametersPerRank(0, plan.split()));
    }

    /** A bucket of 5e8 gradients, 6 bytes of the rank's own ones, and a table of gradients. */
    @Test
    void deepSpeedJoinsTheGradientsOfARanksOwn() {
        ParallelPlan plan = plan(1, 8, 4, Sharding.zero(1));
        TrainingJob job = new TrainingJob(
                MIXTURE,
                new Batch(8, 1, 512),
                PrecisionRecipe.FP16,
                plan,
                new ClusterSpec(CATALOG.node("DGX A100"), 1, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-deepspeed"));
        ChunkLayout layout = ChunkLayout.of(MIXTURE, plan);
        double own = dense(1) / 8 + EXPERT / 4 / 2;

        assertThat(new DeepSpeedBuffers(job, layout).bytes(0, layout.trainedPerRank(0, plan.split()), 0))
                .isCloseTo(2 * 5e8 + 6 * own + 2.0 * VOCABULARY * HIDDEN, within(1.0));
    }

    private static final TransformerModel DENSE = TransformerModel.llama("dense", 4, 1024, 2816, 16, 16, 32_000);

    /** What comes and goes fragments by 5 %; beside it stand 1422 MiB of context, buffers of 16 channels, two messages. */
    @Test
    void contextMessagesAndChannelsStandBesideActivations() {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 2, 1));
        Map<MemoryComponent, Double> bytes = MemoryModel.estimate(job(DENSE, plan, 2, 8, "megatron-core-2024"))
                .stages()
                .get(0)
                .bytes();
        double messages = 2 * 2.0 * 2 * 512 * 1024;
        double channels = 32 * 9.2 * MIB;
        double working = bytes.get(MemoryComponent.BUFFERS) - messages - channels;
        double comesAndGoes = bytes.get(MemoryComponent.ACTIVATIONS) + bytes.get(MemoryComponent.LOGITS) + working;

        assertThat(bytes.get(MemoryComponent.FRAMEWORK)).isCloseTo(1422 * MIB + 0.05 * comesAndGoes, within(1.0));
    }

    /** The copy of 16-bit gradients in 32 bits takes the place of the activations, which are fewer here. */
    @Test
    void gradientsAreCopiedWhereActivationsWere() {
        double copied = 4 * DENSE.parameters() / 2;

        assertThat(activationsAndBuffers(2, Sharding.zero(1))).isCloseTo(copied, within(1.0));
    }

    /** It takes the place of whole gradients too, each of two bytes, as many as four of the rank's half. */
    @Test
    void gradientsAreCopiedWhereWholeOnesWere() {
        Sharding once = Sharding.zero(2).withReduceEachMicroBatch(false);
        double whole = 2 * DENSE.parameters();
        double copied = 4 * DENSE.parameters() / 64;
        double activations = activationsAndBuffers(64, Sharding.zero(1));

        assertThat(activations).isGreaterThan(copied);
        assertThat(activationsAndBuffers(2, once)).isCloseTo(whole + activations, within(1.0));
    }

    /** Of two micro-batches on each of some replicas. */
    private static double activationsAndBuffers(int replicas, Sharding sharding) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 1, replicas)).with(sharding);
        ClusterSpec cluster = new ClusterSpec(CATALOG.node("DGX A100"), (replicas + 7) / 8, CATALOG.fabric("IB HDR"));
        Batch batch = new Batch(2 * replicas, 1, 64);
        TrainingJob job = new TrainingJob(
                DENSE, batch, PrecisionRecipe.FP16, plan, cluster, SoftwareProfiles.named("megatron-2021"));
        Map<MemoryComponent, Double> bytes =
                MemoryModel.estimate(job).stages().get(0).bytes();
        double channels = 32 * 9.2 * MIB;
        return bytes.get(MemoryComponent.ACTIVATIONS)
                + bytes.get(MemoryComponent.LOGITS)
                + bytes.get(MemoryComponent.BUFFERS)
                - channels;
    }
}
