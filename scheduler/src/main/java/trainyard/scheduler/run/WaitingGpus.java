package trainyard.scheduler.run;

import java.util.HashMap;
import java.util.Map;

/** GPUs that jobs in the queue want: of all, and of those that need a type. */
final class WaitingGpus {

    private final JobTable jobs;
    private final boolean byType;
    private final Map<String, Integer> ofType = new HashMap<>();
    private int all;

    /** @param byType whether anybody asks for a type */
    WaitingGpus(JobTable jobs, boolean byType) {
        this.jobs = jobs;
        this.byType = byType;
    }

    /** A job wants so many more, or fewer. */
    void add(int job, int gpus) {
        all += gpus;
        if (byType) {
            ofType.merge(jobs.job(job).traits().gpuType(), gpus, Integer::sum);
        }
    }

    int all() {
        return all;
    }

    int ofType(String type) {
        return ofType.getOrDefault(type, 0);
    }
}
