/** Makes a calibration profile of the samples of a {@link trainyard.training.replay.ReplaySuite}, and runs one from start to end. */
package trainyard.training.replay.fit;
