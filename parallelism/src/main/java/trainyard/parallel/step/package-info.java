/**
 * One training step: from a {@link trainyard.parallel.step.TrainingJob} to its {@link trainyard.parallel.step.StepCost}.
 */
package trainyard.parallel.step;
