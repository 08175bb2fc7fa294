package trainyard.sim.topology;

/**
 * An ordered pair of GPUs.
 *
 * @param from number of the first in the cluster
 * @param to number of the second
 */
public record GpuPair(int from, int to) {}
