package trainyard.scheduler.placement;

import java.util.List;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/** Chooses where a job runs. The same free GPUs always give the same choice. */
public interface Placement {

    /** The name in scenarios and reports, such as {@code best-fit}. */
    String name();

    /**
     * Looks for GPUs of one job, all or nothing.
     *
     * @param free what is free; not changed
     * @param gpus how many, at least 1
     * @param chosen where they are; cleared first, and empty again if there are none
     * @return whether they fit
     */
    boolean choose(FreeGpus free, int gpus, NodeShares chosen);

    /**
     * Looks for GPUs of a job with needs of its own, such as a type of GPU; placements that know of none look at the number
     * alone.
     *
     * @param job whose GPUs they are to be
     * @param gpus how many, as {@code free} counts them, which need not be as many as the job wants
     */
    default boolean choose(FreeGpus free, ClusterJob job, int gpus, NodeShares chosen) {
        return choose(free, gpus, chosen);
    }

    /** What jobs need alike: of two of one kind that want as many GPUs, one fits where the other does. By default the types of GPU. */
    default Object kind(ClusterJob job) {
        return job.traits().gpuTypes();
    }

    /** Whether it says which GPUs of a node a job gets. */
    default boolean tellsGpusApart() {
        return false;
    }

    /** A job has got what was chosen for it. */
    default void taken(ClusterJob job, NodeShares shares) {}

    /** A job has given its GPUs back. */
    default void given(ClusterJob job, NodeShares shares) {}

    /** Whether it wants to be told of {@link #taken} and {@link #given}. */
    default boolean keepsBooks() {
        return false;
    }

    /**
     * How many free GPUs the jobs of a list cannot use where they are.
     *
     * @param largestNode GPUs of the largest node
     */
    default UnusableGpus unusable(List<ClusterJob> jobs, int largestNode) {
        return FragmentationMeasure.of(jobs, largestNode);
    }

    /**
     * Whether enough free GPUs anywhere are enough: then a job that does not fit tells nothing of smaller ones, and a
     * larger one never fits where it did not.
     */
    default boolean ignoresNodes() {
        return false;
    }
}
