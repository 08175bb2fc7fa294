/**
 * What jobs of the past say of the demand to come: a {@link trainyard.scheduler.forecast.Forecaster} goes on from the GPUs
 * that they wanted day by day, and {@link trainyard.scheduler.forecast.PlannedDemand} draws jobs that want as much.
 */
package trainyard.scheduler.forecast;
