package trainyard.scheduler.trace;

import java.util.List;
import trainyard.scheduler.job.ClusterJob;

/**
 * Jobs that were read from a file.
 *
 * @param jobs in the order of the file; submissions count from whatever the file counts them from
 * @param skipped what was wrong with each row that was left out, with file and line
 * @param withoutGpus jobs of the file that are not here, since they had no GPU
 */
public record JobList(List<ClusterJob> jobs, List<String> skipped, int withoutGpus) {

    public JobList {
        jobs = List.copyOf(jobs);
        skipped = List.copyOf(skipped);
    }

    /** A list all of whose jobs have GPUs. */
    public JobList(List<ClusterJob> jobs, List<String> skipped) {
        this(jobs, skipped, 0);
    }

    /** Other jobs in place of these, such as some of them; what was left out of the file stays the same. */
    public JobList with(List<ClusterJob> others) {
        return new JobList(others, skipped, withoutGpus);
    }

    /** The first submission; 0 without jobs. */
    public long firstNanos() {
        return jobs.stream().mapToLong(ClusterJob::submitNanos).min().orElse(0);
    }

    /** The same, submissions counted from the first one. */
    public JobList fromZero() {
        long first = firstNanos();
        return with(jobs.stream()
                .map(job -> job.submittedAt(job.submitNanos() - first))
                .toList());
    }
}
