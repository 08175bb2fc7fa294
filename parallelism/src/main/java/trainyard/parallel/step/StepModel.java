package trainyard.parallel.step;

import java.util.List;
import trainyard.parallel.job.TrainingJob;

/** Answers what one step of a job costs. The seam that schedulers, fault models and reports use. */
public interface StepModel {

    /** Bars of a timeline; trace viewers grow slow beyond some hundred thousand. */
    int MAX_SPANS = 200_000;

    /**
     * @throws trainyard.parallel.plan.PlanException if the plan contradicts the model, the batch or the cluster
     */
    StepCost cost(TrainingJob job);

    /**
     * What every pipeline stage does when, in the order in which it starts; at most the first {@link #MAX_SPANS} bars.
     * Apart from the cost, which is asked for far more often.
     *
     * @throws trainyard.parallel.plan.PlanException as {@link #cost}
     */
    List<Span> timeline(TrainingJob job);
}
