/** Tells what a calibration found: a table of the fitted constants, and a report with predicted against measured times. */
package trainyard.scenario.calibration;
