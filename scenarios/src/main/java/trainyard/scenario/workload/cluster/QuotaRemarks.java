package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.quota.Amounts;
import trainyard.scheduler.quota.QuotaSpec;

/** What is odd about quotas on a cluster under some jobs; allowed, and seldom meant. */
final class QuotaRemarks {

    private static final int MOST_NAMES = 5;

    private QuotaRemarks() {}

    /**
     * A sentence without a final stop; empty where nothing is odd.
     *
     * @param quotas of queues and cohorts
     * @param gpus of the cluster
     */
    static Optional<String> of(List<QuotaSpec> quotas, List<ClusterJob> jobs, int gpus) {
        if (quotas.isEmpty()) {
            return Optional.empty();
        }
        List<String> odd = new ArrayList<>();
        double own = quotas.stream()
                .mapToDouble(quota -> quota.nominal().gpus())
                .filter(stated -> stated < Amounts.ALL.gpus())
                .sum();
        if (own > gpus) {
            odd.add(String.format(
                    Locale.ROOT,
                    "%,.0f GPUs in all, and the cluster has %,d: not every team can have its own at once",
                    own,
                    gpus));
        }
        Set<String> without = jobs.stream().map(ClusterJob::team).collect(Collectors.toCollection(TreeSet::new));
        quotas.forEach(quota -> without.remove(quota.name()));
        if (!without.isEmpty()) {
            odd.add("none for " + names(without) + ", whose jobs may use whatever is free");
        }
        return odd.isEmpty() ? Optional.empty() : Optional.of("Quotas: " + String.join("; ", odd));
    }

    private static String names(Set<String> teams) {
        String some = teams.stream()
                .limit(MOST_NAMES)
                .map(team -> team.isEmpty() ? "jobs of no team" : "team " + team)
                .collect(Collectors.joining(", "));
        return teams.size() > MOST_NAMES ? some + " and " + (teams.size() - MOST_NAMES) + " more" : some;
    }
}
