package trainyard.scenario.section.jobs.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import trainyard.scheduler.job.ClusterJob;
import trainyard.sim.engine.SimTime;

/**
 * Which jobs of a list count, and how fast they come.
 *
 * @param teams only of these; of all where it is empty
 * @param fromSeconds submitted no earlier
 * @param toSeconds submitted earlier than this
 * @param first at most so many, in the order of submission
 * @param load factor by which the times between submissions are divided
 */
public record JobWindow(Set<String> teams, double fromSeconds, double toSeconds, int first, double load) {

    public JobWindow {
        teams = Set.copyOf(teams);
    }

    /** The jobs that count, in the order of submission; the first is submitted at 0. */
    public List<ClusterJob> of(List<ClusterJob> jobs) {
        List<ClusterJob> kept = jobs.stream()
                .filter(job -> teams.isEmpty() || teams.contains(job.team()))
                .filter(job -> isWithin(SimTime.seconds(job.submitNanos())))
                .sorted(Comparator.comparingLong(ClusterJob::submitNanos))
                .limit(first)
                .toList();
        long start = kept.isEmpty() ? 0 : kept.get(0).submitNanos();
        return kept.stream()
                .map(job -> job.submittedAt(Math.round((job.submitNanos() - start) / load)))
                .toList();
    }

    private boolean isWithin(double seconds) {
        return seconds >= fromSeconds && seconds < toSeconds;
    }
}
