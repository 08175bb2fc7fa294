package trainyard.parallel.step;

import trainyard.parallel.job.TrainingJob;

/** Answers what one step of a job costs. The seam that schedulers, fault models and reports use. */
public interface StepModel {

    /**
     * @throws trainyard.parallel.plan.PlanException if the plan contradicts the model, the batch or the cluster
     */
    StepCost cost(TrainingJob job);
}
