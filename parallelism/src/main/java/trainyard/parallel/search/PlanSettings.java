package trainyard.parallel.search;

import trainyard.parallel.plan.Exchanges;
import trainyard.parallel.plan.GradientExchange;
import trainyard.parallel.plan.Offload;
import trainyard.parallel.plan.ParallelPlan;

/**
 * Choices that no search varies: all its plans take them from the job. What contradicts one, such as a ZeRO stage that
 * cannot offload, is left out.
 *
 * @param exchanges how ranks that split the sequence or the experts exchange what they need
 * @param offload what is moved out of device memory
 * @param gradients how replicas exchange gradients
 */
public record PlanSettings(Exchanges exchanges, Offload offload, GradientExchange gradients) {

    /** The plain ones. */
    public static final PlanSettings NONE = new PlanSettings(Exchanges.PLAIN, Offload.NONE, GradientExchange.PLAIN);

    /** The plan with these choices. */
    ParallelPlan on(ParallelPlan plan) {
        return plan.with(exchanges).with(offload).with(gradients);
    }
}
