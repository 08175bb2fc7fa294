/**
 * Trains for real with several Java processes on this machine: synchronously by the ring all-reduce of {@link
 * trainyard.training.calibration.ring}, or asynchronously with a parameter server in this process. What came of it is a {@link
 * trainyard.training.recording.RecordedRun}, to hold a simulation against.
 */
package trainyard.training.real;
