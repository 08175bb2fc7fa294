package trainyard.sim.collective;

/**
 * One way to do a collective.
 *
 * @param algorithm how the data moves
 * @param protocol how arrival is signalled
 * @param estimateSeconds the estimate by which NCCL chooses
 * @param seconds how long it takes
 * @param latencySeconds the part of {@code seconds} that does not depend on the size
 */
public record AlgorithmTime(
        NcclAlgorithm algorithm,
        NcclProtocol protocol,
        double estimateSeconds,
        double seconds,
        double latencySeconds) {}
