package trainyard.training.gpu;

/** What was found when the driver was asked for its GPUs. */
public sealed interface GpuProbe {

    /**
     * A library is missing.
     *
     * @param message of the loader
     */
    record NoLibrary(String message) implements GpuProbe {}

    /**
     * The libraries are there, a GPU is not.
     *
     * @param message of the driver
     */
    record NoDevice(String message) implements GpuProbe {}

    /**
     * The first GPU.
     *
     * @param name of the product
     * @param capability of its code
     */
    record Device(String name, ComputeCapability capability) implements GpuProbe {}
}
