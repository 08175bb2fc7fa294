package trainyard.parallel.step.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.CudaGraphs;
import trainyard.parallel.kernel.HostModel;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfile;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.exchange.LayerGroups;
import trainyard.parallel.step.price.LayerCosts.LayerCost;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** What the host issues of a layer whose parts run in CUDA graphs. */
class GraphedOperatorsTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final Model DENSE = TransformerModel.gpt("gpt", 4, 1024, 4096, 16, 51200, 1024);
    private static final Model MIXTURE = ModelPresets.named("qwen3-30b-a3b");
    private static final Model WITH_SHARED = ModelPresets.named("deepseek-v3");

    private static TrainingJob job(Model model, int expert, CudaGraphs graphs) {
        return new TrainingJob(
                model,
                new Batch(8, 1, 1024),
                PrecisionRecipe.BF16,
                ParallelPlan.of(new Degrees(1, 1, 1, 8, expert)),
                new ClusterSpec(CATALOG.node("DGX H100"), 1, CATALOG.fabric("IB NDR")),
                graphs.on(SoftwareProfiles.named("megatron-core-2024")));
    }

    private static Layer layer(TrainingJob job) {
        return job.model().layers().get(job.model().layers().size() / 2);
    }

    private static LayerCost cost(TrainingJob job, Recompute recompute) {
        KernelModel kernels = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software());
        GroupShape one = GroupShape.withinNode(1);
        LayerGroups groups = new LayerGroups(
                one, one, GroupShape.withinNode(job.plan().degrees().expert()));
        return new LayerCosts(job, kernels, NcclModel.on(job.cluster()), groups).of(layer(job), recompute);
    }

    private static HostModel host(TrainingJob job) {
        return new HostModel(job.software().host(), job.precision());
    }

    /** Forward what the exchange with the experts and all behind it take, without the shared expert. */
    private static double outside(TrainingJob job) {
        HostModel host = host(job);
        double seconds = 0;
        boolean left = false;
        for (Operator operator : layer(job).operators(job.shard())) {
            left |= operator instanceof Operator.ExpertExchange;
            if (operator.name().startsWith("shared expert up")) {
                return seconds
                        + host.forward(operator(job, "mlp residual"))
                        + host.record(operator(job, "mlp residual"));
            }
            seconds += left ? host.forward(operator) + host.record(operator) : 0;
        }
        return seconds;
    }

    private static Operator operator(TrainingJob job, String name) {
        return layer(job).operators(job.shard()).stream()
                .filter(operator -> operator.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDenseLayerIsOneGraphEachWay() {
        TrainingJob job = job(DENSE, 1, CudaGraphs.LAYERS);
        for (Recompute recompute : new Recompute[] {Recompute.NONE, Recompute.FULL}) {
            int graphs = recompute.equals(Recompute.NONE) ? 0 : 1;
            LayerCost cost = cost(job, recompute);
            assertThat(cost.forward().issueSeconds()).isCloseTo(host(job).forwardGraph(), within(1e-12));
            assertThat(cost.backward().issueSeconds())
                    .isCloseTo(host(job).backwardGraph() + graphs * host(job).forwardGraph(), within(1e-12));
        }
        // A function with a backward pass of its own and a launch from Python: 12.5 and 26.6 us.
        assertThat(host(job).forwardGraph()).isCloseTo(39.1e-6, within(0.1e-6));
    }

    @Test
    void expertsStayOutsideOfTheGraphsOfLayers() {
        TrainingJob job = job(MIXTURE, 8, CudaGraphs.LAYERS);
        LayerPass forward = cost(job, Recompute.NONE).forward();
        assertThat(forward.stretches()).hasSize(2);
        assertThat(forward.stretches().get(0).issueSeconds())
                .isCloseTo(host(job).forwardGraph(), within(1e-12));
        assertThat(forward.stretches().get(1).issueSeconds()).isCloseTo(outside(job), within(1e-12));
    }

    @Test
    void sharedExpertsAreAGraphOfTheirOwn() {
        TrainingJob job = job(WITH_SHARED, 8, CudaGraphs.LAYERS);
        assertThat(cost(job, Recompute.NONE).forward().issueSeconds())
                .isCloseTo(outside(job) + 2 * host(job).forwardGraph(), within(1e-12));
    }

    @Test
    void aStepThatIsOneGraphLeavesTheHostNothingToDoOrToWaitFor() {
        LayerCost cost = cost(job(WITH_SHARED, 8, CudaGraphs.STEP), Recompute.FULL);
        for (LayerPass pass : new LayerPass[] {cost.forward(), cost.backward(), cost.inputBackward(), cost.weight()}) {
            assertThat(pass.stretches()).hasSize(1);
            assertThat(pass.issueSeconds()).isZero();
        }
    }

    @Test
    void kernelsTakeWhatTheyTakeWithoutGraphs() {
        for (CudaGraphs graphs : CudaGraphs.values()) {
            LayerCost plain = cost(job(MIXTURE, 8, CudaGraphs.NONE), Recompute.NONE);
            LayerCost graphed = cost(job(MIXTURE, 8, graphs), Recompute.NONE);
            assertThat(graphed.forward().cost().seconds())
                    .isCloseTo(plain.forward().cost().seconds(), within(1e-12));
            assertThat(graphed.backward().cost().seconds())
                    .isCloseTo(plain.backward().cost().seconds(), within(1e-12));
        }
    }

    @Test
    void launchesThatBlockAreNoGraph() {
        SoftwareProfile blocking = SoftwareProfiles.named("megatron-deepspeed-blocking");
        assertThatThrownBy(() -> CudaGraphs.LAYERS.on(blocking))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CUDA_LAUNCH_BLOCKING");
        assertThat(CudaGraphs.NONE.on(blocking)).isEqualTo(blocking);
    }
}
