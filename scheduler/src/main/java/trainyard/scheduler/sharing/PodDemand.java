package trainyard.scheduler.sharing;

import java.util.Objects;
import java.util.Set;

/**
 * What a pod wants of one node.
 *
 * @param cpuMilli thousandths of a processor, 0 or more
 * @param memoryMib host memory, 0 or more
 * @param gpus how many GPUs, 0 or more
 * @param gpuMilli thousandths of each, 1 to 1000; below 1000 of one GPU only; 0 without GPUs
 * @param types types of GPU that will do; empty for any
 */
public record PodDemand(long cpuMilli, long memoryMib, int gpus, int gpuMilli, Set<String> types) {

    /** A whole GPU. */
    public static final int WHOLE = 1000;

    public PodDemand {
        types = Set.copyOf(Objects.requireNonNull(types, "types"));
        boolean none = gpus == 0 && gpuMilli == 0;
        boolean part = gpus == 1 && gpuMilli >= 1 && gpuMilli < WHOLE;
        boolean whole = gpus >= 1 && gpuMilli == WHOLE;
        if (cpuMilli < 0 || memoryMib < 0 || !(none || part || whole)) {
            throw new IllegalArgumentException("a pod cannot want " + gpuMilli + " thousandths of " + gpus + " GPUs, "
                    + cpuMilli + " of processors and " + memoryMib + " MiB");
        }
    }

    /** Whether it shares its GPU. */
    public boolean shares() {
        return gpus == 1 && gpuMilli < WHOLE;
    }

    /** Thousandths of all its GPUs together. */
    public int totalMilli() {
        return gpus * gpuMilli;
    }
}
