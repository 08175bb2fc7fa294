package trainyard.parallel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Pipelining;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.schedule.Schedule;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class SavedStatesTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final Model GPT = ModelPresets.named("gpt3-1.3b");
    private static final Model MIXTRAL = ModelPresets.named("mixtral-8x7b");

    /** 2 of weights and 12 of the optimizer's state. */
    private static final double BYTES = 14;

    private static TrainingJob job(Model model, ParallelPlan plan) {
        return job(model, plan, PrecisionRecipe.BF16, "megatron-core-2024");
    }

    private static TrainingJob job(Model model, ParallelPlan plan, PrecisionRecipe precision, String software) {
        ClusterSpec cluster =
                new ClusterSpec(CATALOG.node("DGX H100"), Math.max(1, (plan.gpus() + 7) / 8), CATALOG.fabric("IB HDR"));
        Batch batch = new Batch(4 * plan.data() * plan.pipeline(), 1, 2048);
        return new TrainingJob(model, batch, precision, plan, cluster, SoftwareProfiles.named(software));
    }

    private static SavedStates saved(Model model, Degrees degrees, Sharding sharding, boolean shared) {
        return SavedStates.of(job(model, ParallelPlan.of(degrees).with(sharding)), shared);
    }

    /** The first of eight replicas writes for all, and the others of its node write nothing. */
    @Test
    void oneReplicaOfANodeWrites() {
        SavedStates alone = saved(GPT, Degrees.of(1, 1, 1), Sharding.NONE, false);
        SavedStates replicas = saved(GPT, Degrees.of(1, 1, 8), Sharding.NONE, false);

        assertThat(alone.busiestNodeBytes()).isCloseTo(BYTES * GPT.parameters(), within(1.0));
        assertThat(replicas).isEqualTo(alone);
        assertThat(saved(GPT, Degrees.of(1, 1, 8), Sharding.NONE, true).busiestNodeBytes())
                .isCloseTo(alone.busiestNodeBytes(), within(1.0));
    }

    /** DeepSeek-V3, section 3.3: moments in 16 bits beside the master weight; 8-bit weights once, a scale for 128 elements. */
    @Test
    void aSnapshotHoldsStatesInTheFormatsOfTheSoftware() {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 1, 1));
        TrainingJob half = job(GPT, plan, PrecisionRecipe.BF16, "deepseek-v3-2024");
        TrainingJob eight = job(GPT, plan, PrecisionRecipe.FP8_BLOCK, "deepseek-v3-2024");

        assertThat(SavedStates.of(half, false).totalBytes()).isCloseTo((2 + 8) * GPT.parameters(), within(1.0));
        assertThat(SavedStates.of(eight, false).totalBytes())
                .isCloseTo((1 + 4.0 / 128 + 8) * GPT.parameters(), within(1.0));
        assertThat(MemoryModel.estimate(eight).stages().get(0).bytes().get(MemoryComponent.OPTIMIZER_STATE))
                .isCloseTo(8.0 * GPT.parameters(), within(1.0));
    }

    /** Eight tensor ranks of a node write a stage between them, norms once. */
    @Test
    void tensorRanksOfANodeWriteTheirStage() {
        SavedStates states = saved(GPT, Degrees.of(8, 1, 4), Sharding.NONE, false);

        assertThat(states.busiestNodeBytes()).isCloseTo(BYTES * GPT.parameters(), within(1.0));
        assertThat(states.busiestGpuBytes()).isCloseTo(BYTES * GPT.parameters() / 8, within(1.0));
    }

    /** Of eight nodes that each hold all of it in shards, one writes without and each an eighth with shared writing. */
    @Test
    void groupsOfHybridShardingAreReplicas() {
        Sharding hybrid = Sharding.zero(3).withGroup(8);
        double all = BYTES * GPT.parameters();

        assertThat(saved(GPT, Degrees.of(1, 1, 64), hybrid, false).busiestNodeBytes())
                .isCloseTo(all, within(1.0));
        assertThat(saved(GPT, Degrees.of(1, 1, 64), hybrid, true).busiestNodeBytes())
                .isCloseTo(all / 8, within(1.0));
    }

    @Test
    void contextRanksAreReplicas() {
        SavedStates states = saved(GPT, new Degrees(1, 4, 1, 16, 1), Sharding.NONE, true);

        assertThat(states.busiestGpuBytes()).isCloseTo(BYTES * GPT.parameters() / 64, within(1.0));
    }

    /** Each of eight experts lies on one rank alone, which writes it; the rest of the model they share out. */
    @Test
    void expertsAreWrittenByThoseThatHoldThem() {
        SavedStates shared = saved(MIXTRAL, new Degrees(1, 1, 1, 8, 8), Sharding.NONE, true);
        SavedStates first = saved(MIXTRAL, new Degrees(1, 1, 1, 8, 8), Sharding.NONE, false);
        double all = BYTES * MIXTRAL.parameters();

        assertThat(shared.busiestGpuBytes()).isCloseTo(all / 8, within(1e-6 * all));
        assertThat(shared.busiestNodeBytes()).isCloseTo(all, within(1e-6 * all));
        assertThat(first.busiestNodeBytes()).isCloseTo(all, within(1e-6 * all));
        assertThat(first.busiestGpuBytes()).isBetween(all / 8, all / 6);
    }

    /** Whatever the plan, all ranks together write the checkpoint once, and no node more than it. */
    @Test
    void allRanksWriteTheCheckpointOnce() {
        Random random = new Random(7);
        int plans = 0;
        while (plans < 400) {
            Model model = random.nextBoolean() ? GPT : MIXTRAL;
            TrainingJob job;
            try {
                job = job(model, plan(random, model));
            } catch (PlanException impossible) {
                continue;
            }
            plans++;
            for (boolean shared : new boolean[] {false, true}) {
                SavedStates states = SavedStates.of(job, shared);
                double[] ranks = new SnapshotWriters(job, shared).bytesOfRanks();
                double all = states.totalBytes();
                assertThat(Arrays.stream(ranks).sum()).as("%s", job.plan()).isCloseTo(all, within(1e-9 * all));
                assertThat(states.busiestNodeBytes()).isLessThanOrEqualTo(all * (1 + 1e-9));
            }
        }
    }

    private static ParallelPlan plan(Random random, Model model) {
        int expert = model == MIXTRAL ? power(random, 4) : 1;
        int pipeline = power(random, 4);
        Degrees degrees = new Degrees(power(random, 3), power(random, 3), pipeline, power(random, 6), expert);
        Sharding sharding = Sharding.zero(random.nextInt(4));
        if (sharding.zeroStage() > 0 && random.nextBoolean()) {
            sharding = sharding.withGroup(power(random, 4));
        }
        Pipelining pipelining = switch (pipeline == 1 ? 0 : random.nextInt(3)) {
            case 0 -> Pipelining.PLAIN;
            case 1 -> new Pipelining(Schedule.DUALPIPE, 2, List.of());
            default -> new Pipelining(Schedule.ZB_V, 2, List.of());
        };
        return ParallelPlan.of(degrees)
                .withSequenceParallel(true)
                .with(sharding)
                .with(pipelining);
    }

    private static int power(Random random, int below) {
        return 1 << random.nextInt(below);
    }
}
