/**
 * One training step: from a {@link trainyard.parallel.job.TrainingJob} to its {@link trainyard.parallel.step.cost.StepCost}.
 * A {@link trainyard.parallel.step.StepModel} prices the job ({@link trainyard.parallel.step.price}) and then replays it event
 * by event ({@link trainyard.parallel.step.replay}) or by closed forms ({@link trainyard.parallel.step.analytic}).
 */
package trainyard.parallel.step;
