package trainyard.scheduler.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** GPUs that jobs in the queue want: of all, and of those that need a type. */
final class WaitingGpus {

    private static final Set<String> ANY = Set.of("");

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
            Set<String> types = jobs.job(job).traits().gpuTypes();
            (types.isEmpty() ? ANY : types).forEach(type -> ofType.merge(type, gpus, Integer::sum));
        }
    }

    int all() {
        return all;
    }

    /** Of those that take it, whatever others they take; for the empty name those that take any. */
    int ofType(String type) {
        return ofType.getOrDefault(type, 0);
    }
}
