package trainyard.scheduler.job;

import java.util.List;
import java.util.Objects;

/**
 * One job as it is submitted.
 *
 * @param id as the list calls it; unique in a list
 * @param team whose quota it counts against; empty where there are no teams
 * @param submitNanos when it is submitted, 0 or more
 * @param gpus GPUs that it holds while it runs, at least 1; 1 for a job that shares one, of which its traits say how much
 * @param runNanos time that it takes on them without any wait, 0 or more
 * @param limitNanos run time that its owner states, at least 1; all that policies know of it which do not know the true one
 * @param traits what else is said of it
 */
public record ClusterJob(
        String id, String team, long submitNanos, int gpus, long runNanos, long limitNanos, JobTraits traits) {

    public ClusterJob {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(team, "team");
        Objects.requireNonNull(traits, "traits");
        if (submitNanos < 0 || runNanos < 0 || limitNanos < 1 || gpus < 1) {
            throw new IllegalArgumentException("job " + id + " needs GPUs and times of at least 0, got " + gpus
                    + " GPUs, submission " + submitNanos + " ns, run " + runNanos + " ns, limit " + limitNanos + " ns");
        }
        if (gpus != 1 && traits.gpuMilli() < JobTraits.WHOLE_GPU) {
            throw new IllegalArgumentException("job " + id + " cannot take a part of each of " + gpus + " GPUs");
        }
    }

    /** A job of which nothing else is said. */
    public ClusterJob(String id, String team, long submitNanos, int gpus, long runNanos, long limitNanos) {
        this(id, team, submitNanos, gpus, runNanos, limitNanos, JobTraits.NONE);
    }

    /** A job without a team whose owner states its run time exactly. */
    public static ClusterJob of(String id, long submitNanos, int gpus, long runNanos) {
        return new ClusterJob(id, "", submitNanos, gpus, runNanos, Math.max(1, runNanos));
    }

    /** The class that it was drawn from: what its id has before the first slash, such as {@code bert} of {@code bert/3}; else its id. */
    public String className() {
        int slash = id.indexOf('/');
        return slash > 0 ? id.substring(0, slash) : id;
    }

    /** Whether it takes a part of a GPU. */
    public boolean sharesGpu() {
        return traits.gpuMilli() < JobTraits.WHOLE_GPU;
    }

    /** GPUs that it holds, in thousandths. */
    public long milliGpus() {
        return (long) gpus * traits.gpuMilli();
    }

    /** GPUs that it holds; below 1 where it takes a part of one. */
    public double gpuAmount() {
        return milliGpus() / (double) JobTraits.WHOLE_GPU;
    }

    /**
     * GPUs that it holds, in parts.
     *
     * @param partsPerGpu 1, or 1000 where jobs share GPUs
     * @throws IllegalArgumentException if it takes a part of a GPU and GPUs are counted whole
     */
    public int parts(int partsPerGpu) {
        if (!sharesGpu()) {
            return Math.multiplyExact(gpus, partsPerGpu);
        }
        if (partsPerGpu != JobTraits.WHOLE_GPU) {
            throw new IllegalArgumentException("job " + id + " takes a part of a GPU, and GPUs are counted whole");
        }
        return traits.gpuMilli();
    }

    /** The same job of a team. */
    public ClusterJob ofTeam(String other) {
        return new ClusterJob(id, other, submitNanos, gpus, runNanos, limitNanos, traits);
    }

    /** The same job with another stated run time. */
    public ClusterJob limitedTo(long otherLimitNanos) {
        return new ClusterJob(id, team, submitNanos, gpus, runNanos, otherLimitNanos, traits);
    }

    /** The same job with other traits. */
    public ClusterJob with(JobTraits other) {
        return new ClusterJob(id, team, submitNanos, gpus, runNanos, limitNanos, other);
    }

    /** The same job, submitted at another time. */
    public ClusterJob submittedAt(long nanos) {
        return new ClusterJob(id, team, nanos, gpus, runNanos, limitNanos, traits);
    }

    /** The same job under another id, submitted at another time and waiting for no other. */
    public ClusterJob again(String otherId, long nanos) {
        return new ClusterJob(otherId, team, nanos, gpus, runNanos, limitNanos, traits.withAfter(List.of()));
    }
}
