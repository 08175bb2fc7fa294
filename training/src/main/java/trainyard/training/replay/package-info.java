/**
 * The kernels of one training iteration, and their replay. A {@link trainyard.training.replay.KernelTrace} lists what a
 * framework executed in a real iteration: matrix products with their shapes, element-wise operations with their sizes, the step
 * of the optimiser. {@link trainyard.training.replay.TraceReplay} executes the same list on a {@link
 * trainyard.training.replay.KernelDevice} with all tensors resident, which tells what the job costs on a device that the framework
 * itself has no kernels for. {@link trainyard.training.replay.ArrayDevice} is plain Java; a GPU stands behind the same interface in
 * a module that only a build with CUDA has.
 */
package trainyard.training.replay;
