/**
 * Lets the command {@code calibrate} measure a device by replay: its jobs are traced, or their traces read from a folder, and a
 * {@link trainyard.training.replay.KernelDevice} replays them.
 */
package trainyard.training.replay.session;
