/**
 * What is to be trained, on what, and how: {@link trainyard.parallel.job.TrainingJob} holds the model, the batch, the plan,
 * the cluster and the framework generation. The memory and the step model both start from it.
 */
package trainyard.parallel.job;
