package trainyard.scheduler.sharing;

import java.util.Arrays;
import java.util.Objects;

/** What a node has left of its processors, its memory and each of its GPUs. Changes as pods are put on it and leave. */
public final class GpuNode {

    /** GPUs of a node that are told apart, each by a bit. */
    public static final int MOST_GPUS = Long.SIZE;

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
     * @param gpus 64 at most
     */
    public GpuNode(String type, long cpuMilli, long memoryMib, int gpus) {
        if (gpus > MOST_GPUS) {
            throw new IllegalArgumentException("GPUs of a node are told apart up to " + MOST_GPUS + ", got " + gpus);
        }
        this.type = Objects.requireNonNull(type, "type");
        this.cpuMilli = cpuMilli;
        this.memoryMib = memoryMib;
        this.milli = new int[gpus];
        Arrays.fill(milli, PodDemand.WHOLE);
        this.podsByKind = new int[gpus + 1];
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
    public GpuNode copy() {
        GpuNode copy = new GpuNode(type, cpuMilli, memoryMib, milli.length);
        System.arraycopy(milli, 0, copy.milli, 0, milli.length);
        System.arraycopy(podsByKind, 0, copy.podsByKind, 0, podsByKind.length);
        return copy;
    }

    /**
     * The GPUs that a pod gets, a bit for each: the one that it shares, or the first whole ones.
     *
     * @param gpu where a pod goes that shares one
     * @throws IllegalArgumentException if there are not enough
     */
    public long gpusFor(PodDemand pod, int gpu) {
        if (pod.shares()) {
            return 1L << gpu;
        }
        long chosen = 0;
        int needed = pod.gpus();
        for (int i = 0; i < milli.length && needed > 0; i++) {
            if (milli[i] == PodDemand.WHOLE) {
                chosen |= 1L << i;
                needed--;
            }
        }
        if (needed > 0) {
            throw lacking(pod);
        }
        return chosen;
    }

    private static IllegalArgumentException lacking(PodDemand pod) {
        return new IllegalArgumentException("a node has not enough left for " + pod);
    }

    /**
     * Puts a pod on it.
     *
     * @param gpu where a pod goes that shares one; whole GPUs are taken from the first on
     * @throws IllegalArgumentException if there is not enough left
     */
    public void put(PodDemand pod, int gpu) {
        take(pod, gpusFor(pod, gpu));
    }

    /**
     * Puts a pod on GPUs of it.
     *
     * @param which a bit for each GPU, as {@link #gpusFor} says
     * @throws IllegalArgumentException if there is not enough left
     */
    public void take(PodDemand pod, long which) {
        change(pod, which, -1);
        boolean lacks = cpuMilli < 0 || memoryMib < 0;
        for (int left : milli) {
            lacks |= left < 0;
        }
        if (lacks) {
            throw lacking(pod);
        }
    }

    /**
     * Takes a pod off its GPUs.
     *
     * @param which as it was put on
     */
    public void give(PodDemand pod, long which) {
        change(pod, which, 1);
    }

    private void change(PodDemand pod, long which, int sign) {
        cpuMilli += sign * pod.cpuMilli();
        memoryMib += sign * pod.memoryMib();
        if (pod.gpus() > 0) {
            podsByKind[pod.shares() ? 0 : pod.gpus()] -= sign;
        }
        for (long left = which; left != 0; left &= left - 1) {
            milli[Long.numberOfTrailingZeros(left)] += sign * pod.gpuMilli();
        }
    }
}
