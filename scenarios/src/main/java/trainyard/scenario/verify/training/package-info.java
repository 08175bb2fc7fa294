/**
 * Turns one row of a table of published training runs into the {@link trainyard.parallel.job.TrainingJob} it describes
 * and the figure to hold the prediction against. Start with {@link
 * trainyard.scenario.verify.training.TrainingRowReader}; each of the other classes decides one part of the job, and says
 * there what it assumes where a source is silent. Nothing here is fitted to the published figures.
 */
package trainyard.scenario.verify.training;
