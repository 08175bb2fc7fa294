package trainyard.scheduler.peer.gavel;

import java.util.List;

/**
 * What became of the jobs.
 *
 * @param completionSeconds from arrival to end of each job, in the order of the list; not a number for one that was given up
 * @param endSeconds end of the last round
 * @param utilization share of all GPU time in which a job ran
 * @param rounds in which a job ran
 */
public record GavelOutcome(List<Double> completionSeconds, double endSeconds, double utilization, int rounds) {

    public GavelOutcome {
        completionSeconds = List.copyOf(completionSeconds);
    }
}
