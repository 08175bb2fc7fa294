/**
 * Measures what this machine really does and makes a profile of it. {@link trainyard.training.calibration.Calibration} lets a
 * {@link trainyard.training.calibration.measure.CalibrationDevice} run the jobs of a {@link
 * trainyard.training.calibration.CalibrationSweep}, keeps every repetition, and fits. What is measured is real time, which nothing else in
 * the product reads.
 */
package trainyard.training.calibration;
