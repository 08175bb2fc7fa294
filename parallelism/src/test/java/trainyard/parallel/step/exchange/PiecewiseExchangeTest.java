package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Layer;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** What DeepSpeed of 2021 pays to exchange a layer, in a network that takes a second a message or 1 byte/s. */
class PiecewiseExchangeTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final TrainingJob JOB = new TrainingJob(
            TransformerModel.gpt("gpt", 4, 1024, 4096, 16, 51200, 1024),
            new Batch(8, 1, 1024),
            PrecisionRecipe.FP16,
            ParallelPlan.of(Degrees.of(1, 1, 8)).with(Sharding.zero(3)),
            new ClusterSpec(CATALOG.node("DGX A100"), 1, CATALOG.fabric("IB HDR")),
            SoftwareProfiles.named("deepspeed-zero3"));
    private static final CollectiveModel NOTHING = (operation, bytes, group) -> new CollectiveTime(0, 0, "", "");
    private static final CollectiveModel A_SECOND = (operation, bytes, group) -> new CollectiveTime(1, 1, "", "");
    private static final CollectiveModel A_BYTE_A_SECOND =
            (operation, bytes, group) -> new CollectiveTime(bytes, 0, "", "");

    private static final Layer BLOCK = JOB.model().layers().get(1);
    private static final Layer TABLE = JOB.model().layers().get(0);
    private static final ParameterCount PARAMETERS = ParameterCount.dense(12.0 * 1024 * 1024);

    private static PiecewiseExchange exchange(CollectiveModel network) {
        DataExchange exchange = new DataExchange(JOB, network, RankPlacement.on(JOB.cluster(), JOB.plan()));
        KernelModel kernels = new KernelModel(JOB.cluster().node().gpu(), JOB.precision(), JOB.software());
        return new PiecewiseExchange(JOB, exchange, kernels);
    }

    private static double gather(CollectiveModel network, Layer layer) {
        return exchange(network).gatherSeconds(layer, PARAMETERS)
                - exchange(NOTHING).gatherSeconds(layer, PARAMETERS);
    }

    private static double reduce(CollectiveModel network, Layer layer) {
        return exchange(network).reduceSeconds(layer, PARAMETERS)
                - exchange(NOTHING).reduceSeconds(layer, PARAMETERS);
    }

    /** DeepSpeed 0.3.13, partition_parameters.py, _all_gather and _reduce_scatter_gradients: a call for each parameter. */
    @Test
    void eachWeightIsAnExchangeOfItsOwn() {
        assertThat(gather(A_SECOND, BLOCK)).isCloseTo(4, within(1e-9));
        assertThat(reduce(A_SECOND, BLOCK)).isCloseTo(4, within(1e-9));
        assertThat(gather(A_SECOND, TABLE)).isCloseTo(1, within(1e-9));
    }

    @Test
    void allWeightsTogetherMoveTheBytesOfTheLayer() {
        double bytes = 2 * PARAMETERS.total();
        assertThat(gather(A_BYTE_A_SECOND, BLOCK)).isCloseTo(bytes, within(1e-3));
        assertThat(reduce(A_BYTE_A_SECOND, BLOCK)).isCloseTo(bytes, within(1e-3));
        assertThat(gather(A_BYTE_A_SECOND, TABLE)).isCloseTo(bytes, within(1e-3));
    }

    /** DeepSpeed 0.3.14, partition_parameters.py: torch.zeros for each of the four weights of a layer before its gather. */
    @Test
    void aGatherClearsItsArray() {
        PiecewiseExchange pieces = exchange(NOTHING);
        double cleared = pieces.gatherSeconds(BLOCK, PARAMETERS) - pieces.reduceSeconds(BLOCK, PARAMETERS);

        double bandwidth = 0.88 * JOB.cluster().node().gpu().memoryBytesPerSecond();
        assertThat(cleared).isCloseTo(2 * PARAMETERS.total() / bandwidth + 4 * 1.2e-6, within(1e-9));
    }
}
