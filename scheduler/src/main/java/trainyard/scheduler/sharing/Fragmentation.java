package trainyard.scheduler.sharing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of the idle GPUs of a node typical pods cannot use (Weng et al., Beware of Fragmentation, USENIX ATC 2023):
 * {@code F(n) = sum of p_m F_m(n)} over typical pods m of popularity p_m, where {@code F_m(n)} is all that is idle on the node if
 * m cannot run there or wants no GPU, and else what is idle on GPUs that have less left than m wants.
 */
public final class Fragmentation {

    private final PodDemand[] pods;
    private final double[] popularity;
    /** Different parts of a GPU that pods want, and which of them each pod wants. */
    private final int[] parts;

    private final int[] partOf;

    private Fragmentation(List<PodDemand> pods, List<Double> popularity) {
        this.pods = pods.toArray(new PodDemand[0]);
        this.popularity = popularity.stream().mapToDouble(Double::doubleValue).toArray();
        this.parts =
                pods.stream().mapToInt(PodDemand::gpuMilli).distinct().sorted().toArray();
        this.partOf = pods.stream()
                .mapToInt(pod -> Arrays.binarySearch(parts, pod.gpuMilli()))
                .toArray();
    }

    /**
     * The most frequent demands of a workload, as many as make up a share of it.
     *
     * @param workload pods; host memory is not looked at
     * @param share of the pods that typical ones have to cover, above 0 and at most 1
     */
    public static Fragmentation of(List<PodDemand> workload, double share) {
        Map<PodDemand, Integer> counts = new LinkedHashMap<>();
        for (PodDemand pod : workload) {
            counts.merge(new PodDemand(pod.cpuMilli(), 0, pod.gpus(), pod.gpuMilli(), pod.types()), 1, Integer::sum);
        }
        List<Map.Entry<PodDemand, Integer>> frequent = new ArrayList<>(counts.entrySet());
        frequent.sort(Comparator.<Map.Entry<PodDemand, Integer>>comparingInt(Map.Entry::getValue)
                .thenComparingLong(entry -> entry.getKey().cpuMilli())
                .thenComparingInt(entry -> entry.getKey().gpuMilli())
                .thenComparingInt(entry -> entry.getKey().gpus())
                .reversed());
        int taken = 0;
        double covered = 0;
        while (taken < frequent.size() && covered < share * workload.size()) {
            covered += frequent.get(taken++).getValue();
        }
        double all = covered;
        List<Map.Entry<PodDemand, Integer>> typical = frequent.subList(0, taken);
        return new Fragmentation(
                typical.stream().map(Map.Entry::getKey).toList(),
                typical.stream().map(entry -> entry.getValue() / all).toList());
    }

    /** Thousandths of GPUs of a node that are fragmented. */
    public double of(GpuNode node) {
        int idle = node.totalMilli();
        if (idle == 0) {
            return 0;
        }
        int[] enough = new int[parts.length];
        int[] lost = new int[parts.length];
        for (int gpu = 0; gpu < node.gpus(); gpu++) {
            int left = node.milli(gpu);
            for (int part = 0; part < parts.length; part++) {
                enough[part] += left >= parts[part] ? 1 : 0;
                lost[part] += left < parts[part] ? left : 0;
            }
        }
        double amount = 0;
        for (int m = 0; m < pods.length; m++) {
            PodDemand pod = pods[m];
            boolean runs = pod.gpus() > 0
                    && node.cpuMilli() >= pod.cpuMilli()
                    && enough[partOf[m]] >= pod.gpus()
                    && node.isAccessible(pod);
            amount += popularity[m] * (runs ? lost[partOf[m]] : idle);
        }
        return amount;
    }

    /** Fragmentation of a node with a pod on it; {@code gpu} as in {@link GpuNode#put}. */
    public double with(GpuNode node, PodDemand pod, int gpu) {
        GpuNode after = node.copy();
        after.put(pod, gpu);
        return of(after);
    }
}
