/**
 * From samples to constants: non-negative fits in relative error, the split into fitted and held-out jobs, and intervals. It
 * measures nothing, so every test of it is exact.
 */
package trainyard.training.calibration.fit;
