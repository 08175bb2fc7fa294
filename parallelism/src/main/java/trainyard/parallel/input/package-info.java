/**
 * The path of training data from storage to a GPU: reads of shared storage, caches, decoding, bounded buffers and copies to
 * the GPU. {@link trainyard.parallel.input.InputSimulation} runs it beside the steps of a job and tells what the steps wait
 * for; {@link trainyard.parallel.input.InputBounds} has its closed forms.
 */
package trainyard.parallel.input;
