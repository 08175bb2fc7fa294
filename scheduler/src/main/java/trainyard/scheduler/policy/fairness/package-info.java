/**
 * Fairness among teams and jobs. {@link trainyard.scheduler.policy.fairness.TeamOrder} serves the team that has least by a
 * {@link trainyard.scheduler.policy.fairness.ShareMeter}; {@link trainyard.scheduler.policy.fairness.FinishTimeFairness} serves
 * the job that sharing delays most.
 */
package trainyard.scheduler.policy.fairness;
