package trainyard.scheduler.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import trainyard.scheduler.job.ClusterJob;

/**
 * Jobs that do not queue when they are submitted but once others have ended. Jobs are named by their number in the order of
 * arrival. One object serves one run.
 */
public interface JobReleases {

    /** Makes the rule for a list. */
    @FunctionalInterface
    interface Rule {

        /**
         * @param jobs in the order of arrival
         */
        JobReleases of(List<ClusterJob> jobs);
    }

    /** Whether a job has to be released. */
    boolean holds(int job);

    /**
     * A job has ended, or has been given up or dropped; tells which jobs may queue now and which never will.
     *
     * @param done whether it has ended
     * @param release told of jobs that may queue once they are submitted
     * @param drop told of jobs that will never run
     */
    void finished(int job, boolean done, IntConsumer release, IntConsumer drop);

    /** The dependencies that jobs state, and other rules for jobs that state none. */
    static Rule with(List<Rule> others) {
        return jobs -> {
            List<JobReleases> rules = new ArrayList<>();
            rules.add(Dependencies.of(jobs));
            others.forEach(rule -> rules.add(rule.of(jobs)));
            return new AllReleases(rules);
        };
    }
}
