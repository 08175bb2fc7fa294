/**
 * Runs pieces of work on a device of this machine and writes down every repetition. {@link
 * trainyard.training.calibration.measure.CalibrationDevice} is the seam for those who can run them: DL4J on the CPU, a GPU.
 */
package trainyard.training.calibration.measure;
