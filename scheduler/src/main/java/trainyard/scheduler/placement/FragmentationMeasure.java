package trainyard.scheduler.placement;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import trainyard.scheduler.cluster.FreeGpus;
import trainyard.scheduler.job.ClusterJob;

/**
 * Free GPUs that a typical job cannot use where they are, in the mean over a mix of jobs: {@code F = sum over jobs m of p_m x (free
 * GPUs of nodes on which m does not run)} (Weng et al., FGD, USENIX ATC 2023, for whole GPUs). A job that fits on a node
 * runs on nodes with as many free; a larger one only on nodes that are wholly free.
 */
public final class FragmentationMeasure implements UnusableGpus {

    private final int largestNode;
    /** For each number of free GPUs of a node, the share of jobs that cannot use them. */
    private final double[] shareWithoutUse;

    /**
     * @param popularity how often jobs of each number of GPUs come, above 0; they need not sum to 1
     * @param largestNode GPUs of the largest node, at least 1
     */
    public FragmentationMeasure(Map<Integer, Double> popularity, int largestNode) {
        this.largestNode = largestNode;
        double sum =
                popularity.values().stream().mapToDouble(Double::doubleValue).sum();
        if (popularity.isEmpty() || !(sum > 0)) {
            throw new IllegalArgumentException("a mix needs jobs, got " + popularity);
        }
        shareWithoutUse = new double[largestNode + 1];
        for (int free = 0; free <= largestNode; free++) {
            int here = free;
            shareWithoutUse[free] = popularity.entrySet().stream()
                            .filter(entry -> Math.min(entry.getKey(), largestNode) > here)
                            .mapToDouble(Map.Entry::getValue)
                            .sum()
                    / sum;
        }
    }

    /** The mix of a list, each job counting once. */
    public static FragmentationMeasure of(List<ClusterJob> jobs, int largestNode) {
        Map<Integer, Double> popularity = new TreeMap<>();
        jobs.forEach(job -> popularity.merge(job.gpus(), 1.0, Double::sum));
        return new FragmentationMeasure(popularity, largestNode);
    }

    /** Free GPUs that the mean job cannot use; from 0 to all that are free. */
    @Override
    public double gpus(FreeGpus free) {
        double sum = 0;
        for (int count = 1; count <= Math.min(largestNode, free.largestNode()); count++) {
            sum += (double) free.nodesWithExactly(count) * count * shareWithoutUse[count];
        }
        return sum;
    }
}
