package trainyard.scheduler.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import trainyard.scheduler.cluster.NodeShares;

/** Which jobs have parts of the same GPU. */
final class GpuMates {

    private static final int MOST_GPUS_OF_NODE = Long.SIZE;

    /** By GPU those on it, in the order in which they came. */
    private final Map<Long, List<Integer>> byGpu = new HashMap<>();
    /** By job its GPU. */
    private final Map<Integer, Long> gpuOf = new HashMap<>();

    /**
     * A job has a part of one GPU from now on.
     *
     * @return those that are on it, itself at the end
     */
    List<Integer> join(int job, NodeShares part) {
        long gpu = (long) part.node(0) * MOST_GPUS_OF_NODE + Long.numberOfTrailingZeros(part.which(0));
        gpuOf.put(job, gpu);
        List<Integer> on = byGpu.computeIfAbsent(gpu, none -> new ArrayList<>());
        on.add(job);
        return List.copyOf(on);
    }

    /**
     * A job gives its part back, if it has one.
     *
     * @return those that are left on its GPU
     */
    List<Integer> leave(int job) {
        Long gpu = gpuOf.remove(job);
        if (gpu == null) {
            return List.of();
        }
        List<Integer> on = byGpu.get(gpu);
        on.remove((Integer) job);
        if (on.isEmpty()) {
            byGpu.remove(gpu);
        }
        return List.copyOf(on);
    }

    /** How many jobs are on the GPU of one, itself among them; 1 for one that has no part of a GPU. */
    int count(int job) {
        Long gpu = gpuOf.get(job);
        return gpu == null ? 1 : byGpu.get(gpu).size();
    }
}
