package trainyard.scheduler.job;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What is said of some jobs beyond GPUs and times.
 *
 * @param user who submitted it; empty if not said
 * @param model what it trains, the key of tables of throughput; empty if not said
 * @param priority the higher, the sooner
 * @param preemptible whether it may be stopped to make place for another
 * @param gpuTypes types of GPU of which any will do; empty for all
 * @param cpus processors for each of its GPUs, or for its part of one, 0 or more
 * @param memoryBytes host memory for each of its GPUs, or for its part of one, 0 or more
 * @param size how many GPUs it can use
 * @param deadlineNanos when it has to be done; {@link Long#MAX_VALUE} for no deadline
 * @param after ids of jobs that have to be done before it may start
 * @param gpuMilli thousandths of its GPU that it takes, 1 to 1000: 1000 for whole GPUs, less for a part of one
 * @param stages of one iteration
 */
public record JobTraits(
        String user,
        String model,
        int priority,
        boolean preemptible,
        Set<String> gpuTypes,
        double cpus,
        double memoryBytes,
        JobSize size,
        long deadlineNanos,
        List<String> after,
        int gpuMilli,
        JobStages stages) {

    /** Thousandths of a whole GPU. */
    public static final int WHOLE_GPU = 1000;

    /** Nothing is said. */
    public static final JobTraits NONE = new JobTraits(
            "", "", 0, true, Set.of(), 0, 0, JobSize.RIGID, Long.MAX_VALUE, List.of(), WHOLE_GPU, JobStages.NONE);

    public JobTraits {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(model, "model");
        gpuTypes = Set.copyOf(gpuTypes);
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(stages, "stages");
        after = List.copyOf(after);
        if (!(cpus >= 0) || !(memoryBytes >= 0) || deadlineNanos < 0) {
            throw new IllegalArgumentException("processors, memory and deadline of a job are 0 or more, got " + cpus
                    + ", " + memoryBytes + " bytes and " + deadlineNanos + " ns");
        }
        if (gpuMilli < 1 || gpuMilli > WHOLE_GPU || gpuMilli < WHOLE_GPU && size.kind() != JobSize.Kind.RIGID) {
            throw new IllegalArgumentException(
                    "a rigid job takes 1 to 1000 thousandths of a GPU, others whole ones; got " + gpuMilli + " of a "
                            + size.kind() + " job");
        }
    }

    public JobTraits withUser(String other) {
        return new JobTraits(
                other,
                model,
                priority,
                preemptible,
                gpuTypes,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                after,
                gpuMilli,
                stages);
    }

    public JobTraits withModel(String other) {
        return new JobTraits(
                user,
                other,
                priority,
                preemptible,
                gpuTypes,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                after,
                gpuMilli,
                stages);
    }

    public JobTraits withPriority(int other) {
        return new JobTraits(
                user,
                model,
                other,
                preemptible,
                gpuTypes,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                after,
                gpuMilli,
                stages);
    }

    public JobTraits withPreemptible(boolean other) {
        return new JobTraits(
                user,
                model,
                priority,
                other,
                gpuTypes,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                after,
                gpuMilli,
                stages);
    }

    /** The same on one type of GPU; empty for any. */
    public JobTraits withGpuType(String other) {
        return withGpuTypes(other.isEmpty() ? Set.of() : Set.of(other));
    }

    /** The same on any of some types of GPU; empty for all. */
    public JobTraits withGpuTypes(Set<String> others) {
        return new JobTraits(
                user,
                model,
                priority,
                preemptible,
                others,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                after,
                gpuMilli,
                stages);
    }

    /** Whether a type of GPU will do. */
    public boolean takesGpuType(String type) {
        return gpuTypes.isEmpty() || gpuTypes.contains(type);
    }

    /** The same with host resources for each GPU. */
    public JobTraits withHost(double cpusPerGpu, double memoryBytesPerGpu) {
        return new JobTraits(
                user,
                model,
                priority,
                preemptible,
                gpuTypes,
                cpusPerGpu,
                memoryBytesPerGpu,
                size,
                deadlineNanos,
                after,
                gpuMilli,
                stages);
    }

    public JobTraits withSize(JobSize other) {
        return new JobTraits(
                user,
                model,
                priority,
                preemptible,
                gpuTypes,
                cpus,
                memoryBytes,
                other,
                deadlineNanos,
                after,
                gpuMilli,
                stages);
    }

    public JobTraits withAfter(List<String> others) {
        return new JobTraits(
                user,
                model,
                priority,
                preemptible,
                gpuTypes,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                others,
                gpuMilli,
                stages);
    }

    /** The same with a part of one GPU, in thousandths. */
    public JobTraits withGpuMilli(int other) {
        return new JobTraits(
                user,
                model,
                priority,
                preemptible,
                gpuTypes,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                after,
                other,
                stages);
    }

    public JobTraits withStages(JobStages other) {
        return new JobTraits(
                user,
                model,
                priority,
                preemptible,
                gpuTypes,
                cpus,
                memoryBytes,
                size,
                deadlineNanos,
                after,
                gpuMilli,
                other);
    }
}
