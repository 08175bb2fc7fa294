package trainyard.scheduler.policy.fairness;

import java.util.Arrays;
import java.util.Map;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.Desk;

/**
 * Dominant resource fairness (DRF; Ghodsi et al., NSDI 2011): the share of a team is the largest of its shares of the cluster's
 * GPUs, processors and memory, over its weight. Processors and memory are counted for the cluster as a whole; a job for which they
 * are lacking waits.
 */
public final class DominantShare implements ShareMeter {

    private static final int RESOURCES = 3;

    private final TeamWeights weights;
    private final double clusterCpus;
    private final double clusterMemoryBytes;
    private final double[] need = new double[RESOURCES];
    private final double[] used = new double[RESOURCES];
    private double[] usedByTeam = {};

    /**
     * @param weights of teams by name, each above 0; 1 for others
     * @param clusterCpus processors of the cluster; infinite where they are not counted
     * @param clusterMemoryBytes memory of the cluster; infinite where it is not counted
     */
    public DominantShare(Map<String, Double> weights, double clusterCpus, double clusterMemoryBytes) {
        if (!(clusterCpus > 0) || !(clusterMemoryBytes > 0)) {
            throw new IllegalArgumentException("processors and memory of a cluster are above 0, got " + clusterCpus
                    + " and " + clusterMemoryBytes + " bytes");
        }
        this.weights = new TeamWeights(weights);
        this.clusterCpus = clusterCpus;
        this.clusterMemoryBytes = clusterMemoryBytes;
    }

    @Override
    public String name() {
        return "drf";
    }

    private double capacity(Desk desk, int resource) {
        return switch (resource) {
            case 0 -> desk.totalGpus();
            case 1 -> clusterCpus;
            default -> clusterMemoryBytes;
        };
    }

    private void setNeed(Desk desk, int job) {
        ClusterJob wanted = desk.job(job);
        need[0] = desk.gpus(job);
        need[1] = desk.touchedGpus(job) * wanted.traits().cpus();
        need[2] = desk.touchedGpus(job) * wanted.traits().memoryBytes();
    }

    @Override
    public double share(Desk desk, int team) {
        double dominant = 0;
        for (int resource = 0; resource < RESOURCES; resource++) {
            dominant = Math.max(dominant, usedByTeam[team * RESOURCES + resource] / capacity(desk, resource));
        }
        return dominant / weights.of(team);
    }

    @Override
    public boolean admits(Desk desk, int job) {
        setNeed(desk, job);
        return used[1] + need[1] <= clusterCpus && used[2] + need[2] <= clusterMemoryBytes;
    }

    @Override
    public void joined(Desk desk, int team, String name) {
        weights.joined(team, name);
        usedByTeam = Arrays.copyOf(usedByTeam, (team + 1) * RESOURCES);
    }

    @Override
    public void started(Desk desk, int team, int job) {
        use(desk, team, job, 1);
    }

    @Override
    public void ended(Desk desk, int team, int job) {
        use(desk, team, job, -1);
    }

    private void use(Desk desk, int team, int job, int sign) {
        setNeed(desk, job);
        for (int resource = 0; resource < RESOURCES; resource++) {
            used[resource] += sign * need[resource];
            usedByTeam[team * RESOURCES + resource] += sign * need[resource];
        }
    }
}
