/**
 * One training step: from a {@link trainyard.parallel.job.TrainingJob} to its {@link trainyard.parallel.step.StepCost}.
 */
package trainyard.parallel.step;
