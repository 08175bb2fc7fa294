/**
 * Statistics of what a simulation puts out. Collect with {@link trainyard.sim.stats.Tally} (one value per observation);
 * over independent replications state the mean with {@link trainyard.sim.stats.MeanEstimate} and quantiles with {@link trainyard.sim.stats.Quantiles}. For the long-run mean of one run use
 * {@link trainyard.sim.stats.BatchMeans}, which drops the warm-up and refuses an interval that it cannot defend.
 */
package trainyard.sim.stats;
