package trainyard.parallel.step;

import java.util.List;
import java.util.function.ToLongFunction;
import trainyard.parallel.condition.JobCondition;
import trainyard.parallel.job.TrainingJob;
import trainyard.parallel.step.cost.Span;
import trainyard.parallel.step.cost.StepCost;

/** Answers what one step of a job costs. The seam that schedulers, fault models and reports use. */
public interface StepModel {

    /** Bars of a timeline; trace viewers grow slow beyond some hundred thousand. */
    int MAX_SPANS = 200_000;

    /**
     * What one step costs on the machines as they are.
     *
     * @param condition how the ranks differ from each other
     * @throws trainyard.parallel.plan.PlanException if the plan contradicts the model, the batch, the cluster or the
     *     condition
     */
    StepCost cost(TrainingJob job, JobCondition condition);

    /** What one step costs where all ranks are alike; throws as {@link #cost(TrainingJob, JobCondition)}. */
    default StepCost cost(TrainingJob job) {
        return cost(job, JobCondition.EVEN);
    }

    /**
     * Nanoseconds of the step of a job whose condition changes often. What the conditions have in common, such as the passes
     * of replicas that are the same in several, is worked out once.
     *
     * @return asked for one condition after the other, from one thread at a time; throws as {@link #cost(TrainingJob,
     *     JobCondition)}
     */
    default ToLongFunction<JobCondition> stepNanos(TrainingJob job) {
        return condition -> cost(job, condition).stepNanos();
    }

    /**
     * What every pipeline stage does when, in the order in which it starts; at most the first {@link #MAX_SPANS} bars.
     * Apart from the cost, which is asked for far more often.
     *
     * @throws trainyard.parallel.plan.PlanException as {@link #cost(TrainingJob, JobCondition)}
     */
    List<Span> timeline(TrainingJob job, JobCondition condition);

    /** The timeline where all ranks are alike. */
    default List<Span> timeline(TrainingJob job) {
        return timeline(job, JobCondition.EVEN);
    }
}
