/**
 * How fast a training job gets on with a number of GPUs and a batch: samples a second times how much each is worth
 * ({@link trainyard.scheduler.goodput.TrainingProfile}), after Qiao et al., Pollux, OSDI 2021.
 */
package trainyard.scheduler.goodput;
