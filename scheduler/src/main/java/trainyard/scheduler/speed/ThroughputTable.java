package trainyard.scheduler.speed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import trainyard.scheduler.cluster.NodeShares;
import trainyard.scheduler.job.ClusterJob;

/**
 * Measured throughput by model, GPUs, and whether they are on as few nodes as possible. A job's speed is its throughput over that
 * of the GPUs that it wants on as few nodes as possible. Between two measured numbers of GPUs throughput is interpolated
 * linearly; beyond the last one it is that of the last one, below the first one proportional to GPUs. A job whose model is not in
 * the table has the speed 1.
 */
public final class ThroughputTable implements SpeedModel {

    /**
     * A measurement.
     *
     * @param model what was trained
     * @param gpus on how many GPUs, at least 1
     * @param consolidated whether on as few nodes as possible
     * @param perSecond samples or steps a second, above 0
     */
    public record Row(String model, int gpus, boolean consolidated, double perSecond) {

        public Row {
            if (gpus < 1 || !(perSecond > 0)) {
                throw new IllegalArgumentException(
                        model + " cannot do " + perSecond + " a second on " + gpus + " GPUs");
            }
        }
    }

    private final int gpusPerNode;
    private final Map<String, NavigableMap<Integer, Double>> consolidated = new HashMap<>();
    private final Map<String, NavigableMap<Integer, Double>> scattered = new HashMap<>();

    /**
     * @param gpusPerNode which tells as how few nodes there can be, at least 1
     */
    public ThroughputTable(List<Row> rows, int gpusPerNode) {
        this.gpusPerNode = gpusPerNode;
        for (Row row : rows) {
            (row.consolidated ? consolidated : scattered)
                    .computeIfAbsent(row.model, model -> new TreeMap<>())
                    .put(row.gpus, row.perSecond);
        }
    }

    @Override
    public double rate(ClusterJob job, int gpus, NodeShares shares) {
        String model = job.traits().model();
        NavigableMap<Integer, Double> best = consolidated.get(model);
        if (best == null) {
            return 1;
        }
        boolean few = shares.count() <= (gpus + gpusPerNode - 1) / gpusPerNode;
        NavigableMap<Integer, Double> here = few ? best : scattered.getOrDefault(model, best);
        return at(here, gpus) / at(best, job.gpus());
    }

    private static double at(NavigableMap<Integer, Double> curve, int gpus) {
        Map.Entry<Integer, Double> below = curve.floorEntry(gpus);
        Map.Entry<Integer, Double> above = curve.ceilingEntry(gpus);
        if (below == null) {
            return above.getValue() * gpus / above.getKey();
        }
        if (above == null || above.getKey().equals(below.getKey())) {
            return below.getValue();
        }
        double share = (gpus - below.getKey()) / (double) (above.getKey() - below.getKey());
        return below.getValue() + share * (above.getValue() - below.getValue());
    }
}
