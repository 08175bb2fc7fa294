package trainyard.sim.inventory;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

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

    public int ranks() {
        return gpuOfRank.length;
    }

    public int gpu(int rank) {
        return gpuOfRank[rank];
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
