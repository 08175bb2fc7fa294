package trainyard.parallel.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.memory.MemoryAdvice;
import trainyard.parallel.memory.MemoryComponent;
import trainyard.parallel.memory.MemoryEstimate;
import trainyard.parallel.memory.MemoryModel;
import trainyard.parallel.model.ParameterCount;
import trainyard.parallel.model.transformer.TransformerModel;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.OffloadTarget;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.plan.PlanException;
import trainyard.parallel.plan.Recompute;
import trainyard.parallel.plan.Sharding;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.Term;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.exchange.HostTransfer;
import trainyard.parallel.step.exchange.HostUpdate;
import trainyard.parallel.step.price.PriceMemo;
import trainyard.parallel.step.price.StepPricing;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

/** Time and memory of state that lies on the host. */
class OffloadStepTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final Offload BOTH = Offload.optimizer(OffloadTarget.CPU).withParameters(OffloadTarget.CPU);
    private final StepModel steps = new EventStepModel(NcclModel::on);

    private static TrainingJob job(String node, int data, int zero, Offload offload, int global) {
        ParallelPlan plan = ParallelPlan.of(Degrees.of(1, 1, data))
                .with(Sharding.zero(zero))
                .with(Recompute.FULL)
                .with(offload);
        return new TrainingJob(
                TransformerModel.gpt("gpt-10b", 50, 4096, 16384, 32, 50304, 1024),
                new Batch(global, 4, 1024),
                PrecisionRecipe.FP16,
                plan,
                new ClusterSpec(CATALOG.node(node), Math.max(1, data / 16), CATALOG.fabric("IB HDR")),
                SoftwareProfiles.named("deepspeed-zero3"));
    }

    /**
     * Ren et al. 2021, table 4 (recalled): CPU-Adam on the two processors of a DGX-2, seconds by billions of parameters; the
     * cast and scaling of gradients, 14 bytes beside Adam's 28, left out. By hand 28 bytes a parameter at 109.5 GB/s, the mean
     * rate of the five.
     */
    @ParameterizedTest
    @CsvSource({"1, 0.22", "2, 0.51", "4, 1.03", "8, 2.41", "10, 2.57"})
    void theProcessorsUpdateAtThePublishedRate(double billions, double seconds) {
        HostUpdate update = new HostUpdate(job("DGX-2", 1, 2, Offload.optimizer(OffloadTarget.CPU), 4));
        double adam = update.seconds(new ParameterCount(billions * 1e9, 0)) * 28 / 42;

        assertThat(adam).isCloseTo(billions * 28 / 109.5, within(1e-9));
        assertThat(adam).isCloseTo(seconds, within(0.17 * seconds));
    }

    /** The ranks of a node share its memory: sharding among them leaves the node's time, more nodes divide it. */
    @Test
    void theRanksOfANodeShareItsMemory() {
        Offload offload = Offload.optimizer(OffloadTarget.CPU);
        ParameterCount model = new ParameterCount(1e10, 0);
        double one = new HostUpdate(job("DGX-2", 1, 2, offload, 4)).seconds(model);
        double node = new HostUpdate(job("DGX-2", 16, 2, offload, 64)).seconds(model);
        double nodes = new HostUpdate(job("DGX-2", 32, 2, offload, 128)).seconds(model);

        assertThat(node).isCloseTo(one, within(1e-9));
        assertThat(nodes).isCloseTo(one / 2, within(1e-9));
    }

    /** ZeRO-Infinity, section 6.1: 3 GB/s for each of the 16 GPUs of a DGX-2 at once; one alone gets a whole link. */
    @Test
    void gpusShareTheirUplinks() {
        double all = new HostTransfer(job("DGX-2", 16, 3, BOTH, 64)).bytesPerSecond();
        double alone = new HostTransfer(job("DGX-2", 1, 3, BOTH, 4)).bytesPerSecond();

        assertThat(all).isCloseTo(0.88 * 16e9 / 4, within(1.0));
        assertThat(all).isCloseTo(3e9, within(0.2 * 3e9));
        assertThat(alone).isCloseTo(0.88 * 16e9, within(1.0));
    }

    /** Drives: 16 bytes a parameter read and 16 written, at the rates of the node. */
    @Test
    void drivesBoundTheUpdateWhereTheyAreSlower() {
        TrainingJob job = job("DGX-2", 16, 3, Offload.optimizer(OffloadTarget.NVME), 64);
        HostUpdate update = new HostUpdate(job);
        double swap = 1e10 * (16 / 25.6e9 + 16 / 16e9);
        ParameterCount model = new ParameterCount(1e10, 0);

        assertThat(update.seconds(model) + update.transferSeconds(model)).isCloseTo(swap, within(1e-9 * swap));
    }

    /** What a processor updates takes no longer beside a GPU at half speed; what the GPU updates itself takes twice as long. */
    @Test
    void aSlowGpuDoesNotSlowTheProcessors() {
        for (Offload offload : new Offload[] {Offload.optimizer(OffloadTarget.CPU), Offload.NONE}) {
            TrainingJob job = job("DGX-2", 16, 2, offload, 64);
            PriceMemo memo = new PriceMemo(NcclModel.on(job.cluster()), KernelCalibration.NONE);
            double healthy = StepPricing.of(job, memo, 1, 1).optimizerSeconds(0);
            double slow = StepPricing.of(job, memo, 2, 1.5).optimizerSeconds(0);

            assertThat(slow / healthy).isCloseTo(offload.movesOptimizer() ? 1 : 2, within(1e-12));
        }
    }

    @Test
    void statesStillSumToTheStepAndAgreeWithTheClosedForm() {
        for (int zero : new int[] {1, 2, 3}) {
            Offload offload = zero == 3 ? BOTH : Offload.optimizer(OffloadTarget.CPU);
            Offload more = new Offload(offload.optimizer(), offload.parameters(), OffloadTarget.CPU);
            for (Offload each : List.of(offload, more)) {
                TrainingJob job = job("DGX-2", 16, zero, each, 256);
                StepCost cost = steps.cost(job);
                double terms = cost.terms().stream().mapToDouble(Term::seconds).sum();

                assertThat(terms).isCloseTo(cost.seconds(), within(1e-9));
                assertThat(cost.share(TimeState.HOST_TRANSFER)).isPositive();
                assertThat(new AnalyticStepModel(NcclModel::on).cost(job).seconds())
                        .isCloseTo(cost.seconds(), within(0.02 * cost.seconds()));
            }
        }
    }

    /** Weights, gradients and optimizer state leave the device: 2 + 2 + 12 bytes a parameter. */
    @Test
    void theDeviceKeepsNoStateAndTheHostHoldsIt() {
        MemoryEstimate memory = MemoryModel.estimate(job("DGX-2", 16, 3, BOTH, 64));
        double parameters = job("DGX-2", 16, 3, BOTH, 64).model().parameters();

        assertThat(memory.peak().bytes().get(MemoryComponent.PARAMETERS)).isZero();
        assertThat(memory.peak().bytes().get(MemoryComponent.GRADIENTS)).isZero();
        assertThat(memory.peak().bytes().get(MemoryComponent.OPTIMIZER_STATE)).isZero();
        assertThat(memory.offloaded().hostBytes()).isCloseTo(18.0 * parameters, within(0.01 * 18 * parameters));
    }

    /** ZeRO-Offload trains 10B parameters on one V100 of 32 GB; without it they do not fit (Ren et al. 2021, section 6). */
    @Test
    void oneGpuTrainsTenBillionParameters() {
        Offload optimizer = Offload.optimizer(OffloadTarget.CPU);
        assertThat(MemoryModel.estimate(job("DGX-2", 1, 2, Offload.NONE, 4)).fits())
                .isFalse();
        assertThat(MemoryModel.estimate(job("DGX-2", 1, 2, optimizer, 4)).fits())
                .isTrue();
    }

    @Test
    void advicePutsStateOnTheHostWhereThatHelps() {
        assertThat(MemoryAdvice.remedies(job("DGX-2", 1, 2, Offload.NONE, 4)))
                .anyMatch(remedy -> remedy.change().equals("offload-optimizer: cpu"));
    }

    @Test
    void whatIsNotKnownOfTheHostIsAskedFor() {
        assertThatThrownBy(() -> job("DGX B300", 8, 3, BOTH.withParameters(OffloadTarget.NVME), 32))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("cluster.node.nvme-read");
        assertThatThrownBy(() -> job("DGX-2", 16, 2, BOTH, 64)).hasMessage("offload-parameters: cpu needs zero: 3");
    }
}
