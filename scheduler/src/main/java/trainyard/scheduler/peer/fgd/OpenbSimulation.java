package trainyard.scheduler.peer.fgd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import trainyard.scheduler.sharing.Fragmentation;
import trainyard.scheduler.sharing.GpuNode;
import trainyard.scheduler.sharing.PodDemand;

/**
 * Pods in random order until they want 130 % of all GPUs. Each goes to the node with the best score; of equal ones to the first in an
 * order of nodes that is drawn once. A pod that fits nowhere is dropped.
 */
public final class OpenbSimulation {

    private static final double WANTED = 1.3;
    private static final double TYPICAL_SHARE = 0.95;
    private static final int UNFIT = -1;
    private static final int PER_CENT = 100;

    private final UniformRandomProvider random;
    private final Optional<NodeScore> score;
    private final Fragmentation fragmentation;
    private final GpuNode[] nodes;
    private final int[] versions;
    private final double[] fragments;
    private final double capacityMilli;
    private final Map<PodDemand, Scores> known = new LinkedHashMap<>();
    private double fragmentedMilli;

    /** Scores of all nodes for one demand, each renewed only where its node has changed. */
    private static final class Scores {
        private final int[] ofNode;
        private final int[] atVersion;

        Scores(int nodes) {
            ofNode = new int[nodes];
            atVersion = new int[nodes];
            Arrays.fill(atVersion, -1);
        }
    }

    private OpenbSimulation(
            OpenbCluster cluster,
            Fragmentation fragmentation,
            Optional<NodeScore> score,
            UniformRandomProvider random) {
        this.random = random;
        this.score = score;
        this.fragmentation = fragmentation;
        List<GpuNode> order = new ArrayList<>(
                cluster.rows().stream().map(OpenbCluster.Node::empty).toList());
        shuffle(order, random);
        this.nodes = order.toArray(new GpuNode[0]);
        this.versions = new int[nodes.length];
        this.fragments = new double[nodes.length];
        this.capacityMilli = (double) cluster.gpus() * PodDemand.WHOLE;
        for (int node = 0; node < nodes.length; node++) {
            fragments[node] = fragmentation.of(nodes[node]);
            fragmentedMilli += fragments[node];
        }
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
            int node = score.isEmpty() ? anyNode(pod) : bestNode(pod);
            if (node != UNFIT) {
                allocated += pod.totalMilli();
                put(node, pod);
            }
            curve.add(
                    PER_CENT * arrived / capacityMilli,
                    PER_CENT * allocated / capacityMilli,
                    PER_CENT * fragmentedMilli / capacityMilli);
        }
        return curve;
    }

    private void put(int node, PodDemand pod) {
        int gpu = score.map(by -> by.gpu(nodes[node], pod, fragmentation, fragments[node]))
                .orElseGet(() -> anyGpu(nodes[node], pod));
        nodes[node].put(pod, gpu);
        versions[node]++;
        fragmentedMilli -= fragments[node];
        fragments[node] = fragmentation.of(nodes[node]);
        fragmentedMilli += fragments[node];
    }

    /** Each node that fits is as likely as any other. */
    private int anyNode(PodDemand pod) {
        Scores scores = known.computeIfAbsent(pod, demand -> new Scores(nodes.length));
        int fitting = 0;
        for (int node = 0; node < nodes.length; node++) {
            fitting += score(scores, node, pod) == UNFIT ? 0 : 1;
        }
        int left = fitting == 0 ? 0 : random.nextInt(fitting);
        for (int node = 0; node < nodes.length; node++) {
            if (scores.ofNode[node] != UNFIT && left-- == 0) {
                return node;
            }
        }
        return UNFIT;
    }

    /** The score of a node, renewed if it has changed. */
    private int score(Scores scores, int node, PodDemand pod) {
        if (scores.atVersion[node] != versions[node]) {
            scores.atVersion[node] = versions[node];
            scores.ofNode[node] = nodes[node].fits(pod)
                    ? score.map(by -> by.of(nodes[node], pod, fragmentation, fragments[node])).orElse(0)
                    : UNFIT;
        }
        return scores.ofNode[node];
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

    private int bestNode(PodDemand pod) {
        Scores scores = known.computeIfAbsent(pod, demand -> new Scores(nodes.length));
        int best = UNFIT;
        int bestScore = UNFIT;
        for (int node = 0; node < nodes.length; node++) {
            int found = score(scores, node, pod);
            if (found > bestScore) {
                best = node;
                bestScore = found;
            }
        }
        return best;
    }
}
