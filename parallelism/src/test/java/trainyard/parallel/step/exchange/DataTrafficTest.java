package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.hardware.Precision;

/** Bytes that a rank exchanges: a network of 1 byte/s without latency makes seconds of them. */
class DataTrafficTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final ParameterCount PARAMETERS = ParameterCount.dense(1e9);
    private static final double BYTES = 2 * PARAMETERS.total();

    private static CollectiveTime oneBytePerSecond(Collective operation, double bytes, GroupShape group) {
        return new CollectiveTime(operation.busFactor(group.ranks()) * bytes, 0, "none", "none");
    }

    private static DataExchange exchange(int ranks, Sharding sharding) {
        return exchange(ranks, sharding.withReduction(Precision.FP16), PrecisionRecipe.FP16, "composer-fsdp");
    }

    private static DataExchange exchange(int ranks, Sharding sharding, PrecisionRecipe precision, String software) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 1, ranks)).with(sharding);
        TrainingJob job = new TrainingJob(
                TransformerModel.gpt("gpt", 4, 1024, 4096, 16, 51200, 1024),
                new Batch(ranks, 1, 1024),
                precision,
                plan,
                new ClusterSpec(CATALOG.node("DGX A100"), (ranks + 7) / 8, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named(software).at(precision));
        CollectiveModel model = DataTrafficTest::oneBytePerSecond;
        return new DataExchange(job, model, RankPlacement.on(job.cluster(), plan));
    }

    /**
     * Rajbhandari et al. 2020, section 7: data parallelism and stages 1 and 2 exchange 2 N elements, stage 3 gathers twice
     * and scatters once, 3 N; each times (n - 1) / n.
     */
    @Test
    void stageThreeExchangesHalfAsMuchAgain() {
        for (int n : new int[] {2, 8, 64, 1024}) {
            double share = BYTES * (n - 1.0) / n;
            assertThat(exchange(n, Sharding.zero(0)).reduce(PARAMETERS)).isCloseTo(2 * share, within(share * 1e-12));
            DataExchange two = exchange(n, Sharding.zero(2));
            double once = two.reduce(PARAMETERS) + two.gather(PARAMETERS);
            assertThat(once).isCloseTo(2 * share, within(share * 1e-12));
            DataExchange three = exchange(n, Sharding.zero(3));
            double stageThree = 2 * three.gather(PARAMETERS) + three.reduce(PARAMETERS);
            assertThat(stageThree).isCloseTo(1.5 * once, within(share * 1e-12));
        }
    }

    /** DeepSpeed, stage_1_and_2.py and bf16_optimizer.py: gradients are all-reduced, in 2 bytes or summed in 4, then sharded. */
    @Test
    void deepSpeedSumsGradientsWholeUnderZero1() {
        int n = 8;
        String software = "megatron-deepspeed-blocking";
        double share = PARAMETERS.total() * (n - 1) / n;
        DataExchange half = exchange(n, Sharding.zero(1), PrecisionRecipe.FP16, software);
        assertThat(half.reduce(PARAMETERS)).isCloseTo(2 * 2 * share, within(1.0));
        assertThat(half.gather(PARAMETERS)).isCloseTo(2 * share, within(1.0));
        DataExchange whole = exchange(n, Sharding.zero(1), PrecisionRecipe.BF16, software);
        assertThat(whole.reduce(PARAMETERS)).isCloseTo(4 * 2 * share, within(1.0));
        DataExchange plain = exchange(n, Sharding.zero(1), PrecisionRecipe.BF16, "megatron-2021");
        assertThat(plain.reduce(PARAMETERS)).isCloseTo(4 * share, within(1.0));
    }

    /** Groups of g ranks: what crosses them is an all-reduce of a g-th over the n / g groups (Zhao et al. 2023, 3.2.2). */
    @Test
    void hybridShardingSumsShardsOverTheGroups() {
        int n = 64;
        int g = 8;
        DataExchange hybrid = exchange(n, Sharding.zero(3).withGroup(g));
        assertThat(hybrid.gather(PARAMETERS)).isCloseTo(BYTES * (g - 1.0) / g, within(1.0));
        assertThat(hybrid.reduceScatter(PARAMETERS)).isCloseTo(BYTES * (g - 1.0) / g, within(1.0));
        double groups = (double) n / g;
        assertThat(hybrid.acrossGroups(PARAMETERS)).isCloseTo(BYTES / g * 2 * (groups - 1) / groups, within(1.0));
    }
}
