package trainyard.scheduler.peer.pollux;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Its {@code optimus} (after Peng et al., Optimus, EuroSys 2018), which knows step times and the iterations that are left: each
 * job gets a GPU, and then the job that a further one makes shorter by most gets it, until none is left or none gains.
 */
final class MarginalGains implements AllocationPolicy {

    private static final int PACKED = 4;
    private static final double ROUNDING = 1e-8;
    private static final String ONE_GPU_ONLY = "ncf";

    private final int nodes;
    private final int gpusPerNode;

    MarginalGains(int nodes, int gpusPerNode) {
        this.nodes = nodes;
        this.gpusPerNode = gpusPerNode;
    }

    @Override
    public Map<String, List<Integer>> allocate(
            long nowSeconds, List<TrainingJob> jobs, Map<String, List<Integer>> before) {
        int[] replicas = replicas(jobs);
        Map<String, List<Integer>> allocations = new LinkedHashMap<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            order.add(i);
            String name = jobs.get(i).job().name();
            if (before.containsKey(name) && before.get(name).size() == replicas[i]) {
                allocations.put(name, before.get(name));
            }
        }
        order.sort(Comparator.comparingInt(i -> replicas[i]));
        FreeNodes places = new FreeNodes(nodes, gpusPerNode, allocations.values());
        for (int i : order) {
            String name = jobs.get(i).job().name();
            if (replicas[i] > 0 && !allocations.containsKey(name)) {
                allocations.put(name, places.take(replicas[i]));
            }
        }
        return allocations;
    }

    private int[] replicas(List<TrainingJob> jobs) {
        int free = nodes * gpusPerNode;
        int[] replicas = new int[jobs.size()];
        double[] gains = new double[jobs.size()];
        for (int i = 0; i < replicas.length && free > 0; i++) {
            replicas[i] = 1;
            free--;
            gains[i] = gain(jobs.get(i), 1, free);
        }
        while (free > 0) {
            int best = 0;
            for (int i = 1; i < gains.length; i++) {
                best = gains[i] > gains[best] ? i : best;
            }
            if (!(gains[best] > 0)) {
                break;
            }
            replicas[best]++;
            gains[best] = gain(jobs.get(best), replicas[best], free);
            free--;
        }
        return replicas;
    }

    /** Seconds by which one more replica shortens what is left of a job; 0 where it may not have one. */
    private static double gain(TrainingJob job, int replicas, int free) {
        Application application = job.application();
        int most = application.name().equals(ONE_GPU_ONLY) ? 1 : job.job().batch() / application.leastLocalBatch();
        if (replicas + 1 > most || free < 1) {
            return 0;
        }
        return (stepSeconds(job, replicas) - stepSeconds(job, replicas + 1)) * iterationsLeft(job);
    }

    private static double iterationsLeft(TrainingJob job) {
        int last = job.application().epochs() - 1;
        int batch = job.job().batch();
        return last <= job.epoch()
                ? 1
                : job.application().iterations(batch, last) - job.application().iterations(batch, job.epoch());
    }

    /** Of a job packed on as few nodes as hold it. */
    private static double stepSeconds(TrainingJob job, int replicas) {
        Application application = job.application();
        int[] placement = new int[(replicas + PACKED - 1) / PACKED];
        for (int node = 0; node < placement.length; node++) {
            placement[node] = Math.min(replicas - node * PACKED, PACKED);
        }
        int local = (int) Math.ceil(job.job().batch() / (double) replicas - ROUNDING);
        int accumulations = (int) Math.ceil(local / (double) application.mostLocalBatch() - ROUNDING) - 1;
        accumulations = replicas == 1 ? Math.max(1, accumulations) : accumulations;
        int atomic = (int) Math.ceil(local / (double) (accumulations + 1) - ROUNDING);
        atomic = Math.min(atomic, application.mostBatch() / (replicas * (accumulations + 1)));
        StepTime time = application.times().at(placement, atomic);
        return time.step() + time.accumulation() * accumulations;
    }
}
