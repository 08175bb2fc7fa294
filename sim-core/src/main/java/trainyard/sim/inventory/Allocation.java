package trainyard.sim.inventory;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Which GPU each rank of a job runs on; immutable. */
public final class Allocation {

    private final int[] gpuOfRank;

    private Allocation(int[] gpuOfRank) {
        this.gpuOfRank = gpuOfRank;
    }

    /**
     * An allocation by rank.
     *
     * @param gpuOfRank numbers of the GPUs in the cluster, all different
     */
    public static Allocation of(int... gpuOfRank) {
        Set<Integer> seen = new HashSet<>();
        for (int gpu : gpuOfRank) {
            if (!seen.add(gpu)) {
                throw new IllegalArgumentException("GPU " + gpu + " is given to two ranks");
            }
        }
        return new Allocation(gpuOfRank.clone());
    }

    /** Whole nodes, ranks in the order of the nodes given and of the GPUs in each. */
    public static Allocation ofNodes(int[] nodes, int gpusPerNode) {
        return of(Arrays.stream(nodes)
                .flatMap(node -> IntStream.range(node * gpusPerNode, (node + 1) * gpusPerNode))
                .toArray());
    }

    public int ranks() {
        return gpuOfRank.length;
    }

    public int gpu(int rank) {
        return gpuOfRank[rank];
    }

    /** GPU of each rank, a copy. */
    public int[] gpus() {
        return gpuOfRank.clone();
    }

    /** The nodes used, each once, in the order of their first rank. */
    public int[] nodes(int gpusPerNode) {
        return Arrays.stream(gpuOfRank).map(gpu -> gpu / gpusPerNode).distinct().toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Allocation that && Arrays.equals(gpuOfRank, that.gpuOfRank);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(gpuOfRank);
    }

    @Override
    public String toString() {
        return "Allocation" + Arrays.toString(gpuOfRank);
    }
}
