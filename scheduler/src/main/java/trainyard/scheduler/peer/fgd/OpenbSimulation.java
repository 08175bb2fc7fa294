package trainyard.scheduler.peer.fgd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import trainyard.scheduler.sharing.Fragmentation;
import trainyard.scheduler.sharing.GpuNode;
import trainyard.scheduler.sharing.NodeScore;
import trainyard.scheduler.sharing.NodeTree;
import trainyard.scheduler.sharing.PodDemand;
import trainyard.scheduler.sharing.ScoredNodes;

/**
 * Pods in random order until they want 130 % of all GPUs. Each goes to the node with the best score; of equal ones to the first in an
 * order of nodes that is drawn once. A pod that fits nowhere is dropped.
 */
public final class OpenbSimulation {

    private static final double WANTED = 1.3;
    private static final double TYPICAL_SHARE = 0.95;
    private static final int PER_CENT = 100;

    /** Of the largest node of that cluster, as its scores have it. */
    private static final NodeScore.Scale LARGEST = new NodeScore.Scale(128_000, 8_000);

    private final UniformRandomProvider random;
    private final boolean isRandom;
    private final ScoredNodes nodes;
    private final double capacityMilli;

    private OpenbSimulation(
            OpenbCluster cluster,
            Fragmentation fragmentation,
            Optional<NodeScore> score,
            UniformRandomProvider random) {
        this.random = random;
        isRandom = score.isEmpty();
        List<GpuNode> order = new ArrayList<>(
                cluster.rows().stream().map(OpenbCluster.Node::empty).toList());
        shuffle(order, random);
        nodes = new ScoredNodes(order, score.orElse(NodeScore.FIRST), LARGEST, fragmentation);
        capacityMilli = (double) cluster.gpus() * PodDemand.WHOLE;
    }

    /**
     * Plays a list of pods.
     *
     * @param pods as listed
     * @param policy {@code Random}, {@code DotProd}, {@code GpuClustering}, {@code GpuPacking}, {@code BestFit} or {@code FGD}
     * @param seeds one run each
     * @return a curve for each seed; empty if it has no such policy
     */
    public static Optional<List<AllocationCurve>> run(
            List<PodDemand> pods, OpenbCluster cluster, String policy, int[] seeds) {
        return score(policy).map(found -> {
            Fragmentation fragmentation = Fragmentation.of(pods, TYPICAL_SHARE);
            return IntStream.of(seeds)
                    .parallel()
                    .mapToObj(seed -> {
                        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create((long) seed);
                        List<PodDemand> arrivals = arrivals(pods, cluster, random);
                        return new OpenbSimulation(cluster, fragmentation, found, random).play(arrivals);
                    })
                    .toList();
        });
    }

    private static Optional<Optional<NodeScore>> score(String policy) {
        return switch (policy) {
            case "Random" -> Optional.of(Optional.empty());
            case "DotProd" -> Optional.of(Optional.of(NodeScore.DOT_PRODUCT));
            case "GpuClustering" -> Optional.of(Optional.of(NodeScore.GPU_CLUSTERING));
            case "GpuPacking" -> Optional.of(Optional.of(NodeScore.GPU_PACKING));
            case "BestFit" -> Optional.of(Optional.of(NodeScore.BEST_FIT));
            case "FGD" -> Optional.of(Optional.of(NodeScore.FRAGMENTATION_GRADIENT));
            default -> Optional.empty();
        };
    }

    private static void shuffle(List<?> list, UniformRandomProvider random) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }

    /** The pods in random order, less or more of them so that they want 130 % of the GPUs. */
    private static List<PodDemand> arrivals(List<PodDemand> pods, OpenbCluster cluster, UniformRandomProvider random) {
        List<PodDemand> arrivals = new ArrayList<>(pods);
        shuffle(arrivals, random);
        double wanted = WANTED * cluster.gpus() * PodDemand.WHOLE;
        long sum = arrivals.stream().mapToLong(PodDemand::totalMilli).sum();
        while (sum > wanted) {
            sum -= arrivals.remove(random.nextInt(arrivals.size())).totalMilli();
        }
        PodDemand next = pods.get(random.nextInt(pods.size()));
        while (sum < wanted && sum + next.gpuMilli() <= wanted) {
            arrivals.add(next);
            sum += next.totalMilli();
            next = pods.get(random.nextInt(pods.size()));
        }
        return arrivals;
    }

    private AllocationCurve play(List<PodDemand> arrivals) {
        AllocationCurve curve = new AllocationCurve();
        long arrived = 0;
        long allocated = 0;
        for (PodDemand pod : arrivals) {
            arrived += pod.totalMilli();
            NodeTree scores = nodes.scores(pod);
            int node = isRandom ? anyOf(scores) : scores.best();
            if (node != NodeTree.UNFIT) {
                allocated += pod.totalMilli();
                int gpu = isRandom ? anyGpu(nodes.node(node), pod) : nodes.gpu(node, pod);
                nodes.take(node, pod, nodes.node(node).gpusFor(pod, gpu));
            }
            curve.add(
                    PER_CENT * arrived / capacityMilli,
                    PER_CENT * allocated / capacityMilli,
                    PER_CENT * nodes.fragmentedMilli() / capacityMilli);
        }
        return curve;
    }

    /** Each node that fits is as likely as any other. */
    private int anyOf(NodeTree scores) {
        return scores.fitting() == 0 ? NodeTree.UNFIT : scores.fitting(random.nextInt(scores.fitting()));
    }

    private int anyGpu(GpuNode node, PodDemand pod) {
        int chosen = 0;
        int fitting = 0;
        for (int gpu = 0; gpu < node.gpus() && pod.shares(); gpu++) {
            if (node.milli(gpu) >= pod.gpuMilli() && random.nextInt(++fitting) == 0) {
                chosen = gpu;
            }
        }
        return chosen;
    }
}
