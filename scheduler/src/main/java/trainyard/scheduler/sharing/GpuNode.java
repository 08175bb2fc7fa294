package trainyard.scheduler.sharing;

import java.util.Arrays;
import java.util.Objects;

/** What a node has left. Changes as pods are put on it. */
public final class GpuNode {

    private final String type;
    private long cpuMilli;
    private long memoryMib;
    private final int[] milli;
    /** Pods by how they use GPUs: 0 those that share one, else by their number of whole ones. */
    private final int[] podsByKind;

    /**
     * An empty node.
     *
     * @param type of its GPUs; empty without GPUs
     */
    public GpuNode(String type, long cpuMilli, long memoryMib, int gpus) {
        this.type = Objects.requireNonNull(type, "type");
        this.cpuMilli = cpuMilli;
        this.memoryMib = memoryMib;
        this.milli = new int[gpus];
        Arrays.fill(milli, PodDemand.WHOLE);
        this.podsByKind = new int[gpus + 1];
    }

    public String type() {
        return type;
    }

    public long cpuMilli() {
        return cpuMilli;
    }

    public int gpus() {
        return milli.length;
    }

    /** Thousandths of a GPU that are left. */
    public int milli(int gpu) {
        return milli[gpu];
    }

    /** Thousandths of all its GPUs that are left. */
    public int totalMilli() {
        int total = 0;
        for (int left : milli) {
            total += left;
        }
        return total;
    }

    /** GPUs of which nothing is taken. */
    public int wholeGpus() {
        int whole = 0;
        for (int left : milli) {
            whole += left == PodDemand.WHOLE ? 1 : 0;
        }
        return whole;
    }

    /** Pods that use GPUs as a pod does. */
    public int podsLike(PodDemand pod) {
        int kind = pod.shares() ? 0 : pod.gpus();
        return kind < podsByKind.length ? podsByKind[kind] : 0;
    }

    /** In how many different ways its pods use GPUs. */
    public int kinds() {
        int kinds = 0;
        for (int pods : podsByKind) {
            kinds += pods > 0 ? 1 : 0;
        }
        return kinds;
    }

    /** Whether its GPUs are of a type that will do. */
    public boolean isAccessible(PodDemand pod) {
        return pod.types().isEmpty() || pod.types().contains(type);
    }

    /** Whether so many of its GPUs have enough left. */
    public boolean hasGpus(PodDemand pod) {
        int needed = pod.gpus();
        for (int left : milli) {
            needed -= left >= pod.gpuMilli() ? 1 : 0;
        }
        return needed <= 0;
    }

    /** Whether a pod can be put on it. */
    public boolean fits(PodDemand pod) {
        boolean host = cpuMilli >= pod.cpuMilli() && memoryMib >= pod.memoryMib();
        return host && (pod.gpus() == 0 || hasGpus(pod) && isAccessible(pod));
    }

    /** The same node by itself. */
    GpuNode copy() {
        GpuNode copy = new GpuNode(type, cpuMilli, memoryMib, milli.length);
        System.arraycopy(milli, 0, copy.milli, 0, milli.length);
        System.arraycopy(podsByKind, 0, copy.podsByKind, 0, podsByKind.length);
        return copy;
    }

    /**
     * Puts a pod on it.
     *
     * @param gpu where a pod goes that shares one; whole GPUs are taken from the first on
     * @throws IllegalArgumentException if there is not enough left
     */
    public void put(PodDemand pod, int gpu) {
        cpuMilli -= pod.cpuMilli();
        memoryMib -= pod.memoryMib();
        if (pod.gpus() > 0) {
            podsByKind[pod.shares() ? 0 : pod.gpus()]++;
        }
        if (pod.shares()) {
            milli[gpu] -= pod.gpuMilli();
        }
        int needed = pod.shares() ? 0 : pod.gpus();
        for (int i = 0; i < milli.length && needed > 0; i++) {
            if (milli[i] == PodDemand.WHOLE) {
                milli[i] = 0;
                needed--;
            }
        }
        if (needed > 0 || cpuMilli < 0 || memoryMib < 0 || pod.shares() && milli[gpu] < 0) {
            throw new IllegalArgumentException("a node has not enough left for " + pod);
        }
    }
}
