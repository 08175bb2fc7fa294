package trainyard.scheduler.trace;

import java.util.List;
import trainyard.scheduler.job.ClusterJob;

/**
 * Jobs that were read from a file.
 *
 * @param jobs in the order of the file
 * @param skipped what was wrong with each row that was left out, with file and line
 */
public record JobList(List<ClusterJob> jobs, List<String> skipped) {

    public JobList {
        jobs = List.copyOf(jobs);
        skipped = List.copyOf(skipped);
    }

    /** The first submission; 0 without jobs. */
    public long firstNanos() {
        return jobs.stream().mapToLong(ClusterJob::submitNanos).min().orElse(0);
    }

    /** The same, submissions counted from the first one. */
    public JobList fromZero() {
        long first = firstNanos();
        return new JobList(
                jobs.stream()
                        .map(job -> job.submittedAt(job.submitNanos() - first))
                        .toList(),
                skipped);
    }
}
