package trainyard.parallel.search;

import trainyard.parallel.step.cost.StepCost;

/**
 * One of the best plans, replayed.
 *
 * @param priced what the analytic model says
 * @param replayed what the event model says
 */
public record VerifiedPlan(PricedPlan priced, StepCost replayed) {}
