/**
 * One training run on the virtual clock: a {@link trainyard.training.run.TrainingDesign} and a problem give a {@link
 * trainyard.training.run.TrainingOutcome}.
 */
package trainyard.training.run;
