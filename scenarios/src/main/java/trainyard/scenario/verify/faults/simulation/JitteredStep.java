package trainyard.scenario.verify.faults.simulation;

import java.util.Optional;
import java.util.function.ToLongFunction;
import trainyard.parallel.condition.ComputeJitter;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.SoftwareProfiles;
import trainyard.parallel.model.preset.ModelPresets;
import trainyard.parallel.plan.Batch;
import trainyard.parallel.plan.Degrees;
import trainyard.parallel.plan.ParallelPlan;
import trainyard.parallel.precision.PrecisionRecipe;
import trainyard.parallel.step.EventStepModel;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.scenario.verify.Replications;
import trainyard.scenario.verify.SimulatedMean;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;
import trainyard.sim.random.Normal;
import trainyard.sim.random.RandomStreams;

/**
 * The step of a data-parallel job whose compute times vary by chance: replicas of one GPU and one micro-batch, which is so large
 * that the exchange of gradients, the same with and without jitter, hides behind it or follows it whole. What the step takes
 * longer than without jitter, over its kernels, is the largest draw less one.
 *
 * @param workers GPUs
 * @param meanSeconds mean time of a worker
 * @param deviationSeconds its standard deviation; the law is normal
 */
record JitteredStep(int workers, double meanSeconds, double deviationSeconds) {

    /** More replicas, each priced by itself, would take minutes. */
    private static final int MOST_WORKERS = 4096;

    private static final int STEPS = 30;
    private static final int SEQUENCES = 64;
    private static final int TOKENS = 2048;

    Optional<SimulatedMean> meanSeconds(Replications replications) {
        if (workers > MOST_WORKERS || !(deviationSeconds > 0 && deviationSeconds <= Normal.MOST_CV * meanSeconds)) {
            return Optional.empty();
        }
        EventStepModel model = new EventStepModel(NcclModel::on);
        TrainingJob job = job();
        StepCost even = model.cost(job);
        double kernels = even.seconds() * (even.share(TimeState.COMPUTE) + even.share(TimeState.SLOWEST_GPU));
        ToLongFunction<JobCondition> steps = model.stepNanos(job);
        Normal factor = new Normal(1, deviationSeconds / meanSeconds);
        return replications.meanOfFew(STEPS, streams -> {
            double longer = (steps.applyAsLong(jitter(factor, streams)) - even.stepNanos()) / 1e9;
            return meanSeconds * (1 + longer / kernels);
        });
    }

    private static JobCondition jitter(Normal factor, RandomStreams streams) {
        return JobCondition.EVEN.with(new ComputeJitter(factor, streams));
    }

    private TrainingJob job() {
        HardwareCatalog hardware = HardwareCatalog.load();
        var node = hardware.node("DGX A100");
        int nodes = (workers + node.gpus() - 1) / node.gpus();
        return new TrainingJob(
                ModelPresets.named("gpt-18b"),
                new Batch(SEQUENCES * workers, SEQUENCES, TOKENS),
                PrecisionRecipe.BF16,
                ParallelPlan.of(Degrees.of(1, 1, workers)),
                new ClusterSpec(node, nodes, hardware.fabric("IB HDR")),
                SoftwareProfiles.named("megatron-core-2024"));
    }
}
