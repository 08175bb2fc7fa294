/**
 * Training that processes of a real machine did, gradient by gradient, as a table. {@link
 * trainyard.training.recording.RecordedRun#outcome} tells it like a simulated run, so that both stand in the same charts.
 */
package trainyard.training.recording;
