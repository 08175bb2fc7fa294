package trainyard.scheduler.policy;

import java.util.HashMap;
import java.util.Map;
import trainyard.scheduler.job.ClusterJob;

/**
 * How long a job is likely to run, from those that have ended: the mean of its user's, else of its team's jobs, else what its
 * owner states.
 */
final class RunTimeForecast {

    private final Map<String, Mean> users = new HashMap<>();
    private final Map<String, Mean> teams = new HashMap<>();

    private static final class Mean {
        private long count;
        private double nanos;

        void add(long value) {
            count++;
            nanos += (value - nanos) / count;
        }
    }

    void ended(ClusterJob job, long ranNanos) {
        add(users, job.traits().user(), ranNanos);
        add(teams, job.team(), ranNanos);
    }

    private static void add(Map<String, Mean> means, String name, long ranNanos) {
        if (!name.isEmpty()) {
            means.computeIfAbsent(name, unseen -> new Mean()).add(ranNanos);
        }
    }

    long nanos(ClusterJob job) {
        Mean user = users.get(job.traits().user());
        Mean mean = user != null ? user : teams.get(job.team());
        return mean != null ? Math.round(mean.nanos) : job.limitNanos();
    }
}
