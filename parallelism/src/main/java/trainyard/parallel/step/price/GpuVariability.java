package trainyard.parallel.step.price;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * GPUs of one type are not equally fast: chips differ, and under the power limit their clocks differ. Synchronous training
 * runs at the pace of the slowest of its GPUs.
 */
final class GpuVariability {

    /**
     * Standard deviation of kernel time over the GPUs of a cluster, relative to the mean. Sinha et al. 2022 ("Not all GPUs
     * are created equal", arXiv 2208.11035) measured 8 % variation between the whiskers of box plots on five clusters; for
     * normally distributed times whiskers lie 5.4 standard deviations apart.
     */
    private static final double RELATIVE_SPREAD = 0.08 / 5.4;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private GpuVariability() {}

    /**
     * Kernel time on the slowest of {@code gpus} GPUs over the mean: {@code 1 + spread E[max]}, with the expected maximum of
     * n normal values by Blom 1958, {@code quantile((n - 0.375) / (n + 0.25))}. 1 for a single GPU.
     */
    static double slowestOverMean(int gpus) {
        return 1 + RELATIVE_SPREAD * NORMAL.inverseCumulativeProbability((gpus - 0.375) / (gpus + 0.25));
    }
}
