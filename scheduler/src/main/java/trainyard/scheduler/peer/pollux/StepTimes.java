package trainyard.scheduler.peer.pollux;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trainyard.sim.csv.CsvRow;
import trainyard.sim.csv.CsvTable;

/**
 * Step times of one application: as measured where replicas lie on up to four nodes, interpolated by local batch size; by nodes,
 * replicas and local batch size beyond.
 */
final class StepTimes {

    private static final int MOST_NODES = 16;

    private final Map<Long, Curve> byPlacement = new HashMap<>();
    private final Map<List<Integer>, StepTime> beyond;
    private final NavigableGrid grid = new NavigableGrid();

    /** Step times of one placement, by local batch size in ascending order. */
    private record Curve(double[] sizes, double[] step, double[] sync) {

        static Curve of(TreeMap<Integer, StepTime> points) {
            return new Curve(
                    points.keySet().stream().mapToDouble(Integer::doubleValue).toArray(),
                    points.values().stream().mapToDouble(StepTime::step).toArray(),
                    points.values().stream().mapToDouble(StepTime::sync).toArray());
        }

        StepTime at(double size) {
            int above = Arrays.binarySearch(sizes, size);
            above = Math.max(1, Math.min(sizes.length - 1, above < 0 ? -above - 1 : above));
            return new StepTime(between(step, above, size), between(sync, above, size));
        }

        private double between(double[] values, int above, double size) {
            double slope = (values[above] - values[above - 1]) / (sizes[above] - sizes[above - 1]);
            return slope * (size - sizes[above - 1]) + values[above - 1];
        }
    }

    /** Curves by nodes and replicas. */
    private static final class NavigableGrid {
        private final TreeMap<Integer, TreeMap<Integer, Curve>> curves = new TreeMap<>();

        void add(Map<List<Integer>, TreeMap<Integer, StepTime>> points) {
            points.forEach((key, curve) ->
                    curves.computeIfAbsent(key.get(0), nodes -> new TreeMap<>()).put(key.get(1), Curve.of(curve)));
        }

        StepTime at(int nodes, int replicas, double size) {
            Map.Entry<Integer, TreeMap<Integer, Curve>> below = curves.floorEntry(nodes);
            Map.Entry<Integer, TreeMap<Integer, Curve>> above = curves.ceilingEntry(nodes);
            if (above == null || above.getKey().equals(below.getKey())) {
                return onNodes(below.getValue(), replicas, size);
            }
            double share = (nodes - below.getKey()) / (double) (above.getKey() - below.getKey());
            return mix(onNodes(below.getValue(), replicas, size), onNodes(above.getValue(), replicas, size), share);
        }

        private static StepTime onNodes(TreeMap<Integer, Curve> byReplicas, int replicas, double size) {
            Map.Entry<Integer, Curve> below = byReplicas.floorEntry(replicas);
            Map.Entry<Integer, Curve> above = byReplicas.ceilingEntry(replicas);
            if (below == null || above == null || below.getKey().equals(above.getKey())) {
                return (below == null ? above : below).getValue().at(size);
            }
            double share = (replicas - below.getKey()) / (double) (above.getKey() - below.getKey());
            return mix(below.getValue().at(size), above.getValue().at(size), share);
        }

        private static StepTime mix(StepTime below, StepTime above, double share) {
            return new StepTime(
                    below.step() + share * (above.step() - below.step()),
                    below.sync() + share * (above.sync() - below.sync()));
        }
    }

    /**
     * @param placements step times by placement: one digit for the replicas on each node
     * @param scalability step times by nodes and replicas
     * @param beyond step times on more nodes than placements have, by nodes, replicas and local batch size, where they are known
     */
    StepTimes(CsvTable placements, CsvTable scalability, Map<List<Integer>, StepTime> beyond) {
        this.beyond = Map.copyOf(beyond);
        Map<Long, TreeMap<Integer, StepTime>> curves = new HashMap<>();
        Map<List<Integer>, TreeMap<Integer, StepTime>> points = new HashMap<>();
        for (CsvRow row : placements
                .require("placement", "local_bsz", "step_time", "sync_time")
                .rows()) {
            String placement = row.requiredText("placement");
            int size = row.integer("local_bsz", 1, Integer.MAX_VALUE);
            curves.computeIfAbsent((long) row.integer("placement", 1, Integer.MAX_VALUE), id -> new TreeMap<>())
                    .put(size, time(row));
            int replicas = placement.chars().map(digit -> digit - '0').sum();
            points.computeIfAbsent(List.of(placement.length(), replicas), key -> new TreeMap<>())
                    .put(size, time(row));
        }
        for (CsvRow row : scalability
                .require("num_nodes", "num_replicas", "local_bsz", "step_time", "sync_time")
                .rows()) {
            points.computeIfAbsent(
                            List.of(row.integer("num_nodes", 1, 10_000), row.integer("num_replicas", 1, 10_000)),
                            key -> new TreeMap<>())
                    .put(row.integer("local_bsz", 1, Integer.MAX_VALUE), time(row));
        }
        curves.forEach((id, curve) -> byPlacement.put(id, Curve.of(curve)));
        grid.add(points);
    }

    static StepTime time(CsvRow row) {
        return new StepTime(row.positive("step_time"), row.notNegative("sync_time"));
    }

    /**
     * The time of a step.
     *
     * @param placement replicas on each node
     */
    StepTime at(int[] placement, int localBatch) {
        Curve measured = byPlacement.get(smallestRotation(placement));
        if (measured != null) {
            return measured.at(localBatch);
        }
        int nodes = Math.min(placement.length, MOST_NODES);
        int replicas = Arrays.stream(placement).sum();
        StepTime known = beyond.get(List.of(nodes, replicas, localBatch));
        return known != null ? known : grid.at(nodes, replicas, localBatch);
    }

    /** The digits of a placement, begun at the node that makes them smallest. */
    private static long smallestRotation(int[] placement) {
        if (placement.length > MOST_NODES) {
            return Long.MAX_VALUE;
        }
        long smallest = Long.MAX_VALUE;
        for (int begin = 0; begin < placement.length; begin++) {
            long digits = 0;
            for (int i = 0; i < placement.length; i++) {
                digits = digits * 10 + placement[(begin + i) % placement.length];
            }
            smallest = Math.min(smallest, digits);
        }
        return smallest;
    }
}
