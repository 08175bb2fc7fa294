package trainyard.scheduler.run;

import java.util.Comparator;
import java.util.List;
import trainyard.scheduler.job.ClusterJob;

/** The order in which jobs arrive. */
final class SubmissionOrder {

    private SubmissionOrder() {}

    /** The jobs by submission; those submitted at one moment keep the order of the list. */
    static List<ClusterJob> of(List<ClusterJob> jobs) {
        return jobs.stream()
                .sorted(Comparator.comparingLong(ClusterJob::submitNanos))
                .toList();
    }
}
