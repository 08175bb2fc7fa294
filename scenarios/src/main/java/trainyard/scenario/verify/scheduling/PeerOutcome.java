package trainyard.scenario.verify.scheduling;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import trainyard.scheduler.run.outcome.ClusterOutcome;

/**
 * What became of the jobs of a run.
 *
 * @param completionSeconds from submission to end of each job, by its id; without those that were given up
 * @param makespanSeconds from the first submission to the last end
 * @param endSeconds the last end, on the clock of the list of jobs
 */
record PeerOutcome(Map<String, Double> completionSeconds, double makespanSeconds, double endSeconds) {

    private static final double NANO = 1e-9;

    PeerOutcome {
        completionSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(completionSeconds));
    }

    static PeerOutcome of(ClusterOutcome outcome) {
        Map<String, Double> completions = new LinkedHashMap<>();
        outcome.jobs().forEach(job -> completions.put(job.job().id(), job.completionNanos() * NANO));
        return new PeerOutcome(completions, outcome.makespanNanos() * NANO, outcome.endNanos() * NANO);
    }

    double meanSeconds() {
        return completionSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /** The time of the job that stands behind a share of all when they are sorted, without interpolation. */
    double atShare(double share) {
        double[] sorted = completionSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }

    /** The time below which a share of the jobs lies, interpolated linearly between two of them. */
    double quantile(double share) {
        double[] sorted = completionSeconds.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (at - below) * (above - sorted[below]);
    }
}
