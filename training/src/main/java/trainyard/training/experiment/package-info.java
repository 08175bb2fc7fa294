/**
 * How update rules are compared fairly: each with the learning rate that suits it, found by trial runs on seeds that no reported
 * run uses. Start at {@link trainyard.training.experiment.RateSearch}.
 */
package trainyard.training.experiment;
