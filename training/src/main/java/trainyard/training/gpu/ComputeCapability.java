package trainyard.training.gpu;

/**
 * NVIDIA's number of a GPU's generation, which says what machine code it runs.
 *
 * @param major generation, such as 9 for Hopper
 * @param minor variant
 */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {

    public ComputeCapability {
        if (major < 1 || minor < 0) {
            throw new IllegalArgumentException("no compute capability " + major + "." + minor);
        }
    }

    @Override
    public int compareTo(ComputeCapability other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
