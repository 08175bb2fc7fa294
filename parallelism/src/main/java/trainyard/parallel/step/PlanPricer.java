package trainyard.parallel.step;

import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.analytic.AnalyticPipeline;
import trainyard.parallel.step.analytic.AnalyticStep;
import trainyard.parallel.step.analytic.PipelinePrograms;
import trainyard.parallel.step.exchange.RememberedCollectives;
import trainyard.parallel.step.price.PriceMemo;
import trainyard.parallel.step.price.StepPricing;
import trainyard.parallel.step.price.StepTiming;
import trainyard.sim.collective.CollectiveModel;

/**
 * Step times of many plans of the same job on the same cluster, some microseconds each: what {@link AnalyticStepModel}
 * says, with everything remembered that plans share. Holds on to models and clusters, so it lives as long as one search.
 * Not thread-safe.
 */
public final class PlanPricer {

    private final PriceMemo memo;
    private final AnalyticPipeline pipeline = new AnalyticPipeline(new PipelinePrograms());

    /**
     * @param collectives prices of exchanges on the cluster of every job to come
     * @param calibration what was measured of its machines
     */
    public PlanPricer(CollectiveModel collectives, KernelCalibration calibration) {
        this.memo = new PriceMemo(new RememberedCollectives(collectives), calibration);
    }

    /**
     * Seconds of one step.
     *
     * @throws trainyard.parallel.plan.PlanException if the plan contradicts the model, the batch or the cluster
     */
    public double seconds(TrainingJob job) {
        StepTiming timing = StepPricing.of(job, memo).timing();
        if (!job.plan().schedule().runsWholeBackwards()) {
            return EventStepModel.replay(job, timing, span -> {}).endNanos() / 1e9;
        }
        return new AnalyticStep(timing, pipeline.times(timing, job.plan().schedule(), job.microBatches())).seconds();
    }

    /**
     * Seconds that one step takes at least, from its compute alone; never more than {@link #seconds}.
     *
     * @throws trainyard.parallel.plan.PlanException as {@link #seconds}
     */
    public double atLeastSeconds(TrainingJob job) {
        return StepPricing.of(job, memo).atLeastSeconds();
    }
}
