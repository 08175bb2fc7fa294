package trainyard.scheduler.sharing;

/**
 * How good a node is for a pod that fits it: a whole number of at least 0; the node with the largest gets it, the first one of equals.
 * Those named after the simulator of FGD (Weng et al., USENIX ATC 2023; hkust-adsl/kubernetes-scheduler-simulator at 8f3d641) reach
 * from 0 to 100 as scores of Kubernetes do.
 */
public enum NodeScore {
    /** All alike: the first node. */
    FIRST {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            return 0;
        }
    },
    /** The node with least left of its GPUs. */
    FULLEST {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            return GpuNode.MOST_GPUS * PodDemand.WHOLE - node.totalMilli();
        }
    },
    /** The node, and on it the GPU, with most left. */
    EMPTIEST {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            return node.totalMilli();
        }

        @Override
        int gpu(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            int emptiest = 0;
            for (int gpu = 1; gpu < node.gpus() && pod.shares(); gpu++) {
                emptiest = node.milli(gpu) > node.milli(emptiest) ? gpu : emptiest;
            }
            return emptiest;
        }
    },
    /** The less alike what is left and what is wanted, the better. */
    DOT_PRODUCT {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            double product = (node.cpuMilli() / scale.cpuMilli()) * (pod.cpuMilli() / scale.cpuMilli())
                    + (node.totalMilli() / scale.gpuMilli()) * (pod.totalMilli() / scale.gpuMilli());
            return (int) (BEST * (1 - product / 2));
        }
    },
    /** Nodes with pods that use GPUs in the same way, and among them the fuller ones. */
    GPU_CLUSTERING {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            if (pod.gpus() == 0) {
                return 0;
            }
            int most = (int) scale.gpuMilli();
            int filled = (int) (BEST / 4 * (most - node.totalMilli()) / most);
            if (node.podsLike(pod) > 0) {
                return filled + BEST * (node.kinds() == 1 ? 3 : 2) / 4;
            }
            return node.kinds() == 0 ? filled + BEST / 4 : filled;
        }
    },
    /** GPUs that are shared already, then free GPUs of used nodes, then free nodes. */
    GPU_PACKING {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
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
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            double left = (node.cpuMilli() - pod.cpuMilli()) / scale.cpuMilli() / 2
                    + (node.totalMilli() - pod.totalMilli()) / scale.gpuMilli() / 2;
            return (int) ((1 - left) * BEST);
        }
    },
    /** The node whose fragmentation grows least, in whole scores from 0 to 100. */
    FRAGMENTATION_GRADIENT {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            return gradient(fragmentation.with(node, pod, gpu(node, pod, fragmentation, before)) - before);
        }

        @Override
        int gpu(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            return leastGrowth(node, pod, fragmentation, before);
        }

        @Override
        int gradient(double growth) {
            return (int) (BEST / (1 + Math.exp(growth / PodDemand.WHOLE)));
        }
    },
    /** The node whose fragmentation grows least, to a thousandth of a thousandth of a GPU. */
    EXACT_GRADIENT {
        @Override
        int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before) {
            return gradient(fragmentation.with(node, pod, gpu(node, pod, fragmentation, before)) - before);
        }

        @Override
        int gpu(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
            return leastGrowth(node, pod, fragmentation, before);
        }

        @Override
        int gradient(double growth) {
            return (int) Math.max(0, NO_GROWTH - Math.round(growth * GRAIN));
        }
    };

    /**
     * What is left and wanted is compared with the largest node.
     *
     * @param cpuMilli thousandths of processors, above 0
     * @param gpuMilli thousandths of GPUs, above 0
     */
    public record Scale(double cpuMilli, double gpuMilli) {}

    private static final int NO_GROWTH = 1 << 30;
    private static final double GRAIN = 1000;
    private static final int BEST = 100;

    /**
     * The score of a node.
     *
     * @param before its fragmentation, in thousandths of a GPU
     */
    abstract int of(GpuNode node, PodDemand pod, Scale scale, Fragmentation fragmentation, double before);

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

    /** The score for a growth of the fragmentation of a node in thousandths of a GPU: the more it grows, the smaller. */
    int gradient(double growth) {
        throw new UnsupportedOperationException(this + " does not look at fragmentation");
    }

    /** The GPU with the best gradient, the first of equals. */
    int leastGrowth(GpuNode node, PodDemand pod, Fragmentation fragmentation, double before) {
        int best = -1;
        int bestScore = 0;
        for (int gpu = 0; gpu < node.gpus() && pod.shares(); gpu++) {
            if (node.milli(gpu) >= pod.gpuMilli() && !seen(node, gpu)) {
                int score = gradient(fragmentation.with(node, pod, gpu) - before);
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
}
