package trainyard.parallel.kernel;

/**
 * What the host spends on issuing work and on waiting for it. The host runs ahead of its GPU, so this shows only where
 * issuing takes longer than the kernels.
 *
 * @param forwardLaunchSeconds one kernel issued from Python: interpreter, module, dispatch, allocation, launch
 * @param backwardLaunchSeconds one kernel issued by the autograd engine, which is compiled code
 * @param functionSeconds one call of a function with a backward pass of its own, forward or backward
 * @param recordSeconds one operation of the forward pass written into the graph that the backward pass walks
 * @param moduleSeconds one pass of a linear layer through a module of its own library, beside its kernels
 * @param collectiveSeconds one collective operation issued
 * @param randomStateSeconds one change of the random-number state, as dropout of split tensors needs
 * @param checkpointSeconds one recomputed region: saving and restoring what its second forward pass needs
 * @param microBatchSeconds one micro-batch beside its layers: fetching it, masks and positions, scaling the loss
 * @param messageSyncSeconds GPU idle time after a blocking stage-to-stage message, while the host resumes and launches
 */
public record HostCosts(
        double forwardLaunchSeconds,
        double backwardLaunchSeconds,
        double functionSeconds,
        double recordSeconds,
        double moduleSeconds,
        double collectiveSeconds,
        double randomStateSeconds,
        double checkpointSeconds,
        double microBatchSeconds,
        double messageSyncSeconds) {

    /** The same on a host that takes {@code factor} times as long. */
    public HostCosts times(double factor) {
        return new HostCosts(
                factor * forwardLaunchSeconds,
                factor * backwardLaunchSeconds,
                factor * functionSeconds,
                factor * recordSeconds,
                factor * moduleSeconds,
                factor * collectiveSeconds,
                factor * randomStateSeconds,
                factor * checkpointSeconds,
                factor * microBatchSeconds,
                factor * messageSyncSeconds);
    }
}
