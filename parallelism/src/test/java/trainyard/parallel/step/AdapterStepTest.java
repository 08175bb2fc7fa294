package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryComponent;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.memory.SavedStates;
import trainyard.parallel.model.Model;
import trainyard.parallel.model.adapter.AdaptedModel;
import trainyard.parallel.model.adapter.AdapterModule;
import trainyard.parallel.model.adapter.Adapters;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Step time and memory of low-rank adapters on frozen weights. */
class AdapterStepTest {

    private static final Model LLAMA = TransformerModel.llama("llama-13b", 40, 5120, 13824, 40, 40, 32_000);
    private static final AdaptedModel ADAPTED = AdaptedModel.of(LLAMA, new Adapters(8, EnumSet.of(AdapterModule.QKV)));
    private static final double GIB = 1 << 30;

    private final StepModel steps = new EventStepModel(NcclModel::on);

    private static TrainingJob job(Model model, int tensor, int data, int zero) {
        HardwareCatalog catalog = HardwareCatalog.load();
        return new TrainingJob(
                model,
                new Batch(8 * data, 1, 4096),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(tensor, 1, data)).with(Sharding.zero(zero)),
                new ClusterSpec(catalog.node("DGX H100"), 1, catalog.fabric("IB NDR")),
                SoftwareProfiles.named("megatron-core-2024"));
    }

    private static double component(TrainingJob job, MemoryComponent component) {
        MemoryEstimate estimate = MemoryModel.estimate(job);
        return estimate.stages().get(0).bytes().get(component);
    }

    /** Weights of all, 18 bytes (megatron-core keeps gradients in 2 or 4) of what is trained and of nothing else. */
    @Test
    void statesAreThoseOfTheAdapters() {
        TrainingJob adapted = job(ADAPTED, 1, 1, 0);
        double gradient = adapted.software().gradients().bytesPerElement();
        double trained = ADAPTED.trainedParameters();
        assertThat(component(adapted, MemoryComponent.PARAMETERS)).isCloseTo(2 * ADAPTED.parameters(), within(1.0));
        assertThat(component(adapted, MemoryComponent.GRADIENTS)).isCloseTo(gradient * trained, within(1.0));
        assertThat(component(adapted, MemoryComponent.OPTIMIZER_STATE)).isCloseTo(12 * trained, within(1.0));
    }

    /** 13 billion parameters: 26 GB of weights on one GPU of 80 GB, 200 GB of states where all train. */
    @Test
    void oneGpuIsEnoughForAdaptersAndNotForAll() {
        double gpu = HardwareCatalog.load().node("DGX H100").gpu().memoryBytes();
        assertThat(peak(job(ADAPTED, 1, 1, 0))).isLessThan(gpu);
        assertThat(peak(job(LLAMA, 1, 1, 0))).isGreaterThan(200 * GIB);
    }

    private static double peak(TrainingJob job) {
        return MemoryModel.estimate(job).stages().get(0).totalBytes();
    }

    /** Without weight gradients a step takes two of three parts of the products; attention and the rest stay. */
    @Test
    void aStepTakesAboutTwoThirds() {
        double whole = steps.cost(job(LLAMA, 1, 2, 0)).seconds();
        double adapted = steps.cost(job(ADAPTED, 1, 2, 0)).seconds();
        assertThat(adapted / whole).isBetween(0.64, 0.76);
    }

    /** Gradients of the adapters alone are summed over the replicas: some MB instead of 26 GB. */
    @Test
    void replicasExchangeTheAdapters() {
        for (int zero = 0; zero < 4; zero++) {
            StepCost whole = steps.cost(job(LLAMA, 1, 8, zero));
            StepCost adapted = steps.cost(job(ADAPTED, 1, 8, zero));
            assertThat(adapted.seconds()).as("zero %d", zero).isLessThan(whole.seconds());
            if (zero < 2) {
                assertThat(adapted.share(TimeState.OPTIMIZER) * adapted.seconds())
                        .isLessThan(0.01 * whole.share(TimeState.OPTIMIZER) * whole.seconds());
                assertThat(adapted.share(TimeState.DATA_COMMUNICATION) * adapted.seconds())
                        .isLessThan(0.05 * whole.share(TimeState.DATA_COMMUNICATION) * whole.seconds() + 1e-3);
            }
        }
    }

    @Test
    void analyticAndEventAgree() {
        for (int tensor : new int[] {1, 4}) {
            TrainingJob job = job(ADAPTED, tensor, 2, 1);
            assertThat(new AnalyticStepModel(NcclModel::on).cost(job).seconds())
                    .isCloseTo(
                            steps.cost(job).seconds(),
                            within(0.02 * steps.cost(job).seconds()));
        }
    }

    /** A checkpoint holds the adapters: 2 + 12 bytes of each. */
    @Test
    void savesTheAdapters() {
        assertThat(SavedStates.of(job(ADAPTED, 1, 1, 0), false).totalBytes())
                .isCloseTo(14 * ADAPTED.trainedParameters(), within(1.0));
    }
}
