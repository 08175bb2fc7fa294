package trainyard.scheduler.speed;

import java.util.LinkedHashMap;
import java.util.Map;
import trainyard.scheduler.cluster.ClusterLayout;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/**
 * How fast jobs are on the GPUs of a pool, over the fastest ones, on which run times hold. The class of a job is what stands before the
 * first slash of its id, or else the whole id.
 *
 * @param byPool speed above 0 and at most 1 by the type of GPU of a pool; 1 where nothing is said
 * @param byClass by type of GPU and class of jobs, in place of {@code byPool}
 */
public record PoolSpeeds(Map<String, Double> byPool, Map<String, Map<String, Double>> byClass) {

    /** All pools are as fast. */
    public static final PoolSpeeds EQUAL = new PoolSpeeds(Map.of(), Map.of());

    public PoolSpeeds {
        byPool = Map.copyOf(byPool);
        Map<String, Map<String, Double>> copies = new LinkedHashMap<>();
        byClass.forEach((type, speeds) -> copies.put(type, Map.copyOf(speeds)));
        byClass = Map.copyOf(copies);
        byPool.values().forEach(PoolSpeeds::require);
        byClass.values().forEach(speeds -> speeds.values().forEach(PoolSpeeds::require));
    }

    private static void require(double speed) {
        if (!(speed > 0) || speed > 1) {
            throw new IllegalArgumentException("a speed is above 0 and at most 1, got " + speed);
        }
    }

    /** The speed of a job on a type of GPU. */
    public double of(ClusterJob job, String gpuType) {
        Double ofClass = byClass.getOrDefault(gpuType, Map.of()).get(job.className());
        return ofClass == null ? byPool.getOrDefault(gpuType, 1.0) : ofClass;
    }

    /** Another model with these speeds on top of it; a job is as fast as on the slowest of its nodes. */
    public SpeedModel times(SpeedModel other, ClusterLayout layout) {
        if (byPool.isEmpty() && byClass.isEmpty()) {
            return other;
        }
        return new SpeedModel() {
            @Override
            public double rate(ClusterJob job, int gpus, NodeShares shares) {
                return slowest(job, layout, shares) * other.rate(job, gpus, shares);
            }

            @Override
            public WorkPace pace(ClusterJob job, int gpus, NodeShares shares) {
                return other.pace(job, gpus, shares).times(slowest(job, layout, shares));
            }
        };
    }

    private double slowest(ClusterJob job, ClusterLayout layout, NodeShares shares) {
        double slowest = 1;
        for (int i = 0; i < shares.count(); i++) {
            slowest = Math.min(slowest, of(job, layout.pool(shares.node(i)).gpuType()));
        }
        return slowest;
    }
}
