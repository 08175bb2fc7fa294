package trainyard.scheduler.peer.fgd;

import trainyard.scheduler.sharing.Fragmentation;
import trainyard.scheduler.sharing.GpuNode;
import trainyard.scheduler.sharing.PodDemand;

/** How good a node is for a pod that fits it, from 0 to 100; the best one gets it. */
enum NodeScore {
    /** The less alike what is left and what is wanted, the better. */
    DOT_PRODUCT {
        @Override
        int of(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            double product = (node.cpuMilli() / MOST_CPU) * (pod.cpuMilli() / MOST_CPU)
                    + (node.totalMilli() / MOST_GPU) * (pod.totalMilli() / MOST_GPU);
            return (int) (BEST * (1 - product / 2));
        }
    },
    /** Nodes with pods that use GPUs in the same way, and among them the fuller ones. */
    GPU_CLUSTERING {
        @Override
        int of(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            if (pod.gpus() == 0) {
                return 0;
            }
            int filled = (int) (BEST / 4 * ((int) MOST_GPU - node.totalMilli()) / (int) MOST_GPU);
            if (node.podsLike(pod) > 0) {
                return filled + BEST * (node.kinds() == 1 ? 3 : 2) / 4;
            }
            return node.kinds() == 0 ? filled + BEST / 4 : filled;
        }
    },
    /** GPUs that are shared already, then free GPUs of used nodes, then free nodes. */
    GPU_PACKING {
        @Override
        int of(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            if (pod.gpus() == 0) {
                return 0;
            }
            int whole = node.wholeGpus();
            if (whole == node.gpus()) {
                return Math.max(BEST / 3 - whole, whole);
            }
            int tightest = tightestShared(node, pod);
            if (tightest < 0) {
                return Math.max(BEST / 2 - pod.gpus(), BEST / 3);
            }
            return Math.max(BEST - node.milli(tightest) * BEST / PodDemand.WHOLE / 10, BEST / 2);
        }

        /** The GPU with least left that is enough, if it is one that is used; -1 otherwise. */
        private static int tightestShared(GpuNode node, PodDemand pod) {
            int tightest = -1;
            for (int gpu = 0; gpu < node.gpus() && pod.shares(); gpu++) {
                boolean used = node.milli(gpu) < PodDemand.WHOLE && node.milli(gpu) >= pod.gpuMilli();
                if (used && (tightest < 0 || node.milli(gpu) < node.milli(tightest))) {
                    tightest = gpu;
                }
            }
            return tightest;
        }
    },
    /** The node with least left of processors and GPUs, each relative to the largest node. */
    BEST_FIT {
        @Override
        int of(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            double left = (node.cpuMilli() - pod.cpuMilli()) / MOST_CPU / 2
                    + (node.totalMilli() - pod.totalMilli()) / MOST_GPU / 2;
            return (int) ((1 - left) * BEST);
        }
    },
    /** The node whose fragmentation grows least. */
    FRAGMENTATION_GRADIENT {
        @Override
        int of(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            return score(before, fragmentation.with(node, pod, gpu(node, pod, fragmentation, before)));
        }

        @Override
        int gpu(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            int best = -1;
            int bestScore = 0;
            for (int gpu = 0; gpu < node.gpus() && pod.shares(); gpu++) {
                if (node.milli(gpu) >= pod.gpuMilli() && !seen(node, gpu)) {
                    int score = score(before, fragmentation.with(node, pod, gpu));
                    if (best < 0 || score > bestScore) {
                        best = gpu;
                        bestScore = score;
                    }
                }
            }
            return Math.max(0, best);
        }

        /** Whether a GPU before has as much left and so the same score. */
        private static boolean seen(GpuNode node, int gpu) {
            for (int other = 0; other < gpu; other++) {
                if (node.milli(other) == node.milli(gpu)) {
                    return true;
                }
            }
            return false;
        }

        private static int score(double before, double after) {
            return (int) (BEST / (1 + Math.exp((after - before) / PodDemand.WHOLE)));
        }
    };

    private static final int BEST = 100;
    /** Of the largest node. */
    private static final double MOST_CPU = 128_000;

    private static final double MOST_GPU = 8_000;

    /**
     * The score of a node.
     *
     * @param before its fragmentation, in thousandths of a GPU
     */
    abstract int of(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before);

    /** The GPU for a pod that shares one: the one with least left that is enough, the first of equal ones. */
    int gpu(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
        int tightest = -1;
        for (int gpu = 0; gpu < node.gpus() && pod.shares(); gpu++) {
            if (node.milli(gpu) >= pod.gpuMilli() && (tightest < 0 || node.milli(gpu) < node.milli(tightest))) {
                tightest = gpu;
            }
        }
        return Math.max(0, tightest);
    }
}
