package trainyard.scheduler.policy.fairness;

import java.util.Map;

/**
 * What fair policies are made with.
 *
 * @param weights of teams by name, each above 0; 1 for others
 * @param halfLifeSeconds after which use counts half in {@code fair-share}
 * @param leaseSeconds for which GPUs are handed out in {@code finish-time-fairness}
 * @param clusterCpus processors of the cluster for {@code drf}; infinite where they are not counted
 * @param clusterMemoryBytes memory of the cluster for {@code drf}; infinite where it is not counted
 */
public record FairRules(
        Map<String, Double> weights,
        double halfLifeSeconds,
        double leaseSeconds,
        double clusterCpus,
        double clusterMemoryBytes) {

    /**
     * Equal weights; the half-life of seven days is Slurm's PriorityDecayHalfLife by default (manual page of slurm.conf, looked up November
     * 2026); the lease of 20 min is assumed.
     */
    public static final FairRules EQUAL =
            new FairRules(Map.of(), 7 * 86_400.0, 1200, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    public FairRules {
        weights = Map.copyOf(weights);
    }
}
