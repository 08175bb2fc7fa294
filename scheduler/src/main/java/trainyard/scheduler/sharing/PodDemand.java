package trainyard.scheduler.sharing;

import java.util.Objects;
import java.util.Set;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.job.JobTraits;

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
    public static final int WHOLE = JobTraits.WHOLE_GPU;

    private static final double MIB = 1 << 20;

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

    /**
     * What a job wants of a node on which it has some GPUs: processors rounded to thousandths, memory up to whole MiB.
     *
     * @param gpus of the node; 1 for a job that takes a part of one
     * @param typed whether types of GPU count
     */
    public static PodDemand of(ClusterJob job, int gpus, boolean typed) {
        JobTraits traits = job.traits();
        return new PodDemand(
                Math.round(WHOLE * traits.cpus() * gpus),
                (long) Math.ceil(traits.memoryBytes() * gpus / MIB),
                gpus,
                traits.gpuMilli(),
                typed ? traits.gpuTypes() : Set.of());
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
