package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelModel;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.Operator;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.preset.ModelPresets;
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
    private static final TrainingJob JOB =
            job(TransformerModel.gpt("gpt", 4, 1024, 4096, 16, 51200, 1024), Degrees.of(1, 1, 8));
    private static final CollectiveModel NOTHING = (operation, bytes, group) -> new CollectiveTime(0, 0, "", "");
    private static final CollectiveModel A_SECOND = (operation, bytes, group) -> new CollectiveTime(1, 1, "", "");
    private static final CollectiveModel A_BYTE_A_SECOND =
            (operation, bytes, group) -> new CollectiveTime(bytes, 0, "", "");

    private static final List<Operator> BLOCK = operators(JOB, 1);
    private static final List<Operator> TABLE = operators(JOB, 0);
    private static final ParameterCount PARAMETERS = ParameterCount.dense(12.0 * 1024 * 1024);

    private static TrainingJob job(Model model, Degrees degrees) {
        return new TrainingJob(
                model,
                new Batch(8, 1, 1024),
                PrecisionRecipe.FP16,
                ParallelPlan.of(degrees).with(Sharding.zero(3)),
                new ClusterSpec(CATALOG.node("DGX A100"), 1, CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named("deepspeed-zero3"));
    }

    private static List<Operator> operators(TrainingJob job, int layer) {
        return job.model().layers().get(layer).operators(job.shard());
    }

    private static PiecewiseExchange exchange(CollectiveModel network) {
        return exchange(JOB, network);
    }

    private static PiecewiseExchange exchange(TrainingJob job, CollectiveModel network) {
        DataExchange exchange = new DataExchange(job, network, RankPlacement.on(job.cluster(), job.plan()));
        KernelModel kernels = new KernelModel(job.cluster().node().gpu(), job.precision(), job.software());
        return new PiecewiseExchange(job, exchange, kernels);
    }

    private static double gather(CollectiveModel network, List<Operator> layer) {
        return exchange(network).gatherSeconds(layer, PARAMETERS)
                - exchange(NOTHING).gatherSeconds(layer, PARAMETERS);
    }

    private static double reduce(CollectiveModel network, List<Operator> layer) {
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

    /** A piece costs the host 5 us for a view and a launch of compiled code, whatever the layer. */
    @Test
    void aTableIsWalkedThroughAsAWeightIs() {
        double perPiece = 5e-6 + JOB.software().host().backwardLaunchSeconds();
        double more = exchange(NOTHING).reduceSeconds(BLOCK, PARAMETERS)
                - exchange(NOTHING).reduceSeconds(TABLE, PARAMETERS);
        assertThat(more).isCloseTo((4 - 1) * 8 * perPiece, within(1e-9));
    }

    /** Such as of frozen weights: no ring, and no list to walk. */
    @Test
    void withoutGradientsNothingIsExchanged() {
        assertThat(exchange(A_SECOND).reduceSeconds(BLOCK, ParameterCount.ZERO)).isLessThan(2e-6);
    }

    /** Two weights of each of two experts, and two of attention and the router's, which all ranks have. */
    @Test
    void eachExpertHasWeightsOfItsOwn() {
        TrainingJob mixture = job(ModelPresets.named("mixtral-8x7b"), new Degrees(1, 1, 1, 8, 4));
        List<Operator> layer = operators(mixture, 1);
        ParameterCount parameters =
                mixture.model().layers().get(1).parametersPerRank(mixture.plan().split());

        double exchanged = exchange(mixture, A_SECOND).gatherSeconds(layer, parameters)
                - exchange(mixture, NOTHING).gatherSeconds(layer, parameters);

        assertThat(exchanged).isCloseTo(2 * 2 + 2 + 1, within(1e-9));
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
