package trainyard.scheduler.policy.fairness;

import java.util.Arrays;
import java.util.Map;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.SchedulingContext;

/**
 * Dominant resource fairness (DRF; Ghodsi et al., NSDI 2011): the share of a team is the largest of its shares of the cluster's
 * GPUs, processors and memory, over its weight. Processors and memory are counted for the cluster as a whole; a job for which they
 * are lacking waits.
 */
public final class DominantShare implements ShareMeter {

    private static final int RESOURCES = 3;
    private static final double MILLIS_PER_CPU = 1000;
    /** Of a whole number that was reckoned as a product of others. */
    private static final double ROUNDING = 1e-6;

    private final TeamWeights weights;
    // GPUs, thousandths of processors and bytes, in whole numbers: what is taken and given back leaves nothing over.
    private final long clusterCpuMillis;
    private final long clusterMemoryBytes;
    private final long[] need = new long[RESOURCES];
    private final long[] used = new long[RESOURCES];
    private long[] usedByTeam = {};

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
        clusterCpuMillis = whole(MILLIS_PER_CPU * clusterCpus);
        this.clusterMemoryBytes = whole(clusterMemoryBytes);
    }

    /** Rounded down, so that six jobs that want a sixth each fit; the largest number for infinity. */
    private static long whole(double amount) {
        return (long) Math.floor(amount + ROUNDING);
    }

    @Override
    public String name() {
        return "drf";
    }

    private long capacity(SchedulingContext context, int resource) {
        return switch (resource) {
            case 0 -> context.totalGpus();
            case 1 -> clusterCpuMillis;
            default -> clusterMemoryBytes;
        };
    }

    private void setNeed(SchedulingContext context, int job) {
        ClusterJob wanted = context.job(job);
        need[0] = context.gpus(job);
        need[1] = whole(
                MILLIS_PER_CPU * context.touchedGpus(job) * wanted.traits().cpus());
        need[2] = whole(context.touchedGpus(job) * wanted.traits().memoryBytes());
    }

    @Override
    public double share(SchedulingContext context, int team) {
        double dominant = 0;
        for (int resource = 0; resource < RESOURCES; resource++) {
            dominant =
                    Math.max(dominant, usedByTeam[team * RESOURCES + resource] / (double) capacity(context, resource));
        }
        return dominant / weights.of(team);
    }

    @Override
    public boolean admits(SchedulingContext context, int job) {
        setNeed(context, job);
        return used[1] + need[1] <= clusterCpuMillis && used[2] + need[2] <= clusterMemoryBytes;
    }

    @Override
    public void joined(SchedulingContext context, int team, String name) {
        weights.joined(team, name);
        usedByTeam = Arrays.copyOf(usedByTeam, (team + 1) * RESOURCES);
    }

    @Override
    public void started(SchedulingContext context, int team, int job) {
        use(context, team, job, 1);
    }

    @Override
    public void ended(SchedulingContext context, int team, int job) {
        use(context, team, job, -1);
    }

    private void use(SchedulingContext context, int team, int job, int sign) {
        setNeed(context, job);
        for (int resource = 0; resource < RESOURCES; resource++) {
            used[resource] += sign * need[resource];
            usedByTeam[team * RESOURCES + resource] += sign * need[resource];
        }
    }
}
