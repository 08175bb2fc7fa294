package trainyard.parallel.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.kernel.KernelCalibration;
import trainyard.parallel.step.analytic.AnalyticPipeline;
import trainyard.parallel.step.analytic.AnalyticStep;
import trainyard.parallel.step.analytic.PipelinePrograms;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;
import trainyard.parallel.step.cost.TimeState;
import trainyard.parallel.step.price.StepPricing;
import trainyard.parallel.step.price.StepSummary;
import trainyard.parallel.step.price.StepTiming;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.hardware.ClusterSpec;

/**
 * The same prices as {@link EventStepModel}, but arithmetic in place of the replay: a pipeline recurrence of O(stages^2)
 * and closed forms for the overlapped reduction. It is the replay apart from the rounding of each pass to a nanosecond.
 * Schedules that part the backward pass or run the stages both ways are replayed.
 */
public final class AnalyticStepModel implements StepModel {

    private final Function<ClusterSpec, CollectiveModel> collectives;
    private final KernelCalibration calibration;
    private final PipelinePrograms programs = new PipelinePrograms();

    /**
     * @param collectives how exchanges are priced on a cluster
     */
    public AnalyticStepModel(Function<ClusterSpec, CollectiveModel> collectives) {
        this(collectives, KernelCalibration.NONE);
    }

    /**
     * @param collectives how exchanges are priced on a cluster
     * @param calibration what was measured of the machines
     */
    public AnalyticStepModel(Function<ClusterSpec, CollectiveModel> collectives, KernelCalibration calibration) {
        this.collectives = collectives;
        this.calibration = calibration;
    }

    /** Ranks that differ are replayed, see {@link EventStepModel}. */
    @Override
    public StepCost cost(TrainingJob job, JobCondition condition) {
        if (!condition.isEven() || !job.plan().schedule().runsWholeBackwards()) {
            return new EventStepModel(collectives, calibration).cost(job, condition);
        }
        StepTiming timing = StepPricing.of(job, collectives.apply(job.cluster()), calibration)
                .timing();
        AnalyticPipeline pipeline = new AnalyticPipeline(programs);
        AnalyticStep step =
                new AnalyticStep(timing, pipeline.times(timing, job.plan().schedule(), job.microBatches()));
        List<Map<TimeState, Long>> booked = new ArrayList<>();
        for (int stage = 0; stage < timing.stages(); stage++) {
            booked.add(step.booked(stage, job.microBatches()));
        }
        return StepSummary.of(job, timing, step.nanos(), booked);
    }

    /** A timeline has to be replayed, so this is the one of {@link EventStepModel}. */
    @Override
    public List<Span> timeline(TrainingJob job, JobCondition condition) {
        return new EventStepModel(collectives, calibration).timeline(job, condition);
    }
}
