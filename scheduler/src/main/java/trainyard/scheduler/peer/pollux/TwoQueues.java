package trainyard.scheduler.peer.pollux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Its {@code tiresias}: two queues by GPU time that was attained, with fixed replicas and batch. A job that runs keeps its place;
 * one that has to stop loses it.
 */
final class TwoQueues implements AllocationPolicy {

    private static final long THRESHOLD_GPU_SECONDS = 3600 * 16;

    private final int nodes;
    private final int gpusPerNode;
    private List<TrainingJob> first = new ArrayList<>();
    private List<TrainingJob> second = new ArrayList<>();
    private final Map<TrainingJob, State> states = new HashMap<>();

    private static final class State {
        private boolean runs;
        private long lastSeconds;
        private long executedSeconds;
    }

    TwoQueues(int nodes, int gpusPerNode) {
        this.nodes = nodes;
        this.gpusPerNode = gpusPerNode;
    }

    @Override
    public Map<String, List<Integer>> allocate(
            long nowSeconds, List<TrainingJob> jobs, Map<String, List<Integer>> before) {
        first.retainAll(jobs);
        second.retainAll(jobs);
        for (TrainingJob job : jobs) {
            if (!states.containsKey(job)) {
                states.put(job, new State());
                first.add(job);
            }
        }
        jobs.forEach(job -> advance(job, states.get(job), nowSeconds));
        List<TrainingJob> order = new ArrayList<>(first);
        order.addAll(second);
        Map<String, List<Integer>> allocations = new LinkedHashMap<>(before);
        int free = nodes * gpusPerNode;
        for (TrainingJob job : order) {
            State state = states.get(job);
            state.runs = job.job().replicas() <= free;
            if (state.runs) {
                free -= job.job().replicas();
            } else {
                allocations.remove(job.job().name());
            }
        }
        FreeNodes places = new FreeNodes(nodes, gpusPerNode, allocations.values());
        for (TrainingJob job : order) {
            if (states.get(job).runs && !allocations.containsKey(job.job().name())) {
                allocations.put(job.job().name(), places.take(job.job().replicas()));
            }
        }
        return allocations;
    }

    private void advance(TrainingJob job, State state, long nowSeconds) {
        if (state.runs) {
            state.executedSeconds += nowSeconds - state.lastSeconds;
            if (state.executedSeconds * job.job().replicas() >= THRESHOLD_GPU_SECONDS && first.remove(job)) {
                second.add(job);
            }
        }
        state.lastSeconds = nowSeconds;
    }
}
