package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.run.outcome.JobOutcome;
import trainyard.sim.engine.SimTime;

/** When the last of those is done that wait for a job, and for them, and so on. */
final class Results {

    /** Jobs that others wait for, by id. */
    private final Map<String, Long> lastEnd = new HashMap<>();

    /** Whoever waits for a job ends after it, so the last to end are looked at first, and before them those that never do. */
    Results(List<JobOutcome> jobs) {
        List<JobOutcome> latestFirst = new ArrayList<>(jobs);
        latestFirst.removeIf(job -> job.job().traits().after().isEmpty());
        latestFirst.sort(Comparator.comparingLong(Results::end).reversed());
        for (JobOutcome job : latestFirst) {
            long end = Math.max(end(job), lastEnd.getOrDefault(job.job().id(), 0L));
            job.job().traits().after().forEach(before -> lastEnd.merge(before, end, Math::max));
        }
    }

    private static long end(JobOutcome job) {
        return job.isDone() ? job.endNanos() : Long.MAX_VALUE;
    }

    /** Time from the submission of a job that is done to that end; NaN if one of those never ends. */
    double seconds(JobOutcome job) {
        long last = Math.max(job.endNanos(), lastEnd.getOrDefault(job.job().id(), 0L));
        return last == Long.MAX_VALUE
                ? Double.NaN
                : SimTime.seconds(last - job.job().submitNanos());
    }
}
