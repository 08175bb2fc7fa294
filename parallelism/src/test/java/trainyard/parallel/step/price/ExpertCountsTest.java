package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.HostModel;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.LaunchQueue;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.ExpertKernels;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.exchange.LayerGroups;
import trainyard.parallel.step.price.LayerCosts.LayerCost;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** The host waits for the counts of tokens before they leave for their experts. */
class ExpertCountsTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();

    private static TrainingJob job(int expert) {
        return job(expert, ExpertDispatch.ALL_TO_ALL, "megatron-core-2024");
    }

    private static TrainingJob job(int expert, ExpertDispatch dispatch, String software) {
        return new TrainingJob(
                ModelPresets.named("qwen3-30b-a3b"),
                new Batch(8, 1, 4096),
                PrecisionRecipe.BF16,
                ParallelPlan.of(new Degrees(1, 1, 1, 8, expert)).with(Exchanges.PLAIN.with(dispatch)),
                new ClusterSpec(CATALOG.node("DGX H100"), 1, CATALOG.fabric("IB NDR")),
                SoftwareProfiles.named(software));
    }

    private static Layer layer(TrainingJob job) {
        return job.model().layers().get(1);
    }

    private static LayerCost cost(int expert, Recompute recompute) {
        return cost(job(expert), recompute);
    }

    private static LayerCost cost(TrainingJob job, Recompute recompute) {
        int expert = job.plan().degrees().expert();
        KernelModel kernels = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software());
        GroupShape one = GroupShape.withinNode(1);
        LayerGroups groups = new LayerGroups(one, one, GroupShape.withinNode(expert));
        return new LayerCosts(job, kernels, NcclModel.on(job.cluster()), groups).of(layer(job), recompute);
    }

    /** By hand: what is issued before the exchange with the experts, and the rest. */
    @Test
    void issuesAForwardPassInTwoStretches() {
        TrainingJob job = job(8);
        HostModel host = new HostModel(job.software().host(), job.precision());
        double before = 0;
        double after = 0;
        boolean left = false;
        for (Operator operator : layer(job).operators(job.shard())) {
            left |= operator instanceof Operator.ExpertExchange;
            double issue = host.forward(operator) + host.record(operator);
            before += left ? 0 : issue;
            after += left ? issue : 0;
        }
        List<LayerPass.Stretch> stretches = cost(8, Recompute.NONE).forward().stretches();

        assertThat(stretches).hasSize(2);
        assertThat(stretches.get(0).issueSeconds()).isCloseTo(before, within(1e-12));
        assertThat(stretches.get(1).issueSeconds()).isCloseTo(after, within(1e-12));
    }

    /** The profile that fuses experts does so in MXFP8 alone; rows are padded where they are quantised and sent as copies. */
    @Test
    void expertsAreFusedInTheFormatOfTheirKernels() {
        ExpertDispatch once = ExpertDispatch.DEEPEP;
        ExpertDispatch copies = ExpertDispatch.ALL_TO_ALL;

        assertThat(kernels(once, "megatron-bridge-2026", PrecisionRecipe.MXFP8))
                .isEqualTo(new ExpertKernels(true, false));
        assertThat(kernels(copies, "megatron-bridge-2026", PrecisionRecipe.MXFP8))
                .isEqualTo(new ExpertKernels(true, false));
        assertThat(kernels(copies, "megatron-bridge-2026", PrecisionRecipe.FP8))
                .isEqualTo(new ExpertKernels(false, true));
        assertThat(kernels(once, "megatron-bridge-2025", PrecisionRecipe.MXFP8)).isEqualTo(ExpertKernels.PLAIN);
        assertThat(kernels(copies, "megatron-bridge-2025", PrecisionRecipe.BF16))
                .isEqualTo(ExpertKernels.PLAIN);
    }

    /** Megatron-Core fuses the experts of a tensor group of one alone (experts.py, TEGroupedMLP). */
    @Test
    void splitExpertsAreNotFused() {
        TrainingJob whole = blackwell(ExpertDispatch.ALL_TO_ALL, "megatron-bridge-2026", PrecisionRecipe.MXFP8);
        TrainingJob split = new TrainingJob(
                whole.model(),
                whole.batch(),
                whole.precision(),
                whole.plan().with(new Degrees(2, 1, 1, 4, 1)),
                whole.cluster(),
                whole.software());

        assertThat(whole.shard().experts().of(true)).isEqualTo(new ExpertKernels(true, false));
        assertThat(split.shard().experts().of(true)).isEqualTo(new ExpertKernels(false, true));
    }

    private static ExpertKernels kernels(ExpertDispatch dispatch, String software, PrecisionRecipe precision) {
        return blackwell(dispatch, software, precision).shard().experts().of(true);
    }

    private static TrainingJob blackwell(ExpertDispatch dispatch, String software, PrecisionRecipe precision) {
        TrainingJob plain = job(8, dispatch, software);
        ClusterSpec cluster = new ClusterSpec(CATALOG.node("DGX B200"), 1, CATALOG.fabric("IB NDR"));
        return new TrainingJob(plain.model(), plain.batch(), precision, plain.plan(), cluster, plain.software());
    }

    @Test
    void waitsOnTheWayBackOnlyWhereItGoesForwardAgain() {
        assertThat(cost(8, Recompute.NONE).backward().stretches()).hasSize(1);
        assertThat(cost(8, Recompute.FULL).backward().stretches()).hasSize(2);
        assertThat(cost(1, Recompute.FULL).forward().stretches()).hasSize(1);
    }

    /**
     * What DeepEP hands over, picked out by masks: the host waits for the counts and for the exchange, on the way back for the
     * experts. The second stretch is the exchange alone; the third begins with the map.
     */
    @Test
    void waitsForWhatWasReceivedUnlessOneKernelMapsIt() {
        LayerCost apart = cost(job(8, ExpertDispatch.DEEPEP, "megatron-core-2024"), Recompute.NONE);
        LayerCost fused = cost(job(8, ExpertDispatch.DEEPEP, "megatron-bridge-2025"), Recompute.NONE);

        assertThat(apart.forward().stretches()).hasSize(3);
        assertThat(apart.backward().stretches()).hasSize(2);
        assertThat(fused.forward().stretches()).hasSize(2);
        assertThat(fused.backward().stretches()).hasSize(1);
        PassCost exchange = apart.forward().stretches().get(1).cost();
        assertThat(exchange.exchanges().expert())
                .isEqualTo(exchange.seconds())
                .isCloseTo(apart.forward().cost().exchanges().expert() / 2, within(1e-12));
        PassCost experts = apart.backward().stretches().get(0).cost();
        assertThat(experts.exchanges().expert())
                .isCloseTo(apart.backward().cost().exchanges().expert() / 2, within(1e-12));
    }

    /** The constant behind the limits of gpt-oss comes from the host: one wait more wherever the activation is computed. */
    @Test
    void waitsBehindTheLimitsOfAnActivation() {
        assertThat(gptOss(1, Recompute.NONE).forward().stretches()).hasSize(2);
        assertThat(gptOss(8, Recompute.NONE).forward().stretches()).hasSize(3);
        assertThat(gptOss(1, Recompute.NONE).backward().stretches()).hasSize(1);
        assertThat(gptOss(1, Recompute.FULL).backward().stretches()).hasSize(2);
    }

    private static LayerCost gptOss(int expert, Recompute recompute) {
        TrainingJob plain = job(expert);
        TrainingJob limited = new TrainingJob(
                ModelPresets.named("gpt-oss-20b"),
                plain.batch(),
                plain.precision(),
                plain.plan(),
                plain.cluster(),
                plain.software());
        return cost(limited, recompute);
    }

    /** Ten layers: the host that waits never gets further ahead than a stretch, so the GPU idles at least as long. */
    @Test
    void waitingCostsTime() {
        LayerPass waits = cost(8, Recompute.NONE).forward();
        LayerPass runsAhead = new LayerPass(List.of(
                waits.stretches().stream().reduce(LayerPass.Stretch::plus).orElseThrow()));
        LaunchQueue waiting = new LaunchQueue();
        LaunchQueue ahead = new LaunchQueue();
        for (int i = 0; i < 10; i++) {
            waits.feed(waiting, LockstepPace.healthy(1));
            runsAhead.feed(ahead, LockstepPace.healthy(1));
        }

        assertThat(waiting.idleSeconds()).isGreaterThan(ahead.idleSeconds());
    }
}
