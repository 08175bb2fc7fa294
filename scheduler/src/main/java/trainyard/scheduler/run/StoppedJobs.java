package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import trainyard.scheduler.cluster.NodeShares;

/**
 * Jobs that were stopped to make place in the present pass, as they were before. What counts of a pass is who has which GPUs when it is over: one
 * that has the same as before was not stopped, and goes on.
 */
final class StoppedJobs {

    private final List<Stopped> jobs = new ArrayList<>();

    /**
     * A job that was stopped.
     *
     * @param job its number
     * @param progress as it was
     * @param shares GPUs that it had
     * @param keepsAll whether it kept all its work
     * @param saveNanos time for which it saves; 0 if it does not
     */
    record Stopped(int job, JobProgress.Moment progress, NodeShares shares, boolean keepsAll, long saveNanos) {}

    void add(Stopped stopped) {
        jobs.add(stopped);
    }

    /** Takes a job out that is to start, if it was stopped and is to have the GPUs that it had. */
    Optional<Stopped> backWhereItWas(int job, NodeShares shares) {
        for (Iterator<Stopped> each = jobs.iterator(); each.hasNext(); ) {
            Stopped stopped = each.next();
            if (stopped.job() == job) {
                each.remove();
                return areSame(stopped.shares(), shares) ? Optional.of(stopped) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean areSame(NodeShares first, NodeShares second) {
        boolean same = first.count() == second.count();
        for (int i = 0; same && i < first.count(); i++) {
            same = first.node(i) == second.node(i)
                    && first.gpus(i) == second.gpus(i)
                    && first.which(i) == second.which(i);
        }
        return same;
    }

    /** The pass is over. */
    void clear() {
        jobs.clear();
    }
}
