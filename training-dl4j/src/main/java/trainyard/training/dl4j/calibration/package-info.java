/**
 * Lets a calibration run training iterations and single operations with DL4J on the processor, found through {@link
 * trainyard.training.calibration.measure.CalibrationDevice}.
 */
package trainyard.training.dl4j.calibration;
